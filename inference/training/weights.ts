import { blockLength, type Tiles, tileAt } from '../solver/tiles.ts'

/** One tile of P, and its mirror, on their way into B, whose diagonal is 0. */
export type WeighTile = {
  readonly inverse: Tiles
  readonly scale: Scale
  /** B, row-major. */
  readonly weights: Float32Array
  readonly i: number
  readonly j: number
}

/** B_ij = ±|P_ij · explained_j|^power · source_i · target_j, with the sign of what is raised. */
export type Scale = {
  readonly power: number
  readonly explained: Float64Array
  readonly source: Float64Array
  readonly target: Float64Array
}

/** Rows and columns of a square; both its sides stay in the fastest cache. */
const SQUARE = 64

/** The sign stays. Both powers in use are spared the general one, which takes ten times as long. */
export function raised(value: number, power: number): number {
  if (power === 1) return value
  const size = Math.abs(value)
  return power === 1.25 ? value * Math.sqrt(Math.sqrt(size)) : Math.sign(value) * size ** power
}

/** The same for many, in their place. */
export function raiseAll(values: Float32Array, power: number): void {
  if (power === 1) return
  const count = values.length
  // A loop of its own: beside the general power, the quick one takes twice as long.
  if (power !== 1.25) for (let at = 0; at < count; at++) values[at] = raised(values[at] as number, power)
  else {
    for (let at = 0; at < count; at++) {
      const value = values[at] as number
      values[at] = value * Math.sqrt(Math.sqrt(Math.abs(value)))
    }
  }
}

export function weighTile(task: WeighTile): void {
  const { inverse, i, j } = task
  for (let top = 0; top < blockLength(inverse, i); top += SQUARE) {
    for (let left = 0; left < blockLength(inverse, j); left += SQUARE) weighSquare(task, top, left)
  }
}

function weighSquare({ inverse, scale, weights, i, j }: WeighTile, top: number, left: number): void {
  const { n, size } = inverse
  const tile = tileAt(inverse, i, j)
  const width = blockLength(inverse, j)
  const bottom = Math.min(top + SQUARE, blockLength(inverse, i))
  const right = Math.min(left + SQUARE, width)
  for (let r = top; r < bottom; r++) {
    const row = i * size + r
    for (let c = left; c < right; c++) {
      const column = j * size + c
      const p = tile[r * width + c] as number
      weights[row * n + column] = row === column ? 0 : weigh(p, scale, row, column)
      if (i < j) weights[column * n + row] = weigh(p, scale, column, row)
    }
  }
}

function weigh(p: number, { power, explained, source, target }: Scale, row: number, column: number): number {
  const link = raised(p * (explained[column] as number), power)
  return link * (source[row] as number) * (target[column] as number)
}
