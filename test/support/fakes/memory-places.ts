import type { PlaceKey } from '../../../core/ids.ts'
import { MAX_BLOCKED, type PlaceSettings, UNSET } from '../../../core/places/place.ts'
import type { Places } from '../../../core/places/places.ts'
import type { Accounts } from '../../../core/players/accounts.ts'

type Known = Readonly<Partial<Record<PlaceKey, Partial<PlaceSettings>>>>

/** Keeps its promises in memory; held to the same contract as PostgreSQL's. `known`: what is set from the beginning. */
export function memoryPlaces(known: Known = {}, accounts?: Pick<Accounts, 'setLocale'>): Places {
  const places = new Map<string, PlaceSettings>(
    Object.entries(known).map(([place, settings]) => [place, { ...UNSET, ...settings }]),
  )
  const settings = (place: PlaceKey) => places.get(place) ?? UNSET
  return {
    settings: async (place) => settings(place),
    async save({ place, change, own }) {
      const before = settings(place)
      const { locale = before.locale, currency = before.currency } = change
      const { mature = before.mature, channels = before.channels } = change
      const blocked = new Set([...before.blocked, ...change.block])
      for (const game of change.unblock) blocked.delete(game)
      if (blocked.size > MAX_BLOCKED) return 'too-many-blocked'
      if (own) await accounts?.setLocale(own.user, own.locale)
      const after: PlaceSettings = {
        ...{ mature, channels },
        locale: locale === 'none' ? undefined : locale,
        currency: currency === 'none' ? undefined : currency,
        blocked: [...blocked].sort((a, b) => a - b),
      }
      places.set(place, after)
      return after
    },
  }
}
