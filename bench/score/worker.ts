import type { Provider } from '../../inference/runtime/session.ts'
import { startServer } from '../../inference/server.ts'
import { announce } from '../../inference/serving/spawn.ts'

/** The worker with every request in a run of its own, for comparison; started as `npm run inference` is. */
const { url } = await startServer({
  modelDir: process.env.MODEL_DIR ?? '',
  provider: process.env.INFERENCE_PROVIDER as Provider,
  host: '127.0.0.1',
  port: Number(process.env.INFERENCE_PORT),
  log: () => {},
  limits: { maxBatch: 1 },
})
announce(url)
