import type { Plays } from '../plays.ts'

/** How much each pair and each player counts; 1 where it is not given. */
export type Weighting = {
  /** The entries of X, beside the plays' rows. Length pairs. */
  readonly values?: Float32Array | undefined
  /** The diagonal of W. Length players. */
  readonly players?: Float32Array | undefined
}

/** Plays and their weighting in memory that threads share, by player and by game. */
export type SharedPlays = {
  /** As in `Plays`. */
  readonly offsets: Uint32Array
  /** As in `Plays`, in half the space: no model has more games than 16 bits can number. */
  readonly rows: Uint16Array
  /** The entries of X, beside `rows`; all of them 1 where it is absent. */
  readonly values: Float32Array | undefined
  /** The diagonal of W; all of it 1 where it is absent. */
  readonly weights: Float32Array | undefined
  readonly owners: Owners
}

/** The players of each game: the same pairs, turned. */
type Owners = {
  /** Length games + 1: the players of game g are `offsets[g] … offsets[g + 1]`. */
  readonly offsets: Uint32Array
  /** Player numbers, ascending within a game. Length pairs. */
  readonly players: Uint32Array
  /** Where each pair stands in the rows. */
  readonly pairs: Uint32Array
}

export function sharePlays(plays: Plays, { values, players }: Weighting): SharedPlays {
  return {
    offsets: copy(Uint32Array, plays.offsets),
    rows: copy(Uint16Array, plays.rows),
    values: values && copy(Float32Array, values),
    weights: players && copy(Float32Array, players),
    owners: byGame(plays),
  }
}

function byGame({ vocabulary, offsets, rows }: Plays): Owners {
  const ends = reserve(Uint32Array, vocabulary.length + 1)
  for (const row of rows) ends[row + 1] = (ends[row + 1] ?? 0) + 1
  for (let row = 0; row < vocabulary.length; row++) ends[row + 1] = (ends[row + 1] ?? 0) + (ends[row] ?? 0)
  const next = ends.slice()
  const players = reserve(Uint32Array, rows.length)
  const pairs = reserve(Uint32Array, rows.length)
  for (let player = 0; player + 1 < offsets.length; player++) {
    for (let at = offsets[player] ?? 0; at < (offsets[player + 1] ?? 0); at++) {
      const row = rows[at] ?? 0
      const place = next[row] ?? 0
      next[row] = place + 1
      players[place] = player
      pairs[place] = at
    }
  }
  return { offsets: ends, players, pairs }
}

type Kind<T> = { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number }

function reserve<T>(kind: Kind<T>, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT))
}

function copy<T extends { set(from: ArrayLike<number>): void }>(kind: Kind<T>, from: ArrayLike<number>): T {
  const shared = reserve(kind, from.length)
  shared.set(from)
  return shared
}
