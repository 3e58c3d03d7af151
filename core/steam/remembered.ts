import { LRUCache } from 'lru-cache'
import { freshFor } from '../fresh-for.ts'
import type { SteamId } from '../ids.ts'
import type { Library, LibraryAnswer, SteamTarget } from '../players/library.ts'
import type { Limits } from './limits.ts'
import type { Players } from './players.ts'
import type { Deadline } from './retry-policy.ts'

/** Custom names: each is asked for once an hour, and once at a time. Upper and lower case are the same to Steam. */
export function rememberNames(players: Players, limits: Limits, now: () => Date) {
  const known = new LRUCache<string, SteamId, Deadline>({
    ...freshFor(limits.freshMs, now),
    max: limits.rememberedNames,
    // What is walked through holds old ones too.
    allowStale: true,
    fetchMethod: (name, _before, { context }) => players.resolve(name, context),
  })
  return {
    async resolve(target: SteamTarget, deadline: Deadline): Promise<SteamId | undefined> {
      if (target.kind === 'id') return target.id
      return known.fetch(target.name.toLowerCase(), { context: deadline, allowStale: false })
    },
    forget(id: SteamId) {
      for (const [name, named] of [...known.entries()]) if (named === id) known.delete(name)
    },
    /** Whom the name meant when Steam last told. */
    last: (target: SteamTarget) => (target.kind === 'id' ? target.id : known.get(target.name.toLowerCase())),
  }
}

/** Libraries: each is fetched once an hour, and once at a time. What is no library is asked for anew: it may change at once. */
export function rememberLibraries(
  players: Players,
  limits: Limits,
  now: () => Date,
  keepLibrary: (library: Library) => Promise<void>,
) {
  const known = new LRUCache<SteamId, LibraryAnswer, Deadline>({
    ...freshFor(limits.freshMs, now),
    maxSize: limits.rememberedGames,
    sizeCalculation: (answer) => (answer.kind === 'library' ? answer.library.games.length : 1),
    async fetchMethod(id, _before, { context, signal }) {
      const answer = await players.library(id, context)
      // Who was to be forgotten meanwhile is answered, and not kept.
      if (answer.kind === 'library' && !signal.aborted) await keepLibrary(answer.library)
      return answer
    },
  })
  return {
    async of(id: SteamId, deadline: Deadline): Promise<LibraryAnswer> {
      const answer = await known.forceFetch(id, { context: deadline })
      if (answer.kind !== 'library') known.delete(id)
      return answer
    },
    forget: (id: SteamId) => known.delete(id),
  }
}

/** Accounts that Steam shows no library of and whose snapshot could not be deleted: it must not be shown either. */
export function rememberHidden(limits: Limits) {
  const hidden = new LRUCache<SteamId, true>({ max: limits.rememberedNames })
  return {
    add: (id: SteamId) => hidden.set(id, true),
    delete: (id: SteamId) => hidden.delete(id),
    has: (id: SteamId) => hidden.get(id) === true,
  }
}
