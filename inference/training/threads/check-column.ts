import { columnOf, productOf, type Tiles } from '../../solver/tiles.ts'
import type { SharedPlays } from '../gram/shared-plays.ts'

/** Where an inverse stands: (XᵀWX + Λ) · P should be the identity. */
export type Solved = {
  /** XᵀWX: the plays that it is made of, or itself where it was given. */
  readonly gram: SharedPlays | Tiles
  /** The diagonal of Λ. Length games. */
  readonly ridge: Float32Array
  /** P: games × games. */
  readonly inverse: Tiles
}

/** The greatest fault of one column, written to its place. */
export type CheckColumn = Solved & {
  readonly column: number
  readonly found: Float64Array
  readonly at: number
}

export function checkColumn({ gram, ridge, inverse, column, found, at }: CheckColumn): void {
  const p = columnOf(inverse, column)
  const product = 'memory' in gram ? productOf(gram, p) : applyGram(gram, p)
  let worst = 0
  for (let row = 0; row < p.length; row++) {
    const left = (product[row] ?? 0) + (ridge[row] ?? 0) * (p[row] ?? 0)
    worst = Math.max(worst, Math.abs(left - (row === column ? 1 : 0)))
  }
  found[at] = worst
}

/** XᵀW(X·p), one player after another. */
function applyGram({ offsets, rows, values, weights }: SharedPlays, p: Float64Array): Float64Array {
  const product = new Float64Array(p.length)
  for (let player = 0; player + 1 < offsets.length; player++) {
    const from = offsets[player] ?? 0
    const end = offsets[player + 1] ?? 0
    let sum = 0
    for (let at = from; at < end; at++) sum += (values?.[at] ?? 1) * (p[rows[at] as number] as number)
    sum *= weights?.[player] ?? 1
    for (let at = from; at < end; at++) (product[rows[at] as number] as number) += (values?.[at] ?? 1) * sum
  }
  return product
}
