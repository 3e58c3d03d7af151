import { onTestFinished } from 'vitest'
import { type ServerOptions, startServer } from '../../../inference/server.ts'
import { keepLog, type Logged } from '../fakes/kept-log.ts'

export { keepLog, type Logged }

/** A real worker inside the test's process, on the processor; stopped after the test. Looks for new models often. */
export async function startTestWorker(modelDir: string, options: Partial<ServerOptions> = {}) {
  const { log, lines } = keepLog()
  const defaults = { provider: 'cpu', host: '127.0.0.1', port: 0, pollMs: 20, log } as const
  const worker = await startServer({ ...defaults, modelDir, ...options })
  onTestFinished(worker.stop)
  return { url: worker.url, lines, stop: worker.stop }
}
