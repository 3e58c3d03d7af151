import type { SteamId } from '../ids.ts'
import type { Library, LibraryAnswer, SteamTarget } from '../library.ts'
import type { Limits } from './limits.ts'
import type { Deadline } from './patience.ts'
import type { Players } from './players.ts'
import { createRecent } from './recent.ts'
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
  return {
    async of(id: SteamId, deadline: Deadline): Promise<LibraryAnswer> {
      return (
        recent.fresh(id) ??
        share(id, async () => {
          const answer = await players.library(id, deadline)
          if (answer.kind !== 'library') return answer
          recent.put(id, answer)
          await keepLibrary(answer.library)
          return answer
        })
      )
    },
    forget: (id: SteamId) => recent.dropWhere(({ library }) => library.steamId === id),
  }
}
