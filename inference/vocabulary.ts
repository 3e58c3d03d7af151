import { type GameId, gameId } from '../core/ids.ts'
import type { Counted } from '../core/ports.ts'
import type { Vocabulary as File } from './manifest.ts'
import type { Question } from './question.ts'

/** Knows one version's rows: the only place where games become row numbers and come back. */
export type Vocabulary = {
  /** The games of a library that the model knows, with what each counts in it; in the order of the library. */
  encode(owned: readonly Counted[]): Known
  /** 1 where a game may be shown. Kept for as long as the same array object of games is asked with. */
  mask(allowed: readonly GameId[]): Uint8Array
  /** Undefined where there is no such row. */
  game(row: number): GameId | undefined
  /** How many players of the training own it; undefined where the model does not say. */
  owners(row: number): number | undefined
}

export type Known = { readonly games: readonly GameId[] } & Pick<Question, 'rows' | 'weights'>

export function createVocabulary({ games, weights, owners }: File): Vocabulary {
  const ids = games.map(gameId)
  const rowOf = new Map(ids.map((game, row) => [game, row]))
  const masks = new WeakMap<readonly GameId[], Uint8Array>()
  return {
    encode(owned) {
      const known = owned.filter(({ game }) => rowOf.has(game))
      return {
        games: known.map(({ game }) => game),
        rows: Int32Array.from(known, ({ game }) => rowOf.get(game) ?? 0),
        weights: Float32Array.from(
          known,
          ({ minutes, times = 1 }) => times * (minutes > 0 ? weights.played : weights.owned),
        ),
      }
    },
    mask(allowed) {
      const kept = masks.get(allowed)
      if (kept) return kept
      const mask = createMask(rowOf, allowed)
      masks.set(allowed, mask)
      return mask
    },
    game: (row) => ids[row],
    owners: (row) => owners?.[row],
  }
}

function createMask(rowOf: ReadonlyMap<GameId, number>, allowed: readonly GameId[]): Uint8Array {
  const mask = new Uint8Array(rowOf.size)
  for (const game of allowed) {
    const row = rowOf.get(game)
    if (row !== undefined) mask[row] = 1
  }
  return mask
}
