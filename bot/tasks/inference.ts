import { startServer } from '../../inference/server.ts'
import { announce } from '../../inference/serving/spawn.ts'
import type { Context } from '../context/parts.ts'

/** `npm run inference`: the worker, until a signal ends it. */
export async function runInference({ config, log, closers }: Context): Promise<void> {
  const { modelDir, inference } = config
  const { provider, host, port } = inference
  const worker = await startServer({ modelDir, provider, host, port, log })
  closers.push('the inference worker', worker.stop)
  log('info', 'the inference worker listens', { url: worker.url })
  announce(worker.url)
}
