import { onTestFinished } from 'vitest'
import type { Log } from '../../core/log.ts'
import { type ServerOptions, startServer } from '../../inference/server.ts'

export type Logged = { readonly level: string; readonly message: string; readonly fields: object }

/** Keeps what is logged. */
export function keepLog(): { readonly log: Log; readonly lines: Logged[] } {
  const lines: Logged[] = []
  return { log: (level, message, fields = {}) => lines.push({ level, message, fields }), lines }
}

/** A real worker inside the test's process, on the processor; stopped after the test. Looks for new models often. */
export async function startTestWorker(modelDir: string, options: Partial<ServerOptions> = {}) {
  const { log, lines } = keepLog()
  const defaults = { provider: 'cpu', host: '127.0.0.1', port: 0, pollMs: 20, log } as const
  const worker = await startServer({ ...defaults, modelDir, ...options })
  onTestFinished(worker.stop)
  return { url: worker.url, lines, stop: worker.stop }
}
