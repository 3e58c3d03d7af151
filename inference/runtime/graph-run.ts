import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { openSession, type Provider } from './session.ts'

/** A matrix in memory that a graph reads, or fills. */
export type Operand = { readonly data: Float32Array; readonly dims: readonly number[] }

/** A graph that is run once. Operands stand in the order of its inputs and outputs. */
export type GraphRun = {
  readonly graph: Uint8Array
  readonly inputs: readonly Operand[]
  readonly outputs: readonly Operand[]
}

/** Nothing is kept for a second run, and there is nothing to simplify. */
const ONCE = {
  enableCpuMemArena: false,
  enableMemPattern: false,
  graphOptimizationLevel: 'disabled',
} as const

export async function runGraph(
  { graph, inputs, outputs }: GraphRun,
  provider: Provider,
  intraOpNumThreads = 1,
): Promise<void> {
  const session = await openSession(graph, provider, { ...ONCE, intraOpNumThreads })
  try {
    const filled = await session.run(named(session.inputNames, inputs), named(session.outputNames, outputs))
    for (const { data } of Object.values(filled)) discard(data as Float32Array)
  } finally {
    await session.release()
  }
}

function named(names: readonly string[], operands: readonly Operand[]): InferenceSession.FeedsType {
  return Object.fromEntries(
    operands.map(({ data, dims }, at) => [names[at] ?? '', new Tensor('float32', data, dims)]),
  )
}

/** The runtime fills the memory it is given and hands out a copy as well, which would wait for the garbage collector. */
function discard({ buffer }: Float32Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
