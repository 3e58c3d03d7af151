import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Context } from '../../context/parts.ts'

const CLI = fileURLToPath(import.meta.resolve('../../cli.ts'))

/**
 * `npm run refresh` in a process of its own: what training takes of memory goes back with it, and whatever becomes of it,
 * players are answered. `stop` ends it, and waits.
 */
export function createRunAside({ config, log }: Context) {
  let stopping = false
  let child: ReturnType<typeof spawn> | undefined
  let gone: Promise<unknown> = Promise.resolve()
  return {
    async run(slot: Date): Promise<void> {
      if (stopping) return
      const args = [CLI, 'refresh', '--unless-since', slot.toISOString()]
      child = spawn(process.execPath, args, {
        env: { ...process.env, ...settingsOf(config) },
        stdio: ['ignore', 2, 2],
      })
      gone = once(child, 'close').catch((error: Error) => [error.message])
      const [end] = (await gone) as [unknown]
      if (end !== 0 && !stopping) log('warn', 'the model refresh failed', { end })
    },
    async stop(): Promise<void> {
      stopping = true
      child?.kill('SIGTERM')
      await gone
    },
  }
}

/** Where it finds what this process uses, in whatever way that was configured here. */
function settingsOf({ databaseUrl, dataDir, modelDir, inference, learning, logLevel }: Context['config']) {
  return {
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...(learning.webhook && { OPS_WEBHOOK_URL: learning.webhook.url }),
    DATA_DIR: dataDir,
    MODEL_DIR: modelDir,
    MODEL_VERSIONS_KEPT: String(learning.versionsKept),
    INFERENCE_PROVIDER: inference.provider,
    LOG_LEVEL: logLevel,
  }
}
