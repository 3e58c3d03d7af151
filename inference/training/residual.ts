import type { Solved } from './threads/check-column.ts'
import type { Threads } from './threads/threads.ts'

/**
 * Above this a model is not published. Real libraries gave 3e-7 to 4e-6 at λ = 200 (2,306 to 9,179 games), 1e-4 at λ = 5, and
 * 2e-6 in float64 at λ = 0.5; a system that is lost gives 0.01 and more, or NaN.
 */
export const RESIDUAL_BOUND = 1e-3

const SAMPLES = 16

/**
 * The greatest |(XᵀWX + Λ)P − I| over evenly spaced columns. XᵀWX is applied to a column as Xᵀ(W(X·p)), in float64 and straight
 * from the plays, so that a fault of the Gram matrix shows here too; one that was given is taken at its word. NaN where the
 * inverse holds one.
 */
export async function residual(solved: Solved, threads: Threads, samples = SAMPLES): Promise<number> {
  const { n } = solved.inverse
  const count = Math.min(samples, n)
  const found = new Float64Array(new SharedArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT))
  const columns = Array.from(found, (_, at) => Math.floor((at * n) / count))
  await threads.run(columns.map((column, at) => ({ kind: 'check', ...solved, column, found, at })))
  // Math.max keeps NaN.
  return Math.max(...found)
}
