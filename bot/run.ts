import { existsSync } from 'node:fs'
import { errorFields } from '../core/log.ts'
import { createClosers } from './closers.ts'
import { readConfig } from './config.ts'
import { createLog } from './log.ts'
import type { Context } from './parts.ts'

type Task = (context: Context) => Promise<void>

/** Runs a task to its end: 0 when it is done, 1 and one sentence when it is not. A signal closes everything first. */
export async function once(task: Task): Promise<void> {
  await within(task, async () => {})
}

/** Runs a task that goes on until a signal. */
export async function stay(task: Task): Promise<void> {
  await within(task, () => new Promise(() => {}))
}

async function within(task: Task, hold: () => Promise<void>): Promise<void> {
  const context = readContext()
  if (!context) return
  const closed = closeOnSignal(context)
  try {
    await task(context)
    await Promise.race([hold(), closed])
  } catch (error) {
    fail(context, error)
  }
  await context.closers.closeAll(context.log)
  process.exit()
}

/** The only reader of the environment. What is set there wins over the same setting in the file. */
function readContext(): Context | undefined {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const config = readConfig(process.env)
    return { config, log: createLog(config.logLevel), closers: createClosers() }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
    return undefined
  }
}

/** Resolves when everything is closed; a second signal does not wait for that. */
function closeOnSignal({ closers, log }: Context): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      process.once(signal, () => process.exit(1))
      log('info', `stopping on ${signal}`)
      void closers.closeAll(log).then(resolve)
    }
    process.once('SIGINT', onSignal)
    process.once('SIGTERM', onSignal)
  })
}

function fail({ config, log }: Context, error: unknown): void {
  process.exitCode = 1
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  if (config.logLevel === 'debug') log('debug', 'where it failed', errorFields(error))
}
