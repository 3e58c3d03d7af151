import type { Interactions } from '../../../core/training/interactions.ts'

/** Appid to minutes, one record a player. */
export type Libraries = readonly Readonly<Record<number, number>>[]

/** Players are numbered from 0. Keys that look like integers ascend by themselves. */
export function interactionsOf(libraries: Libraries): Interactions {
  const rows = libraries.map((library) => Object.entries(library))
  const offsets = new Uint32Array(libraries.length + 1)
  for (const [player, row] of rows.entries()) offsets[player + 1] = (offsets[player] ?? 0) + row.length
  return {
    offsets,
    games: Int32Array.from(rows.flat(), ([game]) => Number(game)),
    minutes: Int32Array.from(rows.flat(), ([, minutes]) => minutes),
    players: Int32Array.from(libraries.keys()),
    duplicates: 0,
    synthetic: true,
  }
}

/** A linear congruential generator (Numerical Recipes): 0 to below 1, the same for the same seed everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Libraries in which early games are the popular ones, and about a third of what is owned was never played. */
export function randomLibraries(players: number, games: number, seed = 1): Libraries {
  const random = createRandom(seed)
  return Array.from({ length: players }, () => {
    const size = 2 + Math.floor(random() * Math.min(games, 30))
    const owned = Array.from({ length: size }, () => 10 * (1 + Math.floor(games * random() ** 2)))
    return Object.fromEntries(owned.map((game) => [game, random() < 1 / 3 ? 0 : Math.ceil(600 * random())]))
  })
}
