import type { Weighting } from './gram.ts'
import type { Plays } from './plays.ts'

/**
 * Above this a model is not published. Real libraries gave 4e-7 to 5e-6 at λ = 200 (2,306 to 9,179 games), and 2e-6 in float64
 * at λ = 0.5; a system that is lost gives 0.02 and more, or NaN.
 */
export const RESIDUAL_BOUND = 1e-3

const SAMPLES = 16

/** Where an inverse stands: (XᵀWX + Λ) · P should be the identity. */
export type Solved = {
  readonly plays: Plays
  readonly weighting: Weighting
  /** The diagonal of Λ. Length games. */
  readonly ridge: Float32Array
  /** P: games × games. */
  readonly inverse: Float32Array
}

/**
 * The greatest |(XᵀWX + Λ)P − I| over evenly spaced columns. XᵀWX is applied to a column as Xᵀ(W(X·p)), in float64 and straight
 * from the plays, so that a fault of the Gram matrix shows here too. NaN where the inverse holds one.
 */
export function residual(solved: Solved, samples = SAMPLES): number {
  const n = solved.plays.vocabulary.length
  let worst = 0
  for (let sample = 0; sample < Math.min(samples, n); sample++) {
    const column = Math.floor((sample * n) / Math.min(samples, n))
    // Math.max keeps NaN.
    worst = Math.max(worst, columnResidual(solved, column))
  }
  return worst
}

function columnResidual({ plays, weighting, ridge, inverse }: Solved, column: number): number {
  const n = plays.vocabulary.length
  const p = Float64Array.from({ length: n }, (_, row) => inverse[row * n + column] ?? Number.NaN)
  const product = applyGram(plays, weighting, p)
  let worst = 0
  for (let row = 0; row < n; row++) {
    const left = (product[row] ?? 0) + (ridge[row] ?? 0) * (p[row] ?? 0)
    worst = Math.max(worst, Math.abs(left - (row === column ? 1 : 0)))
  }
  return worst
}

/** XᵀW(X·p), one player after another. */
function applyGram({ offsets, rows }: Plays, { values, players }: Weighting, p: Float64Array): Float64Array {
  const product = new Float64Array(p.length)
  for (let player = 0; player + 1 < offsets.length; player++) {
    const from = offsets[player] ?? 0
    const end = offsets[player + 1] ?? 0
    let sum = 0
    for (let at = from; at < end; at++) sum += (values?.[at] ?? 1) * (p[rows[at] as number] as number)
    sum *= players?.[player] ?? 1
    for (let at = from; at < end; at++) (product[rows[at] as number] as number) += (values?.[at] ?? 1) * sum
  }
  return product
}
