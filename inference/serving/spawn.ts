import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Level, Log } from '../../core/log.ts'
import type { ProviderChoice } from '../runtime/session.ts'

export type WorkerOptions = {
  readonly modelDir: string
  readonly provider: ProviderChoice
  readonly log: Log
  /** Of the worker's own log; absent: as in the environment. */
  readonly logLevel?: Level
  /** The program that runs the worker; it is given `inference` as its argument. */
  readonly script?: string
  /** First pause before a worker that died is started again; doubles up to a limit while it keeps dying. */
  readonly restartMs?: number
}

export type Worker = {
  /** Stays the same when the worker is started again. */
  readonly url: string
  /** The process that runs now. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

const MAX_RESTART_MS = 10_000
/** A worker that has run for so long did not die of its start. */
const STABLE_MS = 30_000
const STOP_MS = 5_000

const announcement = z.object({ kind: z.literal('listening'), url: z.url() })

/**
 * Starts the inference worker as a process of its own, because a run of the model blocks the event loop, and starts it
 * again whenever it dies. Resolves when it listens; throws where it ends before that (its own log says why).
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  let child = spawnWorker(options, 0)
  const url = await listening(child)
  const port = Number(new URL(url).port)
  let pauseMs = options.restartMs ?? 250
  let stopping = false
  let timer: NodeJS.Timeout | undefined

  const watch = () => {
    const startedAt = Date.now()
    void ended(child).then((end) => {
      if (stopping) return
      if (Date.now() - startedAt > STABLE_MS) pauseMs = options.restartMs ?? 250
      options.log('warn', 'the inference worker died; restarting it', { end, pauseMs })
      timer = setTimeout(() => {
        child = spawnWorker(options, port)
        watch()
      }, pauseMs)
      pauseMs = Math.min(pauseMs * 2, MAX_RESTART_MS)
    })
  }
  watch()
  return {
    url,
    get pid() {
      return child.pid
    },
    async stop() {
      stopping = true
      clearTimeout(timer)
      await end(child)
    },
  }
}

function spawnWorker(
  { modelDir, provider, logLevel, script = CLI }: WorkerOptions,
  port: number,
): ChildProcess {
  const child = spawn(process.execPath, [script, 'inference'], {
    env: {
      ...withoutSecrets(process.env),
      ...NOTHING_OF_PLATFORMS,
      MODEL_DIR: modelDir,
      INFERENCE_PROVIDER: provider,
      INFERENCE_HOST: '127.0.0.1',
      INFERENCE_PORT: String(port),
      ...(logLevel && { LOG_LEVEL: logLevel }),
    },
    // Standard output may be the parent's JSON, so the worker's goes to standard error.
    stdio: ['ignore', 2, 2, 'ipc'],
    // Out of reach of the terminal's Ctrl-C: the parent stops it, after those who still ask it.
    detached: true,
  })
  return child
}

const CLI = fileURLToPath(import.meta.resolve('../../bot/cli.ts'))

/** The worker scores rows and needs no token, no key and no database. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/_(TOKEN|SECRET|KEY|URL)$/.test(name)))
}

/**
 * Settings that stand or fall together, with half of them taken away: an empty one is absent, whatever a file `.env` says
 * in the worker's folder.
 */
const NOTHING_OF_PLATFORMS = Object.fromEntries(
  [
    ...['DISCORD_TOKEN', 'SHARDS', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
    ...['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'TOKEN_ENCRYPTION_KEY'],
  ].map((name) => [name, '']),
)

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const parsed = announcement.safeParse(message)
      if (parsed.success) resolve(parsed.data.url)
    })
    void ended(child).then((end) => reject(new Error(`the inference worker did not start (${end})`)))
  })
}

/** Resolves with how a process ended, or why it never began. */
function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    child.once('error', (error) => resolve(error.message))
  })
}

/** Asks first, then insists. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = ended(child)
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(insist)
}

/** For the worker's side: tells the parent where it listens, and stops when the parent is gone. */
export function announce(url: string): void {
  if (!process.send) return
  const leave = () => process.kill(process.pid, 'SIGTERM')
  if (!process.connected) return void leave()
  process.once('disconnect', leave)
  process.send({ kind: 'listening', url })
}
