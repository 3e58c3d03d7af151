import type { GameLabels, LabelSource } from '../../core/catalogue/game-labels.ts'

/** How much the catalogue says of games counts beside the players, and which of it. */
export type LabelWeights = {
  /** α²: how many players one game's labels count as. 0 leaves them out. */
  readonly weight: number
  readonly sources: readonly LabelSource[]
}

/** T, labels × games, as compressed sparse rows: each label is a player who owns the games that carry it. */
export type LabelRows = {
  /** Length labels + 1. */
  readonly offsets: Uint32Array
  /** Row numbers of the model, ascending within a label. */
  readonly rows: Int32Array
  /** Beside `rows`. */
  readonly values: Float32Array
}

/** A label of a single game tells nothing of any other. */
const MIN_GAMES = 2

/**
 * T_lj = ln(games / games with label l), for the labels of game j; then each game's column is made of length 1, so that a
 * game with forty tags does not weigh more than one with four. `labels` runs beside the vocabulary.
 */
export function labelRows(labels: readonly GameLabels[], sources: readonly LabelSource[]): LabelRows {
  const carriers = carriersOf(labels, sources)
  const idf = carriers.map((games) => Math.log(labels.length / games.length))
  const squares = new Float64Array(labels.length)
  for (const [label, games] of carriers.entries()) {
    for (const game of games) squares[game] = (squares[game] ?? 0) + (idf[label] ?? 0) ** 2
  }
  const offsets = Uint32Array.of(0, ...carriers.map((games) => games.length))
  for (let label = 1; label < offsets.length; label++) {
    offsets[label] = (offsets[label] ?? 0) + (offsets[label - 1] ?? 0)
  }
  return {
    offsets,
    rows: Int32Array.from(carriers.flat()),
    values: Float32Array.from(
      carriers.flatMap((games, label) =>
        games.map((game) => (idf[label] ?? 0) / Math.sqrt(squares[game] ?? 1)),
      ),
    ),
  }
}

/** For each label the games that carry it, ascending; labels in the order of their text, so that training stays the same. */
function carriersOf(labels: readonly GameLabels[], sources: readonly LabelSource[]): number[][] {
  const games = new Map<string, number[]>()
  for (const [game, own] of labels.entries()) {
    const keys = sources.flatMap((source) => (own[source] ?? []).map((name) => `${source}:${name}`))
    for (const key of new Set(keys)) {
      const known = games.get(key)
      if (known) known.push(game)
      else games.set(key, [game])
    }
  }
  return [...games]
    .filter(([, carriers]) => carriers.length >= MIN_GAMES && carriers.length < labels.length)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, carriers]) => carriers)
}
