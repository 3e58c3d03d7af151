import { TimeoutStrategy, timeout } from 'cockatiel'
import type { SteamId } from '../ids.ts'
import type { Log } from '../log.ts'
import type { Libraries, Profiles, Snapshots } from '../players/library.ts'
import { STEAM_KEY_PAGE, Unavailable } from '../unavailable.ts'
import { forgetSnapshot, keep, lastSnapshot } from './last-snapshot.ts'
import { LIMITS, type Limits } from './limits.ts'
import { createPlayers } from './players.ts'
import { rememberHidden, rememberLibraries, rememberNames } from './remembered.ts'
import { createRetryingApi, type Deadline } from './retry-policy.ts'
import { type SteamFailure, toSteamFailure } from './steam-failure.ts'
import { createWebApi, type WebApi } from './web-api.ts'

export type SteamOptions = {
  /** Undefined where the operator has set none: then no library can be had. */
  readonly apiKey: string | undefined
  readonly apiUrl: string
  readonly snapshots: Snapshots
  readonly log: Log
  /** With each request that is made. */
  readonly onCall?: () => void
  readonly limits?: Partial<Limits>
  readonly now?: () => Date
  /** From 0 up to 1. */
  readonly random?: () => number
}

/**
 * Libraries from the Steam Web API. Answers within 15 seconds: afresh, from the memory of the last hour, or while Steam is
 * away from the last snapshot. Throws `Unavailable('steam-key')` where Steam refuses our key, `Unavailable('no-steam-key')`
 * where there is none, `Unavailable('steam')`
 * where not even a snapshot is left.
 */
export function createSteam(options: SteamOptions): Libraries & Profiles {
  const { apiKey, apiUrl, snapshots, log, now = () => new Date(), random = Math.random } = options
  const limits = { ...LIMITS, ...options.limits }
  const complain = createComplaint(log, limits.complainEveryMs, now)
  if (apiKey === undefined) return steamWithoutKey(complain)

  const api = createWebApi({ apiKey, apiUrl, bodyBytes: limits.bodyBytes, now, idleMs: limits.tryMs })
  const counted: WebApi = (call, signal) => {
    options.onCall?.()
    return api(call, signal)
  }
  const hidden = rememberHidden(limits)
  const patient = createRetryingApi(counted, { limits, log, now, random })
  const players = createPlayers(patient, now, async (steamId) => {
    libraries.forget(steamId)
    hidden.add(steamId)
    if (await forgetSnapshot(snapshots, steamId, log)) hidden.delete(steamId)
  })
  const names = rememberNames(players, limits, now)
  const libraries = rememberLibraries(players, limits, now, async (library) => {
    hidden.delete(library.steamId)
    await keep(snapshots, library, log)
  })

  /** Within the budget; where Steam does not answer, what `otherwise` makes of it. */
  async function within<T>(
    question: (deadline: Deadline) => Promise<T>,
    otherwise: (failure: SteamFailure) => Promise<T>,
  ): Promise<T> {
    const at = now().getTime() + limits.budgetMs
    try {
      return await timeout(limits.budgetMs, TimeoutStrategy.Aggressive).execute(({ signal }) =>
        question({ at, signal }),
      )
    } catch (error) {
      const failure = toSteamFailure(error)
      if (!failure) throw error
      if (failure.kind !== 'key') return otherwise(failure)
      complain(
        `Steam refuses the key in STEAM_API_KEY, so no library can be read: ask for a new one at ${STEAM_KEY_PAGE}`,
        failure,
      )
      throw new Unavailable('steam-key', failure)
    }
  }

  /** What its owner hides, and could not be deleted, is not looked up. */
  const shownBefore = (id: SteamId | undefined) => (id !== undefined && hidden.has(id) ? undefined : id)

  return {
    of: (target) =>
      within(
        async (deadline) => {
          const id = await names.resolve(target, deadline)
          return id === undefined ? { kind: 'no-profile' as const } : libraries.of(id, deadline)
        },
        (failure) => lastSnapshot(snapshots, shownBefore(names.last(target)), failure, log),
      ),
    identify: (target) => within((deadline) => names.resolve(target, deadline), away),
    personaName: (steamId) => within((deadline) => players.personaName(steamId, deadline), away),
    forget(steamId) {
      names.forget(steamId)
      libraries.forget(steamId)
    },
  }
}

async function away(failure: SteamFailure): Promise<never> {
  throw new Unavailable('steam', failure)
}

/** A Steam ID that needs no look-up can be linked even so. */
function steamWithoutKey(complain: (message: string) => void): Libraries & Profiles {
  const refuse = async (): Promise<never> => {
    complain(`STEAM_API_KEY is not set, so no library can be read: ask for a key at ${STEAM_KEY_PAGE}`)
    throw new Unavailable('no-steam-key')
  }
  return {
    of: refuse,
    identify: async (target) => (target.kind === 'id' ? target.id : refuse()),
    personaName: refuse,
    forget() {},
  }
}

/** Operators hear of a bad key, but not once for each player. */
function createComplaint(log: Log, everyMs: number, now: () => Date) {
  let last = Number.NEGATIVE_INFINITY
  return (message: string, failure?: SteamFailure) => {
    if (now().getTime() - last < everyMs) return
    last = now().getTime()
    log('error', message, failure && { reason: failure.message })
  }
}
