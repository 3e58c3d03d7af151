import { Tensor } from 'onnxruntime-node'
import { createGraph } from './onnx.ts'
import { openSession } from './session.ts'

/** What every WebGPU adapter lets one binding have (`maxStorageBufferBindingSize`): https://www.w3.org/TR/webgpu/#limits */
export const GUARANTEED_BYTES = 128 * 1024 ** 2

/** No matrix of ours is larger: 46,340² floats. */
const MOST_BYTES = 8 * 1024 ** 3

const REFUSAL = /exceeds the max buffer size limit \((\d+)\)/

/**
 * The most bytes that one buffer of the WebGPU adapter may have. The runtime has no call that tells it, but a buffer that
 * is too large is refused by a message that names the limit. Where it is refused otherwise, such as for want of memory,
 * half of it is asked for.
 */
export async function askBufferLimit(): Promise<number> {
  const session = await openSession(oneOfMany(), 'webgpu')
  try {
    for (let bytes = MOST_BYTES; bytes > GUARANTEED_BYTES; bytes /= 2) {
      const count = BigInt(bytes / Float32Array.BYTES_PER_ELEMENT)
      const feeds = { count: int64(count), value: new Tensor('float32', [1], [1]), at: int64(count - 1n) }
      const refusal = await session.run(feeds).then(
        ({ found }) => (found?.data[0] === 1 ? undefined : 'it was not filled'),
        (error: Error) => error.message,
      )
      if (refusal === undefined) return bytes
      const named = Number(REFUSAL.exec(refusal)?.[1] ?? 0)
      if (named >= GUARANTEED_BYTES) return named
    }
    return GUARANTEED_BYTES
  } finally {
    await session.release()
  }
}

/** Fills a buffer with one value and reads it at one place, by the operator that the model reads its weights by. */
function oneOfMany(): Uint8Array {
  const graph = createGraph('buffer')
  const inputs = [graph.input('value', 'float32', [1]), graph.input('count', 'int64', [1])]
  const filled = graph.node('Expand', inputs)
  graph.node('Gather', [filled, graph.input('at', 'int64', [1])], { outputs: ['found'] })
  graph.output('found', 'float32', [1])
  return graph.encode()
}

function int64(value: bigint): Tensor {
  return new Tensor('int64', BigInt64Array.of(value), [1])
}
