import { describe, expect, it } from 'vitest'
import { subtractGraph } from '../../../../inference/solver/inverse-graph.ts'
import type { ThreadTask } from '../../../../inference/training/threads/thread-task.ts'
import { testThreads } from '../../../support/inference/threads.ts'

const graph = subtractGraph(false, [false])

function matrix(...values: number[]) {
  return {
    data: new Float32Array(new SharedArrayBuffer(4 * values.length)),
    dims: [1, values.length],
    values,
  }
}

/** A product of two numbers, into memory that the test can see. */
function product(a: number, b: number) {
  const [left, right, into] = [matrix(a), matrix(b), matrix(0)]
  left.data.set(left.values)
  right.data.set(right.values)
  const task: ThreadTask = { kind: 'run', graph, inputs: [left, right], outputs: [into] }
  return { task, found: () => into.data[0] }
}

const broken: ThreadTask = { kind: 'run', graph: Uint8Array.of(1, 2, 3), inputs: [], outputs: [] }

describe.each([1, 3])('%i threads', (count) => {
  it('do every task, one set after another', async () => {
    const threads = testThreads(count)
    for (const factor of [2, 3]) {
      const products = Array.from({ length: 20 }, (_, at) => product(at + 1, factor))
      await threads.run(products.map(({ task }) => task))
      // The graph subtracts.
      expect(products.map(({ found }) => found())).toEqual(
        Array.from(products, (_, at) => -(at + 1) * factor),
      )
    }
  })

  it('have nothing to do for no tasks', async () => {
    await testThreads(count).run([])
  })
})

it('say why one of them ended, and from then on', async () => {
  const threads = testThreads(2)
  await expect(threads.run([broken, broken])).rejects.toThrow(/^a thread of the training ended: .*protobuf/i)
  await expect(threads.run([product(1, 2).task, product(1, 2).task])).rejects.toThrow(
    'a thread of the training ended',
  )
})

it('throw what went wrong where the only thread is the caller', async () => {
  await expect(testThreads(1).run([broken])).rejects.toThrow(/protobuf/i)
})
