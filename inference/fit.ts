import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { type GramInput, gramOfPlays } from './gram-input.ts'
import type { Precision } from './inverse-graph.ts'
import type { Phases } from './phases.ts'
import type { Plays } from './plays.ts'
import { RESIDUAL_BOUND, residual } from './residual.ts'
import type { Provider } from './session.ts'
import { invert } from './solver.ts'
import { startThreads, type Threads } from './threads.ts'
import { addToDiagonal, blocksOf, diagonalOf, type Shape, type Tiles, tilesOf } from './tiles.ts'
import { memoryNeeded, reserveMemory, type TrainingMemory } from './training-memory.ts'
import { type Recipe, ridgeOf, targetWeights } from './variants.ts'

export type Fitted = {
  /** B, row-major, games × games: scores of a library x are x · B. */
  readonly weights: Float32Array
  /** Tells whether two trainings saw the same data: SHA-256 over vocabulary and Gram matrix, in hexadecimal. */
  readonly fingerprint: string
  readonly residual: number
}

/** Solves one recipe for plays. */
export function fitWeights(
  plays: Plays,
  recipe: Recipe,
  provider: Provider,
  phases: Phases,
): Promise<Fitted> {
  return fitGram(gramOfPlays(plays, recipe), recipe, provider, phases)
}

/**
 * Solves one recipe: in float32, and again in float64 where that was not exact enough, as with a very small λ. The Gram
 * matrix, what the solver makes of it, and B follow each other in the same memory; the inverse lies beside it.
 */
export async function fitGram(
  input: GramInput,
  recipe: Recipe,
  provider: Provider,
  phases: Phases,
): Promise<Fitted> {
  const memory = reserveMemory(input.vocabulary.length)
  const threads = startThreads(threadsFor(memory.work))
  try {
    const solved = await solveExactly({ input, recipe, provider, phases, memory, threads })
    await phases.time('weights', () => toWeights(memory, targetWeights(input.owners, recipe), threads))
    return { ...solved, weights: memory.weights }
  } finally {
    await threads.stop()
  }
}

/** Below this many blocks, one thread is done before others have started. */
const BLOCKS_WORTH_THREADS = 4

function threadsFor(shape: Shape): number {
  const blocks = blocksOf(shape)
  return blocks < BLOCKS_WORTH_THREADS ? 1 : Math.min(blocks, availableParallelism())
}

type Fitting = {
  readonly input: GramInput
  readonly recipe: Recipe
  readonly provider: Provider
  readonly phases: Phases
  readonly memory: TrainingMemory
  readonly threads: Threads
}

type Found = Pick<Fitted, 'fingerprint' | 'residual'>

async function solveExactly(fitting: Fitting): Promise<Found> {
  let worst = Number.NaN
  for (const precision of ['float32', 'float64'] as const) {
    const needed = memoryNeeded(fitting.input.vocabulary.length, precision)
    if (precision === 'float64' && needed > process.availableMemory()) break
    const found = await solve(fitting, precision)
    worst = found.residual
    if (worst <= RESIDUAL_BOUND) return found
  }
  throw new Error(inexact(worst, fitting.recipe))
}

/** Leaves the inverse in `memory.result`. */
async function solve(fitting: Fitting, precision: Precision): Promise<Found> {
  const { input, recipe, provider, phases, memory, threads } = fitting
  const { work, result } = memory
  const gram = await phases.time('gram', () => input.fill(work, threads))
  const fingerprint = await phases.time('fingerprint', () => fingerprintOf(input.vocabulary, work))
  const ridge = ridgeOf(diagonalOf(work), recipe)
  addToDiagonal(work, ridge)
  await phases.time(`solve in ${precision}`, () => invert(memory, { provider, precision, threads }))
  const solved = { gram, ridge, inverse: result }
  return { fingerprint, residual: await phases.time('check', () => residual(solved, threads)) }
}

function inexact(worst: number, { l2 }: Recipe): string {
  const found = Number.isNaN(worst) ? 'not a number' : worst.toExponential(1)
  return `the solution is not exact enough to be used (residual ${found}, bound ${RESIDUAL_BOUND}): try an --l2 above ${l2}`
}

function fingerprintOf(vocabulary: Int32Array, gram: Tiles): string {
  const hash = createHash('sha256').update(vocabulary)
  for (const tile of gram.memory) hash.update(tile)
  return hash.digest('hex')
}

/** B, from the inverse. */
export async function toWeights(
  { result, weights }: TrainingMemory,
  targets: Float64Array,
  threads: Threads,
): Promise<void> {
  const diagonal = diagonalOf(result)
  const scale = targets.map((target, j) => -target / (diagonal[j] ?? 0))
  await threads.run(
    tilesOf(result).map(([i, j]) => ({ kind: 'weigh', inverse: result, scale, weights, i, j })),
  )
}
