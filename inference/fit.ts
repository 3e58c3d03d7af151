import { createHash } from 'node:crypto'
import { gram } from './gram.ts'
import type { Phases } from './phases.ts'
import type { Plays } from './plays.ts'
import { RESIDUAL_BOUND, residual } from './residual.ts'
import type { Provider } from './session.ts'
import { invert, memoryNeeded, type SolverOptions } from './solver.ts'
import { type Recipe, ridgeOf, targetWeights, weightingOf } from './variants.ts'

export type Fitted = {
  /** B, row-major, games × games: scores of a library x are x · B. */
  readonly weights: Float32Array
  /** Tells whether two trainings saw the same data: SHA-256 over vocabulary and Gram matrix, in hexadecimal. */
  readonly fingerprint: string
  readonly residual: number
}

/**
 * Solves one recipe: in float32, and again in float64 where that was not exact enough, as with a very small λ. Holds one
 * matrix: Gram, inverse and weights follow each other in the same memory.
 */
export async function fitWeights(
  plays: Plays,
  recipe: Recipe,
  provider: Provider,
  phases: Phases,
): Promise<Fitted> {
  let worst = Number.NaN
  for (const precision of ['float32', 'float64'] as const) {
    if (
      precision === 'float64' &&
      memoryNeeded(plays.vocabulary.length, precision) > process.availableMemory()
    )
      break
    const { matrix, ...solved } = await solve(plays, recipe, { provider, precision }, phases)
    worst = solved.residual
    if (worst <= RESIDUAL_BOUND) {
      await phases.time('weights', () => toWeights(matrix, targetWeights(plays, recipe)))
      return { ...solved, weights: matrix }
    }
  }
  throw new Error(inexact(worst, recipe))
}

async function solve(plays: Plays, recipe: Recipe, options: SolverOptions, phases: Phases) {
  const n = plays.vocabulary.length
  const weighting = weightingOf(plays, recipe)
  const matrix = await phases.time('gram', () => gram(plays, weighting))
  const fingerprint = await phases.time('fingerprint', () => fingerprintOf(plays.vocabulary, matrix))
  const ridge = ridgeOf(diagonalOf(matrix, n), recipe)
  addToDiagonal(matrix, ridge)
  await phases.time(`solve in ${options.precision}`, () => invert(matrix, n, options))
  const worst = await phases.time('check', () => residual({ plays, weighting, ridge, inverse: matrix }))
  return { matrix, fingerprint, residual: worst }
}

function inexact(worst: number, { l2 }: Recipe): string {
  const found = Number.isNaN(worst) ? 'not a number' : worst.toExponential(1)
  return `the solution is not exact enough to be used (residual ${found}, bound ${RESIDUAL_BOUND}): try an --l2 above ${l2}`
}

function fingerprintOf(vocabulary: Int32Array, matrix: Float32Array): string {
  const n = vocabulary.length
  const hash = createHash('sha256').update(vocabulary)
  // Row by row, since a hash takes at most 2 GB at once.
  for (let row = 0; row < n; row++) hash.update(matrix.subarray(row * n, (row + 1) * n))
  return hash.digest('hex')
}

function diagonalOf(matrix: Float32Array, n: number): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => matrix[i * n + i] ?? 0)
}

function addToDiagonal(matrix: Float32Array, ridge: Float32Array): void {
  for (const [i, value] of ridge.entries()) (matrix[i * ridge.length + i] as number) += value
}

/** P becomes B in place: B_ij = −P_ij / P_jj · target_j, and 0 on the diagonal. */
export function toWeights(matrix: Float32Array, targets: Float64Array): void {
  const n = targets.length
  const scale = targets.map((target, j) => -target / (matrix[j * n + j] ?? 0))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) (matrix[i * n + j] as number) *= scale[j] as number
    matrix[i * n + i] = 0
  }
}
