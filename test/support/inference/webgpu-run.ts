import { Tensor } from 'onnxruntime-node'
import { openSession } from '../../../inference/runtime/session.ts'
import type { PlainTensor, WebGpuAnswer, WebGpuTask } from './swiftshader.ts'

/** Run as a program by `swiftshader.ts`: takes one task and answers it. */
process.once('message', (task: WebGpuTask) => {
  run(task).then(
    (outputs) => answer({ ok: true, outputs }),
    (error: Error) => answer({ ok: false, error: error.message }),
  )
})

async function run({ model, feeds }: WebGpuTask) {
  const session = await openSession(model, 'webgpu')
  const inputs = Object.entries(feeds).map(([name, { type, data, dims }]) => {
    return [name, new Tensor(type, data, dims)] as const
  })
  const outputs = await session.run(Object.fromEntries(inputs))
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { type, data, dims }]) => [
      name,
      { type, data, dims } as PlainTensor,
    ]),
  )
}

function answer(message: WebGpuAnswer): void {
  process.send?.(message)
}
