import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { GameLabels } from '../../core/catalogue/game-labels.ts'
import type { Log } from '../../core/log.ts'
import type { Provider } from '../runtime/session.ts'
import { shortReason } from '../runtime/short-reason.ts'
import type { Precision } from '../solver/inverse-graph.ts'
import { invert } from '../solver/solver.ts'
import { addToDiagonal, blocksOf, diagonalOf, type Shape, type Tiles, tilesOf } from '../solver/tiles.ts'
import { evidenceOf } from './gram/evidence.ts'
import { type GramInput, gramOfPlays } from './gram/gram-input.ts'
import { memoryNeeded, reserveMemory, type TrainingMemory } from './memory.ts'
import type { Phases } from './phases.ts'
import { ownersOf, type Plays } from './plays.ts'
import { RESIDUAL_BOUND, residual } from './residual.ts'
import { ridgeOf, scaleOf } from './scaling.ts'
import { startThreads, type Threads } from './threads/threads.ts'
import type { Recipe } from './variants.ts'
import type { Scale } from './weights.ts'

export type Fitted = {
  /** B, row-major, games × games: scores of a library x are x · B. */
  readonly weights: Float32Array
  /** Tells whether two trainings saw the same data: SHA-256 over vocabulary and Gram matrix, in hexadecimal. */
  readonly fingerprint: string
  readonly residual: number
  /** P, and what made B of it. */
  readonly inverse: Tiles
  readonly scale: Scale
}

/** Where to solve, and who is told where that fails. */
export type Solving = {
  readonly provider: Provider
  /** The most bytes that one of the provider's buffers may have. */
  readonly bufferLimit?: number | undefined
  readonly log?: Log | undefined
}

/** Solves one recipe for plays. `labels` runs beside the vocabulary; a recipe that asks for labels finds none without it. */
export function fitWeights(
  plays: Plays,
  recipe: Recipe,
  solving: Solving,
  phases: Phases,
  labels: readonly GameLabels[] = Array(plays.vocabulary.length).fill({}),
): Promise<Fitted> {
  return fitGram(
    gramOfPlays(evidenceOf(plays, labels, recipe), ownersOf(plays)),
    recipe,
    solving,
    phases,
    labels,
  )
}

/**
 * Solves one recipe: in float32, and again in float64 where that was not exact enough, as with a very small λ. What a
 * device fails at is done on the processor. The Gram matrix, what the solver makes of it, and B follow each other in the
 * same memory; the inverse lies beside it.
 */
export async function fitGram(
  input: GramInput,
  recipe: Recipe,
  solving: Solving,
  phases: Phases,
  labels: readonly GameLabels[] = [],
): Promise<Fitted> {
  const memory = reserveMemory(input.vocabulary.length, tileFor(solving))
  const threads = startThreads(threadsFor(memory.work))
  try {
    const { ridge, ...solved } = await solveExactly({ input, recipe, solving, phases, memory, threads })
    const scale = scaleOf(diagonalOf(memory.result), ridge, input.owners, labels, recipe)
    await phases.time('weights', () => toWeights(memory, scale, threads))
    return { ...solved, weights: memory.weights, inverse: memory.result, scale }
  } finally {
    await threads.stop()
  }
}

/** Below this many blocks, one thread is done before others have started. */
const BLOCKS_WORTH_THREADS = 4

/**
 * On a GPU larger products are faster, and fewer of them must be started: at 10,978 games 2,450 operations in place of
 * 4,669, for 6 % more arithmetic. The blocks whose inverse the processor computes stay 56 of 198 rows, 9 MB each way.
 */
const DEVICE_TILE = 1536

function tileFor({ provider, bufferLimit = Number.POSITIVE_INFINITY }: Solving): number | undefined {
  if (provider === 'cpu') return undefined
  return Math.min(DEVICE_TILE, Math.floor(Math.sqrt(bufferLimit / Float32Array.BYTES_PER_ELEMENT)))
}

function threadsFor(shape: Shape): number {
  const blocks = blocksOf(shape)
  return blocks < BLOCKS_WORTH_THREADS ? 1 : Math.min(blocks, availableParallelism())
}

type Fitting = {
  readonly input: GramInput
  readonly recipe: Recipe
  readonly solving: Solving
  readonly phases: Phases
  readonly memory: TrainingMemory
  readonly threads: Threads
}

type Found = Pick<Fitted, 'fingerprint' | 'residual'> & { readonly ridge: Float32Array }

type Attempt = { readonly provider: Provider; readonly precision: Precision }

/** WebGPU knows no float64, so that is for the processor. */
function attemptsOn(provider: Provider): Attempt[] {
  const attempts = [
    { provider, precision: 'float32' },
    { provider: 'cpu', precision: 'float32' },
    { provider: 'cpu', precision: 'float64' },
  ] as const
  return provider === 'cpu' ? attempts.slice(1) : [...attempts]
}

async function solveExactly(fitting: Fitting): Promise<Found> {
  const { solving, recipe } = fitting
  let worst = Number.NaN
  for (const attempt of attemptsOn(solving.provider)) {
    const needed = memoryNeeded(fitting.input.vocabulary.length, attempt.precision)
    if (attempt.precision === 'float64' && needed > process.availableMemory()) break
    const found = await (attempt.provider === 'cpu' ? solve(fitting, attempt) : tryDevice(fitting, attempt))
    if (found === undefined) continue
    worst = found.residual
    if (worst <= RESIDUAL_BOUND) return found
  }
  throw new Error(inexact(worst, recipe))
}

/** Undefined where the device cannot do it, or does it wrong. */
async function tryDevice(fitting: Fitting, attempt: Attempt): Promise<Found | undefined> {
  const { log } = fitting.solving
  const why = await solve(fitting, attempt).then(
    (found) => (found.residual <= RESIDUAL_BOUND ? found : `residual ${tell(found.residual)}`),
    (error: unknown) => shortReason(error),
  )
  if (typeof why !== 'string') return why
  log?.('warn', `${attempt.provider} could not solve this, and cpu does it`, { why })
  return undefined
}

/** Leaves the inverse in `memory.result`. */
async function solve(fitting: Fitting, { provider, precision }: Attempt): Promise<Found> {
  const { input, recipe, phases, memory, threads } = fitting
  const { work, result } = memory
  const gram = await phases.time('gram', () => input.fill(work, threads))
  const fingerprint = await phases.time('fingerprint', () => fingerprintOf(input.vocabulary, work))
  const ridge = ridgeOf(diagonalOf(work), input.owners, recipe)
  addToDiagonal(work, ridge)
  const name = `solve in ${precision}${provider === 'cpu' ? '' : ` on ${provider}`}`
  await phases.time(name, () => invert(memory, { provider, precision, threads }))
  const solved = { gram, ridge, inverse: result }
  return { fingerprint, ridge, residual: await phases.time('check', () => residual(solved, threads)) }
}

function inexact(worst: number, { l2 }: Recipe): string {
  return `the solution is not exact enough to be used (residual ${tell(worst)}, bound ${RESIDUAL_BOUND}): try an --l2 above ${l2}`
}

function tell(residual: number): string {
  return Number.isNaN(residual) ? 'not a number' : residual.toExponential(1)
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
