import { byGame, type Plays } from './plays.ts'

/** How much each pair and each player counts; 1 where it is not given. */
export type Weighting = {
  /** The entries of X, beside the plays' rows. Length pairs. */
  readonly values?: Float32Array | undefined
  /** The diagonal of W. Length players. */
  readonly players?: Float32Array | undefined
}

/**
 * The Gram matrix XᵀWX, row-major, games × games: with weights of 1, how many players own both games.
 *
 * Game by game: one row is summed up in float64 while it stays in the processor's cache, from each owner's games at or after
 * the row's own; the other half is its mirror.
 */
export function gram(plays: Plays, weighting: Weighting = {}): Float32Array {
  const n = plays.vocabulary.length
  const matrix = new Float32Array(n * n)
  const owners = byGame(plays)
  const row = new Float64Array(n)
  for (let game = 0; game < n; game++) {
    sumRow(plays, weighting, owners, game, row)
    matrix.set(row.subarray(game), game * n + game)
    row.fill(0, game)
  }
  mirror(matrix, n)
  return matrix
}

function sumRow(
  { offsets, rows }: Plays,
  { values, players }: Weighting,
  owners: ReturnType<typeof byGame>,
  game: number,
  sums: Float64Array,
): void {
  const last = owners.offsets[game + 1] ?? 0
  for (let at = owners.offsets[game] ?? 0; at < last; at++) {
    const player = owners.players[at] ?? 0
    const pair = owners.pairs[at] ?? 0
    const end = offsets[player + 1] ?? 0
    const weight = (players?.[player] ?? 1) * (values?.[pair] ?? 1)
    if (values) addValues(sums, rows, values, pair, end, weight)
    else addOnes(sums, rows, pair, end, weight)
  }
}

function addOnes(sums: Float64Array, rows: Int32Array, from: number, end: number, weight: number): void {
  for (let at = from; at < end; at++) (sums[rows[at] as number] as number) += weight
}

function addValues(
  sums: Float64Array,
  rows: Int32Array,
  values: Float32Array,
  from: number,
  end: number,
  weight: number,
): void {
  for (let at = from; at < end; at++) (sums[rows[at] as number] as number) += weight * (values[at] as number)
}

/** A tile at a time, so that neither side falls out of the cache. */
const TILE = 64

function mirror(matrix: Float32Array, n: number): void {
  for (let top = 0; top < n; top += TILE)
    for (let left = top; left < n; left += TILE) mirrorTile(matrix, n, top, left)
}

function mirrorTile(matrix: Float32Array, n: number, top: number, left: number): void {
  for (let i = top; i < Math.min(n, top + TILE); i++)
    for (let j = Math.max(left, i + 1); j < Math.min(n, left + TILE); j++)
      matrix[j * n + i] = matrix[i * n + j] as number
}
