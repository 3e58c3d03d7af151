import { blockLength, blocksOf, type Tiles, tileAt } from '../../solver/tiles.ts'
import type { SharedPlays } from './shared-plays.ts'

/** Games `from` up to `to`: their rows of the Gram matrix, into tiles. */
export type CountRows = {
  readonly plays: SharedPlays
  readonly tiles: Tiles
  readonly from: number
  readonly to: number
}

export function countRows({ plays, tiles, from, to }: CountRows): void {
  const sums = new Float64Array(tiles.n)
  for (let game = from; game < to; game++) {
    sumRow(plays, game, sums)
    writeRow(tiles, game, sums)
    sums.fill(0, game)
  }
}

/** In float64, and while the sums stay in the processor's cache: each owner's games at or after the row's own. */
function sumRow(
  { rows, offsets, values, weights, owners }: SharedPlays,
  game: number,
  sums: Float64Array,
): void {
  const last = owners.offsets[game + 1] as number
  for (let at = owners.offsets[game] as number; at < last; at++) {
    const player = owners.players[at] as number
    const pair = owners.pairs[at] as number
    const end = offsets[player + 1] as number
    const weight = (weights?.[player] ?? 1) * (values?.[pair] ?? 1)
    if (values) addValues(sums, rows, values, pair, end, weight)
    else addOnes(sums, rows, pair, end, weight)
  }
}

function addOnes(sums: Float64Array, rows: Uint16Array, from: number, end: number, weight: number): void {
  for (let at = from; at < end; at++) (sums[rows[at] as number] as number) += weight
}

function addValues(
  sums: Float64Array,
  rows: Uint16Array,
  values: Float32Array,
  from: number,
  end: number,
  weight: number,
): void {
  for (let at = from; at < end; at++) (sums[rows[at] as number] as number) += weight * (values[at] as number)
}

/** From the diagonal on; within the tile on the diagonal, the mirror too. */
function writeRow(tiles: Tiles, game: number, sums: Float64Array): void {
  const { n, size } = tiles
  const block = Math.floor(game / size)
  const row = game - block * size
  const own = tileAt(tiles, block, block)
  const width = blockLength(tiles, block)
  for (let column = row; column < width; column++) {
    const sum = sums[block * size + column] as number
    own[row * width + column] = sum
    own[column * width + row] = sum
  }
  for (let j = block + 1; j < blocksOf(tiles); j++) {
    const across = sums.subarray(j * size, Math.min(n, (j + 1) * size))
    tileAt(tiles, block, j).set(across, row * across.length)
  }
}
