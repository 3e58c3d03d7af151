import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { GameLabels } from '../core/game-labels.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { gram } from './gram.ts'
import type { Precision } from './inverse-graph.ts'
import type { Phases } from './phases.ts'
import { ownersOf, type Plays } from './plays.ts'
import { RESIDUAL_BOUND, residual } from './residual.ts'
import { ridgeOf, scaleOf } from './scaling.ts'
import type { Provider } from './session.ts'
import { sharePlays } from './shared-plays.ts'
import { invert } from './solver.ts'
import { startThreads, type Threads } from './threads.ts'
import { addToDiagonal, blocksOf, diagonalOf, type Shape, type Tiles, tilesOf } from './tiles.ts'
import { memoryNeeded, reserveMemory, type TrainingMemory } from './training-memory.ts'
import type { Recipe } from './variants.ts'
import type { Scale } from './weights.ts'

export type Fitted = {
  /** B, row-major, games × games: scores of a library x are x · B. */
  readonly weights: Float32Array
  /** Tells whether two trainings saw the same data: SHA-256 over vocabulary and Gram matrix, in hexadecimal. */
  readonly fingerprint: string
  readonly residual: number
}

/**
 * Solves one recipe: in float32, and again in float64 where that was not exact enough, as with a very small λ. The Gram
 * matrix, what the solver makes of it, and B follow each other in the same memory; the inverse lies beside it. `labels` runs
 * beside the vocabulary; a recipe that asks for labels finds none without it.
 */
export async function fitWeights(
  plays: Plays,
  recipe: Recipe,
  provider: Provider,
  phases: Phases,
  labels: readonly GameLabels[] = Array(plays.vocabulary.length).fill({}),
): Promise<Fitted> {
  const memory = reserveMemory(plays.vocabulary.length)
  const threads = startThreads(threadsFor(memory.work))
  const owners = ownersOf(plays)
  try {
    const evidence = evidenceOf(plays, labels, recipe)
    const { ridge, ...solved } = await solveExactly({
      ...{ evidence, owners, recipe, provider, phases, memory, threads },
    })
    await phases.time('weights', () =>
      toWeights(memory, scaleOf(diagonalOf(memory.result), ridge, owners, labels, recipe), threads),
    )
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
  readonly evidence: Evidence
  readonly owners: Int32Array
  readonly recipe: Recipe
  readonly provider: Provider
  readonly phases: Phases
  readonly memory: TrainingMemory
  readonly threads: Threads
}

type Found = Pick<Fitted, 'fingerprint' | 'residual'> & { readonly ridge: Float32Array }

async function solveExactly(fitting: Fitting): Promise<Found> {
  let worst = Number.NaN
  for (const precision of ['float32', 'float64'] as const) {
    const needed = memoryNeeded(fitting.owners.length, precision)
    if (precision === 'float64' && needed > process.availableMemory()) break
    const found = await solve(fitting, precision)
    worst = found.residual
    if (worst <= RESIDUAL_BOUND) return found
  }
  throw new Error(inexact(worst, fitting.recipe))
}

/** Leaves the inverse in `memory.result`. */
async function solve(fitting: Fitting, precision: Precision): Promise<Found> {
  const { evidence, owners, recipe, provider, phases, memory, threads } = fitting
  const { plays, weighting } = evidence
  const { work, result } = memory
  const shared = await phases.time('gram', async () => {
    const shared = sharePlays(plays, weighting)
    await gram(shared, work, threads)
    return shared
  })
  const fingerprint = await phases.time('fingerprint', () => fingerprintOf(plays.vocabulary, work))
  const ridge = ridgeOf(diagonalOf(work), owners, recipe)
  addToDiagonal(work, ridge)
  await phases.time(`solve in ${precision}`, () => invert(memory, { provider, precision, threads }))
  const solved = { plays: shared, ridge, inverse: result }
  return { fingerprint, ridge, residual: await phases.time('check', () => residual(solved, threads)) }
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
  scale: Scale,
  threads: Threads,
): Promise<void> {
  await threads.run(
    tilesOf(result).map(([i, j]) => ({ kind: 'weigh', inverse: result, scale, weights, i, j })),
  )
}
