import type { Interactions } from '../../core/training/interactions.ts'

/**
 * Who owns what among the games of a vocabulary, as compressed sparse rows. A row number of the model (0 … games − 1) stands
 * for a game; players without any of the games keep an empty row.
 */
export type Plays = {
  /** Appids, ascending. */
  readonly vocabulary: Int32Array
  /** Length players + 1: the pairs of player p are `offsets[p] … offsets[p + 1]`. */
  readonly offsets: Uint32Array
  /** Row numbers of the model, ascending within a player. Length pairs. */
  readonly rows: Int32Array
  /** Beside `rows`. */
  readonly minutes: Int32Array
}

export type Support = {
  /** Appids, ascending. */
  readonly games: Int32Array
  /** How many players own each. */
  readonly owners: Int32Array
}

/** Every game that somebody owns, with the number of its owners. */
export function countOwners(interactions: Interactions): Support {
  const owners = new Map<number, number>()
  for (const game of interactions.games) owners.set(game, (owners.get(game) ?? 0) + 1)
  const games = Int32Array.from(owners.keys()).sort()
  return { games, owners: games.map((game) => owners.get(game) ?? 0) }
}

/** Games with at least `minPlayers` owners, ascending. */
export function chooseVocabulary({ games, owners }: Support, minPlayers: number): Int32Array {
  return games.filter((_, at) => (owners[at] ?? 0) >= minPlayers)
}

/** Keeps the pairs whose game is in the vocabulary, which must ascend. */
export function restrict(interactions: Interactions, vocabulary: Int32Array): Plays {
  const { offsets: from, games } = interactions
  const rowOf = new Map(Array.from(vocabulary, (game, row) => [game, row]))
  const offsets = new Uint32Array(from.length)
  const rows = new Int32Array(games.length)
  const minutes = new Int32Array(games.length)
  let size = 0
  for (let player = 0; player + 1 < from.length; player++) {
    for (let at = from[player] ?? 0; at < (from[player + 1] ?? 0); at++) {
      const row = rowOf.get(games[at] ?? 0)
      if (row === undefined) continue
      rows[size] = row
      minutes[size++] = interactions.minutes[at] ?? 0
    }
    offsets[player + 1] = size
  }
  return { vocabulary, offsets, rows: rows.subarray(0, size), minutes: minutes.subarray(0, size) }
}

/** How many players own each game of the vocabulary. */
export function ownersOf({ vocabulary, rows }: Plays): Int32Array {
  const owners = new Int32Array(vocabulary.length)
  for (const row of rows) owners[row] = (owners[row] ?? 0) + 1
  return owners
}
