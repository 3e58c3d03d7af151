import type { Newcomers } from '../../core/catalogue/game-labels.ts'
import { MAX_SIZE, memoryNeeded } from './memory.ts'

/**
 * The vocabulary with games that hardly anybody owns yet, as many as are wanted and as can be solved in `memory` bytes.
 * Ascending. Solving takes as long as the cube of its length.
 */
export async function withNewcomers(
  vocabulary: Int32Array,
  { read, limit }: Newcomers,
  memory: number,
): Promise<Int32Array> {
  const room = Math.min(MAX_SIZE, Math.floor(Math.sqrt(memory / memoryNeeded(1)))) - vocabulary.length
  const wanted = Math.min(limit, room)
  if (wanted < 1) return vocabulary
  return Int32Array.from(new Set([...vocabulary, ...(await read(vocabulary, wanted))])).sort()
}
