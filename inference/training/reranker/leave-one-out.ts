import { blockLength, blocksOf, type Tiles, tileAt } from '../../solver/tiles.ts'
import { raiseAll, raised, type Scale } from '../weights.ts'

/** One player of the training, as the Gram matrix counts them. */
export type CountedPlayer = {
  /** Row numbers of the model, ascending. */
  readonly rows: Int32Array
  /** Entries of X beside `rows`; all 1 where it is absent. */
  readonly values?: Float32Array | undefined
  /** W's entry. */
  readonly weight: number
}

/** P and what makes B of it. */
export type Solution = {
  readonly inverse: Tiles
  readonly scale: Scale
  /** Rows of the targets, ascending. */
  readonly targets: Int32Array
}

/**
 * B's rows for one player's games as if that player had never been there, targets alone, without another solve (Sherman and
 * Morrison 1950): with r = P·x and h = x·r,
 *
 *     P′ = P + κ·r·rᵀ, κ = w / (1 − w·h)
 *
 * Exact but for what `dropout` adds to the diagonal on that player's account; `selfWeight` is taken for 0. `targetOf`: what
 * each target's column is multiplied by, where the player's own copy is not to count. Row-major, games × targets.
 */
export function withoutPlayer(
  { inverse, scale, targets }: Solution,
  { rows, values, weight }: CountedPlayer,
  targetOf: (column: number) => number,
): Float32Array {
  const valueAt = (at: number) => values?.[at] ?? 1
  const links = new Float32Array(rows.length * targets.length)
  const own = new Float32Array(rows.length)
  const ofTargets = new Float64Array(targets.length)
  const ofOwn = new Float64Array(rows.length)
  for (const [at, game] of rows.entries()) {
    const row = links.subarray(at * targets.length, (at + 1) * targets.length)
    gatherRow(inverse, game, targets, row)
    gatherRow(inverse, game, rows, own)
    addScaled(ofTargets, row, valueAt(at))
    addScaled(ofOwn, own, valueAt(at))
  }
  const held = ofOwn.reduce((sum, value, at) => sum + valueAt(at) * value, 0)
  const kappa = weight / (1 - weight * held)
  const explained = Float64Array.from(targets, (game, column) => {
    const self = -1 / (scale.explained[game] as number)
    return -1 / (self + kappa * (ofTargets[column] as number) ** 2)
  })
  const { power } = scale
  // |p · e|^power is |p|^power · |e|^power: the second is the same for all games of the player.
  const target = explained.map((value, column) => raised(value, power) * targetOf(column))
  const columnOf = new Map(Array.from(targets, (game, column) => [game, column]))
  for (const [at, game] of rows.entries()) {
    const row = links.subarray(at * targets.length, (at + 1) * targets.length)
    const [share, source] = [kappa * (ofOwn[at] as number), scale.source[game] as number]
    const count = row.length
    for (let j = 0; j < count; j++) row[j] = (row[j] as number) + share * (ofTargets[j] as number)
    raiseAll(row, power)
    for (let j = 0; j < count; j++) row[j] = (row[j] as number) * source * (target[j] as number)
    const self = columnOf.get(game)
    if (self !== undefined) row[self] = 0
  }
  return links
}

function addScaled(sums: Float64Array, values: Float32Array, times: number): void {
  const count = values.length
  for (let at = 0; at < count; at++) sums[at] = (sums[at] as number) + times * (values[at] as number)
}

/** Some entries of one row of the whole matrix; `columns` ascend. */
function gatherRow(tiles: Tiles, row: number, columns: Int32Array, into: Float32Array): void {
  const { size } = tiles
  const block = Math.floor(row / size)
  const within = row - block * size
  let at = 0
  for (let j = 0; j < blocksOf(tiles); j++) {
    const left = j * size
    const tile = j < block ? tileAt(tiles, j, block) : tileAt(tiles, block, j)
    const [base, step] = j < block ? [within, blockLength(tiles, block)] : [within * blockLength(tiles, j), 1]
    const end = left + size
    for (; at < columns.length && (columns[at] as number) < end; at++) {
      into[at] = tile[base + ((columns[at] as number) - left) * step] as number
    }
  }
}
