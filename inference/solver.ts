import { Tensor } from 'onnxruntime-node'
import { createGraph, ELEMENT, type Graph } from './onnx.ts'
import { openSession, type Provider } from './session.ts'

/** Several GPU kernels index a matrix with 32 bits, and 46,341² no longer fits. */
export const MAX_SIZE = 46_340

/** The size at which plain elimination beats splitting further; measured on two cores. */
const LEAF = 256

/** What is reckoned in between; matrices come and go in float32. */
export type Precision = 'float32' | 'float64'

export type Layout = { readonly leaf?: number; readonly precision?: Precision }

export type SolverOptions = Layout & { readonly provider?: Provider }

/** How many float32 matrices `invert` holds at its height, the given one among them; measured at 10,978 and 9,179 games. */
const MATRICES_AT_ONCE = { float32: 3.5, float64: 8 } as const

/** Bytes that inverting an n × n matrix takes at its height. */
export function memoryNeeded(n: number, precision: Precision = 'float32'): number {
  return MATRICES_AT_ONCE[precision] * n * n * 4
}

/**
 * A graph from a symmetric positive definite n × n matrix `a` to its inverse, by 2 × 2 blocks all the way down:
 * with Y = A⁻¹B and S = D − BᵀY, the inverse of [[A, B], [Bᵀ, D]] is [[A⁻¹ + Y·S⁻¹·Yᵀ, −Y·S⁻¹], [its transpose, S⁻¹]].
 * Nearly all of the work is matrix products, which every execution provider does well.
 */
export function inverseGraph(n: number, { leaf = LEAF, precision = 'float32' }: Layout = {}): Uint8Array {
  const graph = createGraph('inverse')
  const a = graph.input('a', 'float32', [n, n])
  if (precision === 'float32') {
    invertBlock(graph, a, n, leaf, ['inverse'])
  } else {
    const inverse = invertBlock(graph, cast(graph, a, 'float64'), n, leaf)
    cast(graph, inverse, 'float32', ['inverse'])
  }
  graph.output('inverse', 'float32', [n, n])
  return graph.encode()
}

function cast(graph: Graph, value: string, to: Precision, outputs: Outputs = 1): string {
  return graph.node('Cast', [value], { attributes: { to: ELEMENT[to] }, outputs })
}

type Outputs = 1 | readonly string[]

function invertBlock(graph: Graph, block: string, n: number, leaf: number, outputs: Outputs = 1): string {
  if (n <= leaf) return graph.node('Inverse', [block], { domain: 'com.microsoft', outputs })
  const half = Math.ceil(n / 2)
  const a = slice(graph, block, [0, 0], [half, half])
  const b = slice(graph, block, [0, half], [half, n])
  const d = slice(graph, block, [half, half], [n, n])
  const aInverse = invertBlock(graph, a, half, leaf)
  // Y is corrected by its own remainder, A⁻¹(B − A·Y). Without that each level multiplies the error of the one below:
  // on real libraries the residual at 2,306 games was 11 in float32; with it, 3e-6.
  const rough = graph.node('MatMul', [aInverse, b])
  const rest = graph.node('Gemm', [a, rough, b], { attributes: { alpha: { float: -1 } } })
  const y = graph.node('Gemm', [aInverse, rest, rough])
  const s = graph.node('Gemm', [b, y, d], { attributes: { alpha: { float: -1 }, transA: 1 } })
  const lower = invertBlock(graph, s, n - half, leaf)
  const right = graph.node('Gemm', [y, lower], { attributes: { alpha: { float: -1 } } })
  const upper = graph.node('Gemm', [right, y, aInverse], { attributes: { alpha: { float: -1 }, transB: 1 } })
  return join(graph, upper, right, lower, outputs)
}

/** Rows and columns from `start` up to `end`. */
function slice(graph: Graph, block: string, start: readonly number[], end: readonly number[]): string {
  const corner = (at: readonly number[]) => graph.constant(BigInt64Array.from(at, BigInt), [2])
  return graph.node('Slice', [block, corner(start), corner(end)])
}

function join(graph: Graph, upper: string, right: string, lower: string, outputs: Outputs): string {
  const left = graph.node('Transpose', [right], { attributes: { perm: [1, 0] } })
  const top = graph.node('Concat', [upper, right], { attributes: { axis: 1 } })
  const bottom = graph.node('Concat', [left, lower], { attributes: { axis: 1 } })
  return graph.node('Concat', [top, bottom], { attributes: { axis: 0 }, outputs })
}

/** Blocks differ in size, so that kept ones are of no further use: without the arena a third less memory and time. */
const LEAN = { enableCpuMemArena: false, enableMemPattern: false } as const

/**
 * Inverts a symmetric positive definite matrix (row-major, n × n) where it lies: the input has been read whole before the
 * last block is written, so that input and output share their memory.
 */
export async function invert(matrix: Float32Array, n: number, options: SolverOptions = {}): Promise<void> {
  const { provider = 'cpu', ...layout } = options
  const solver = await openSession(inverseGraph(n, layout), provider, LEAN)
  const tensor = new Tensor('float32', matrix, [n, n])
  try {
    await solver.run({ a: tensor }, { inverse: tensor })
  } finally {
    await solver.release()
  }
}
