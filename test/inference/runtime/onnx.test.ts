import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { createGraph } from '../../../inference/runtime/onnx.ts'

/** (a · w + 1)ᵀ, then its two halves: a constant, attributes of every form, and several outputs. */
function sample(): Uint8Array {
  const graph = createGraph('sample')
  const a = graph.input('a', 'float32', ['rows', 2])
  const w = graph.initializer('w', Float32Array.of(1, 2, 3, 4), [2, 2])
  const one = graph.initializer('one', Float32Array.of(1), [1])
  const sum = graph.node('Gemm', [a, w, one], { attributes: { alpha: { float: 2 }, transB: 0 } })
  const turned = graph.node('Transpose', [sum], { attributes: { perm: [1, 0] } })
  graph.nodes('Split', [turned], { outputs: ['top', 'bottom'], attributes: { axis: 0 } })
  graph.output('top', 'float32', [1, 'rows'])
  graph.output('bottom', 'float32', [1, 'rows'])
  return graph.encode()
}

it('builds a graph that ONNX Runtime runs', async () => {
  const session = await InferenceSession.create(sample())
  const { top, bottom } = await session.run({ a: new Tensor('float32', Float32Array.of(1, 0, 0, 1), [2, 2]) })
  expect(top?.data).toEqual(Float32Array.of(3, 7))
  expect(bottom?.data).toEqual(Float32Array.of(5, 9))
  expect(top?.dims).toEqual([1, 2])
})

it('gives the same bytes each time', () => {
  expect(Buffer.from(sample()).equals(sample())).toBe(true)
})
