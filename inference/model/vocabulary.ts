import { type GameId, gameId } from '../../core/ids.ts'
import type { WeightedGame } from '../../core/players/library.ts'
import type { Vocabulary as File } from './manifest.ts'
import type { Question } from './question.ts'

/** Knows one version's rows and columns: the only place where games become numbers and come back. */
export type Vocabulary = {
  /** The games of a library that the model knows, with what each counts in it; in the order of the library. */
  encode(owned: readonly WeightedGame[]): Known
  /** What may be shown. Kept for as long as the same array object of games is asked with. */
  mask(allowed: readonly GameId[]): Mask
  /** The column of each row's game, −1 where it is never picked. */
  readonly columns: Int32Array
  /** The game of a column; undefined where there is no such column. */
  target(column: number): GameId | undefined
  /** How many players of the training own a column's game; undefined where the model does not say. */
  owners(column: number): number | undefined
}

export type Known = {
  readonly games: readonly GameId[]
  /** Beside them. */
  readonly minutes: readonly number[]
} & Pick<Question, 'rows' | 'weights' | 'played'>

/** `bytes`: 1 for each target that may be shown; `open`: how many these are. */
type Mask = { readonly bytes: Uint8Array; readonly open: number }

export function createVocabulary({ games, targets, weights, owners }: File): Vocabulary {
  const ids = targets.map(gameId)
  const rowOf = new Map(games.map((game, row) => [gameId(game), row]))
  const columnOf = new Map(ids.map((game, column) => [game, column]))
  const columns = Int32Array.from(games, (game) => columnOf.get(gameId(game)) ?? -1)
  const masks = new WeakMap<readonly GameId[], Mask>()
  return {
    encode(owned) {
      const known = owned.filter(({ game }) => rowOf.has(game))
      return {
        games: known.map(({ game }) => game),
        minutes: known.map(({ minutes }) => minutes),
        played: Uint8Array.from(known, ({ minutes }) => Number(minutes > 0)),
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
      const mask = createMask(columnOf, allowed)
      masks.set(allowed, mask)
      return mask
    },
    columns,
    target: (column) => ids[column],
    owners(column) {
      const game = ids[column]
      return game === undefined ? undefined : owners?.[rowOf.get(game) ?? -1]
    },
  }
}

function createMask(columnOf: ReadonlyMap<GameId, number>, allowed: readonly GameId[]): Mask {
  const bytes = new Uint8Array(columnOf.size)
  const columns = new Set(allowed.map((game) => columnOf.get(game)).filter((column) => column !== undefined))
  for (const column of columns) bytes[column] = 1
  return { bytes, open: columns.size }
}
