import type { SteamId } from '../ids.ts'
import type { Library, LibraryAnswer, SteamTarget } from '../players/library.ts'
import type { Limits } from './limits.ts'
import type { Players } from './players.ts'
import { createRecent } from './recent.ts'
import type { Deadline } from './retry-policy.ts'
import { createSingleFlight } from './single-flight.ts'

/** Custom names: each is asked for once an hour, and once at a time. Upper and lower case are the same to Steam. */
export function rememberNames(players: Players, limits: Limits, now: () => Date) {
  const share = createSingleFlight<SteamId | undefined>()
  const known = createRecent<SteamId>({
    freshMs: limits.freshMs,
    capacity: limits.rememberedNames,
    weigh: () => 1,
    now,
  })
  return {
    async resolve(target: SteamTarget, deadline: Deadline): Promise<SteamId | undefined> {
      if (target.kind === 'id') return target.id
      const name = target.name.toLowerCase()
      return (
        known.fresh(name) ??
        share(name, async () => {
          const id = await players.resolve(name, deadline)
          if (id !== undefined) known.put(name, id)
          return id
        })
      )
    },
    forget: (id: SteamId) => known.dropWhere((named) => named === id),
    /** Whom the name meant when Steam last told. */
    last: (target: SteamTarget) => (target.kind === 'id' ? target.id : known.last(target.name.toLowerCase())),
  }
}

/** Libraries: each is fetched once an hour, and once at a time. What is no library is asked for anew: it may change at once. */
export function rememberLibraries(
  players: Players,
  limits: Limits,
  now: () => Date,
  keepLibrary: (library: Library) => Promise<void>,
) {
  const share = createSingleFlight<LibraryAnswer>()
  const recent = createRecent<LibraryAnswer & { kind: 'library' }>({
    freshMs: limits.freshMs,
    capacity: limits.rememberedGames,
    weigh: ({ library }) => library.games.length,
    now,
  })
  /** Those that are being fetched; false once they were to be forgotten meanwhile. */
  const fetching = new Map<SteamId, boolean>()

  async function fetchOne(id: SteamId, deadline: Deadline): Promise<LibraryAnswer> {
    fetching.set(id, true)
    try {
      const answer = await players.library(id, deadline)
      if (answer.kind !== 'library' || fetching.get(id) !== true) return answer
      recent.put(id, answer)
      await keepLibrary(answer.library)
      return answer
    } finally {
      fetching.delete(id)
    }
  }

  return {
    async of(id: SteamId, deadline: Deadline): Promise<LibraryAnswer> {
      return recent.fresh(id) ?? share(id, () => fetchOne(id, deadline))
    },
    forget(id: SteamId) {
      if (fetching.has(id)) fetching.set(id, false)
      recent.dropWhere(({ library }) => library.steamId === id)
    },
  }
}

/** Accounts that Steam shows no library of and whose snapshot could not be deleted: it must not be shown either. */
export function rememberHidden(limits: Limits, now: () => Date) {
  const hidden = createRecent<true>({
    ...{ freshMs: Number.POSITIVE_INFINITY, capacity: limits.rememberedNames, weigh: () => 1, now },
  })
  return {
    add: (id: SteamId) => hidden.put(id, true),
    delete: (id: SteamId) => hidden.dropWhere((_, key) => key === id),
    has: (id: SteamId) => hidden.last(id) === true,
  }
}
