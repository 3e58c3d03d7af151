import type { Precision } from '../solver/inverse-graph.ts'
import type { Memory } from '../solver/inverse-tasks.ts'
import { createTiles, shapeOf } from '../solver/tiles.ts'

/** Games are numbered with 16 bits, and several GPU kernels index a matrix with 32: 46,341² no longer fits. */
export const MAX_SIZE = 46_340

/** How many float32 matrices training holds at its height; measured at 4,000 to 10,978 games. */
const MATRICES_AT_ONCE = { float32: 2, float64: 4 } as const

/** Bytes that training on n games takes at its height. */
export function memoryNeeded(n: number, precision: Precision = 'float32'): number {
  return MATRICES_AT_ONCE[precision] * n * n * 4
}

/** The same where the Gram matrix was given: it is kept in tiles, and while it is read every pair has a bit. */
export function memoryNeededForGiven(n: number): number {
  return memoryNeeded(n) + (n * n * 4) / 2 + (n * n) / 8
}

export type TrainingMemory = Memory & {
  /** B, row-major, games × games. Until it is written, `work` lies there. */
  readonly weights: Float32Array
}

/** `tile`: about how many rows a block has, where it is not the solver's usual number. */
export function reserveMemory(n: number, tile?: number): TrainingMemory {
  const shape = shapeOf(n, tile)
  const weights = new Float32Array(new SharedArrayBuffer(n * n * Float32Array.BYTES_PER_ELEMENT))
  return { weights, work: createTiles(shape, weights), result: createTiles(shape) }
}
