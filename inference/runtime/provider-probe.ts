import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { askBufferLimit } from './buffer-limit.ts'
import { createGraph } from './onnx.ts'
import { openSession, type Provider, type Verdict } from './session.ts'
import { shortReason } from './short-reason.ts'

/**
 * Run as a program by `session.ts`: `provider-probe.ts <provider> [compare]` prints whether the provider works, how large its
 * buffers may be, and with `compare` whether it also outruns the processor. A software adapter (SwiftShader, lavapipe) works
 * but does not.
 */

const SIZE = 512
/** A chain, so that arithmetic outweighs the way to the device and back. */
const PRODUCTS = 8
/** A smaller one to begin with: a device worth having needs 2 ms for it once its kernels are compiled. */
const SMALL = 128
const TOO_SLOW_MS = 30

function chain(): Uint8Array {
  const graph = createGraph('probe')
  const x = graph.input('x', 'float32', ['size', 'size'])
  let product = x
  for (let i = 1; i < PRODUCTS; i++) product = graph.node('MatMul', [product, x])
  graph.node('MatMul', [product, x], { outputs: ['y'] })
  graph.output('y', 'float32', ['size', 'size'])
  return graph.encode()
}

/** Milliseconds of one run. */
async function time(session: InferenceSession, size: number): Promise<number> {
  const x = new Tensor('float32', new Float32Array(size * size), [size, size])
  const start = performance.now()
  await session.run({ x })
  return performance.now() - start
}

async function best(session: InferenceSession): Promise<number> {
  await time(session, SIZE)
  return Math.min(await time(session, SIZE), await time(session, SIZE))
}

async function outruns(device: InferenceSession): Promise<boolean> {
  await time(device, SMALL)
  if ((await time(device, SMALL)) > TOO_SLOW_MS) return false
  const processor = await openSession(chain(), 'cpu')
  return (await best(device)) < (await best(processor))
}

async function judge(provider: Provider, compare: boolean): Promise<Verdict> {
  try {
    const device = await openSession(chain(), provider)
    await time(device, 2)
    if (compare && !(await outruns(device))) return { ok: false, why: 'slower than the processor here' }
    const bufferLimit = provider === 'webgpu' ? await askBufferLimit() : undefined
    return { ok: true, why: 'it works here', bufferLimit }
  } catch (error) {
    return { ok: false, why: shortReason(error) }
  }
}

const [, , provider, compare] = process.argv
const answer = await judge(provider === 'cuda' ? 'cuda' : 'webgpu', compare === 'compare')
process.stdout.write(JSON.stringify(answer))
