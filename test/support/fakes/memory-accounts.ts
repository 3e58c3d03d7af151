import type { UserKey } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { Accounts, Link, Pending } from '../../../core/players/accounts.ts'

type Entry = Link & { readonly code?: string; readonly until?: Date }

/** Keeps its promises in memory; held to the same contract as PostgreSQL's. */
export function memoryAccountsAt(now: () => Date): Accounts {
  const locales = new Map<UserKey, Locale>()
  const links = new Map<UserKey, Entry>()
  const ownerOf = (steamId: string) =>
    [...links].find(([, link]) => link.proven && link.steamId === steamId)?.[0]
  const waiting = (): Pending[] =>
    [...links].flatMap(([user, { steamId, code, until }]) =>
      code !== undefined && until && until > now() ? [{ user, steamId, code }] : [],
    )

  return {
    locale: async (user) => locales.get(user),
    setLocale: async (user, locale) => void locales.set(user, locale),
    async link(user) {
      const entry = links.get(user)
      return entry && { steamId: entry.steamId, proven: entry.proven }
    },
    async startLink({ user, steamId, code }, until) {
      const owner = ownerOf(steamId)
      if (owner !== undefined && owner !== user) return 'taken'
      if (links.get(user)?.proven) return 'proven'
      links.set(user, { steamId, proven: false, code, until })
      return 'started'
    },
    pending: async (by) =>
      waiting().find(({ user, code }) => ('user' in by ? by.user === user : by.code === code)),
    async prove({ user, steamId, code }) {
      const owner = ownerOf(steamId)
      if (owner !== undefined && owner !== user) return 'taken'
      if (!waiting().some((one) => one.user === user && one.steamId === steamId && one.code === code))
        return 'expired'
      for (const [other, link] of links) if (link.steamId === steamId) links.delete(other)
      links.set(user, { steamId, proven: true })
      return 'proven'
    },
    unlink: async (user) => links.delete(user),
  }
}
