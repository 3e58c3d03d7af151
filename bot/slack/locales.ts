import { setTimeout as delay } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { type Locale, parseLocale } from '../../core/locale.ts'
import { errorFields, type Log } from '../../core/log.ts'
import { createRecent } from '../../core/steam/recent.ts'
import { createSingleFlight } from '../../core/steam/single-flight.ts'
import type { LocaleOf } from './exchange.ts'

const FRESH_MS = 3_600_000
const REMEMBERED_USERS = 10_000

/** No answer waits longer for the language it is given in; the next one finds it remembered. */
const PATIENCE_MS = 500

type Needs = { readonly client: webApi.WebClient; readonly log: Log; readonly now: () => Date }

/** The language of Slack's users, asked once an hour. English where Slack does not tell in time. Never fails. */
export function createLocales({ client, log, now }: Needs): LocaleOf {
  const recent = createRecent<Locale>({ freshMs: FRESH_MS, capacity: REMEMBERED_USERS, weigh: () => 1, now })
  const share = createSingleFlight<Locale>()

  async function fetch(user: string): Promise<Locale> {
    try {
      const id = user.slice(user.lastIndexOf('.') + 1)
      const { user: info } = await client.users.info({ user: id, include_locale: true })
      const locale = parseLocale(info?.locale)
      recent.put(user, locale)
      return locale
    } catch (error) {
      log('warn', "Slack did not tell a user's language", errorFields(error))
      return recent.last(user) ?? 'en'
    }
  }

  return async (user) => {
    const known = recent.fresh(user)
    if (known !== undefined) return known
    const late = delay(PATIENCE_MS, undefined, { ref: false })
    return (await Promise.race([share(user, () => fetch(user)), late])) ?? recent.last(user) ?? 'en'
  }
}
