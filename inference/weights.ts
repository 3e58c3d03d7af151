import { blockLength, type Tiles, tileAt } from './tiles.ts'

/** One tile of P, and its mirror, on their way into B: B_ij = P_ij · source_i · target_j, and 0 on the diagonal. */
export type WeighTile = {
  readonly inverse: Tiles
  readonly scale: Scale
  /** B, row-major. */
  readonly weights: Float32Array
  readonly i: number
  readonly j: number
}

/** What P's rows and columns are multiplied by. */
export type Scale = { readonly source: Float64Array; readonly target: Float64Array }

/** Rows and columns of a square; both its sides stay in the fastest cache. */
const SQUARE = 64

export function weighTile(task: WeighTile): void {
  const { inverse, i, j } = task
  for (let top = 0; top < blockLength(inverse, i); top += SQUARE) {
    for (let left = 0; left < blockLength(inverse, j); left += SQUARE) weighSquare(task, top, left)
  }
}

function weighSquare(
  { inverse, scale: { source, target }, weights, i, j }: WeighTile,
  top: number,
  left: number,
): void {
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
      weights[row * n + column] =
        row === column ? 0 : p * (source[row] as number) * (target[column] as number)
      if (i < j) weights[column * n + row] = p * (source[column] as number) * (target[row] as number)
    }
  }
}
