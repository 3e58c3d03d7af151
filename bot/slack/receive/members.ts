import { setTimeout as delay } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Requester } from '../../../core/command-request.ts'
import { freshFor } from '../../../core/fresh-for.ts'
import type { UserKey } from '../../../core/ids.ts'
import { parseLocale } from '../../../core/locale.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { ClientFor } from '../install/access.ts'

/** What Slack tells of somebody. */
export type Member = Pick<Requester, 'locale' | 'manages' | 'timezone'>

export type Members = {
  /** Their language, asked once an hour; whether they manage the workspace is not told. Never fails, never waits long. */
  cachedProfile(user: UserKey): Promise<Member>
  /** Asked anew, and waited for: rights may have been taken away a minute ago. Never fails. */
  fetchProfile(user: UserKey): Promise<Member>
}

const FRESH_MS = 3_600_000
const REMEMBERED_USERS = 10_000

/** No answer waits longer for the language it is given in; the next one finds it remembered. */
const GLANCE_MS = 500
/** What only a manager may do is worth a wait: the command is acknowledged. */
const LOOK_MS = 6_000

const UNTOLD: Member = { locale: undefined, manages: 'unknown' }

/** https://docs.slack.dev/reference/objects/user-object */
const told = z.object({
  user: z.object({
    locale: z.string().optional(),
    tz: z.string().optional(),
    team_id: z.string().optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    is_primary_owner: z.boolean().optional(),
  }),
})

type Needs = { readonly clientFor: ClientFor; readonly log: Log; readonly now: () => Date }

/** Slack's word on its users. */
export function createMembers({ clientFor, log, now }: Needs): Members {
  const known = new LRUCache<UserKey, Member>({
    ...freshFor(FRESH_MS, now),
    max: REMEMBERED_USERS,
    async fetchMethod(user) {
      try {
        const id = user.slice(user.lastIndexOf('.') + 1)
        const client = await clientFor(user)
        return toMember(await client.users.info({ user: id, include_locale: true }), user)
      } catch (error) {
        log('warn', 'could not look up a Slack user', errorFields(error))
        throw error
      }
    },
  })
  const last = (user: UserKey): Member => ({
    ...UNTOLD,
    locale: known.get(user, { allowStale: true })?.locale,
  })

  async function within(user: UserKey, patienceMs: number, forceRefresh: boolean): Promise<Member> {
    const late = delay(patienceMs, undefined, { ref: false })
    const fetched = known.forceFetch(user, { forceRefresh }).catch(() => undefined)
    return (await Promise.race([fetched, late])) ?? last(user)
  }

  return {
    async cachedProfile(user) {
      const { locale } = await within(user, GLANCE_MS, false)
      return { ...UNTOLD, locale }
    },
    fetchProfile: (user) => within(user, LOOK_MS, true),
  }
}

function toMember(answer: unknown, user: string): Member {
  const { user: info } = told.parse(answer)
  return { locale: parseLocale(info.locale), manages: managedBy(info, user), timezone: info.tz }
}

/** Somebody of another workspace, in a channel that both share, may be an admin there. */
function managedBy(
  { team_id, enterprise_user, ...is }: z.infer<typeof told>['user'],
  user: string,
): Member['manages'] {
  const teams = [team_id, ...(enterprise_user?.teams ?? [])].filter((team) => team !== undefined)
  const roles = [is.is_admin, is.is_owner, is.is_primary_owner]
  if (teams.length > 0 && !teams.some((team) => user.startsWith(`slack:${team}.`))) return 'nothing'
  if (roles.every((role) => role === undefined)) return 'unknown'
  return roles.includes(true) ? 'place' : 'nothing'
}
