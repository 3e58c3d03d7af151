import { availableParallelism } from 'node:os'
import { runGraph } from '../runtime/graph-run.ts'
import type { Provider } from '../runtime/session.ts'
import { inverseGraph, type Layout, LEAF } from './inverse-graph.ts'
import { inversePlan } from './inverse-plan.ts'
import { type GraphTask, type Memory, operand, tasksOf } from './inverse-tasks.ts'
import { blockLength, type Tiles, tileAt, tilesOf } from './tiles.ts'

/** Runs graphs side by side. */
type GraphThreads = {
  readonly count: number
  run(tasks: readonly GraphTask[]): Promise<void>
}

export type SolverOptions = Layout & { readonly provider?: Provider; readonly threads: GraphThreads }

/**
 * Inverts the symmetric positive definite matrix that lies in `work`, which is used up, into `result`. On the processor,
 * every thread runs graphs of a few tiles at a time, so that no more memory is needed than the two sets; elsewhere the
 * whole is one graph. Rejects where a device cannot do it.
 */
export async function invert(memory: Memory, options: SolverOptions): Promise<void> {
  const { provider = 'cpu', precision = 'float32', leaf = LEAF, threads } = options
  if (provider !== 'cpu' || precision !== 'float32') return invertAtOnce(memory, provider, options)
  for (const stage of inversePlan(memory.work)) await threads.run(tasksOf(stage, memory, threads.count, leaf))
}

async function invertAtOnce({ work, result }: Memory, provider: Provider, layout: Layout): Promise<void> {
  const operands = (tiles: Tiles) =>
    tilesOf(tiles).map(([i, j]) => operand(tileAt(tiles, i, j), blockLength(tiles, i)))
  const run = { graph: inverseGraph(work, layout), inputs: operands(work), outputs: operands(result) }
  await runGraph(run, provider, availableParallelism())
}
