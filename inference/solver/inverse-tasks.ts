import type { GraphRun, Operand } from '../runtime/graph-run.ts'
import { pivotGraph, subtractGraph } from './inverse-graph.ts'
import type { Ref, Stage, Step } from './inverse-plan.ts'
import { blockLength, blocksOf, type Tiles, tileAt } from './tiles.ts'

/** A graph that any thread can run. */
export type GraphTask = { readonly kind: 'run' } & GraphRun

/** Two sets of tiles of the same shape. */
export type Memory = Readonly<Record<Ref['set'], Tiles>>

/** Enough for no thread to wait long for the last one. */
const TASKS_PER_THREAD = 4
/** Shorter products are slower. */
const MIN_BAND = 96

/** A stage of the plan as tasks that do not depend on each other. */
export function tasksOf(stage: Stage, memory: Memory, threads: number, leaf: number): GraphTask[] {
  const bands = threads === 1 ? 1 : Math.ceil((TASKS_PER_THREAD * threads) / stage.length)
  return stage.flatMap((step) =>
    step.kind === 'subtract' ? subtractTasks(step, memory, bands) : pivotTasks(step.k, memory, threads, leaf),
  )
}

export function operand(data: Float32Array, rows: number): Operand {
  return { data, dims: [rows, data.length / rows] }
}

/** Some rows of the result need the same rows of what stands on the left, so that a step can be cut into bands of rows. */
function subtractTasks(
  { into, from, products }: Step & { readonly kind: 'subtract' },
  memory: Memory,
  bands: number,
): GraphTask[] {
  const get = ({ set, i, j }: Ref) => tileAt(memory[set], i, j)
  const rows = blockLength(memory.work, into.i)
  const columns = blockLength(memory.work, into.j)
  const graph = subtractGraph(
    from !== undefined,
    products.map(({ turned }) => turned),
  )
  return cutRows(rows, bands).map(([start, end]) => {
    const band = (tile: Float32Array) => {
      const width = tile.length / rows
      return operand(tile.subarray(start * width, end * width), end - start)
    }
    const factors = products.flatMap(({ left, right, turned }) => {
      const tile = get(right)
      return [band(get(left)), operand(tile, turned ? columns : tile.length / columns)]
    })
    const inputs = from ? [band(get(from)), ...factors] : factors
    return { kind: 'run', graph, inputs, outputs: [band(get(into))] }
  })
}

function cutRows(rows: number, bands: number): (readonly [start: number, end: number])[] {
  const height = Math.max(MIN_BAND, Math.ceil(rows / bands / 16) * 16)
  return Array.from({ length: Math.ceil(rows / height) }, (_, at) => {
    return [at * height, Math.min(rows, (at + 1) * height)] as const
  })
}

/** Each thread factors the block for itself and solves its share of the row: only tiles are passed on. */
function pivotTasks(k: number, { work, result }: Memory, threads: number, leaf: number): GraphTask[] {
  const n = blockLength(work, k)
  const columns = Array.from({ length: blocksOf(work) - k - 1 }, (_, at) => k + 1 + at)
  const shares = Math.max(1, Math.min(threads, columns.length))
  return Array.from({ length: shares }, (_, share) => {
    const own = columns.filter((_, at) => at % shares === share)
    const row = own.map((j) => operand(tileAt(work, k, j), n))
    const turned = own.map((j) => operand(tileAt(result, k, j), blockLength(work, j)))
    const inverse = share === 0 ? [operand(tileAt(result, k, k), n)] : []
    const widths = own.map((j) => blockLength(work, j))
    return {
      kind: 'run',
      graph: pivotGraph(n, widths, share === 0, leaf),
      inputs: [operand(tileAt(work, k, k), n), ...row],
      outputs: [...turned, ...row, ...inverse],
    }
  })
}
