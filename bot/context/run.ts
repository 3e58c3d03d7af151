import { AssertionError } from 'node:assert'
import { constants } from 'node:os'
import { errorFields, type Log, newReference } from '../../core/log.ts'
import { readConfig } from '../config/config.ts'
import { completeEnvironment, readEnvFile } from '../config/environment.ts'
import { createClosers } from './closers.ts'
import { explainFileError } from './file-errors.ts'
import { createLog } from './log.ts'
import type { Context } from './parts.ts'
import { isRunByNpm, stopSignal } from './signals.ts'
import { unhandledRejections } from './unhandled.ts'

type Task = (context: Context) => Promise<void>

/**
 * Runs a task to its end: 0 when it is done, 1 and one sentence when it is not. A signal closes everything first and
 * leaves the shell's number for it: what was to be done isn't.
 */
export async function once(task: Task): Promise<void> {
  const signal = await within(task)
  if (signal) process.exitCode = 128 + constants.signals[signal]
  process.exit()
}

/** Runs a task that goes on until a signal, which is its proper end. */
export async function stay(task: Task): Promise<void> {
  const signal = await within(async (context) => {
    await task(context)
    await new Promise(() => {})
  })
  if (signal === 'SIGTERM' && isRunByNpm) endAs(signal)
  else process.exit()
}

/** Returns when everything is closed, with the signal that asked for it. */
async function within(task: Task): Promise<NodeJS.Signals | undefined> {
  outliveTerminal()
  const context = readContext()
  if (!context) return undefined
  const { closers, log } = context
  surviveRejections(log)
  let signal: NodeJS.Signals | undefined
  try {
    signal = await Promise.race([task(context).then(() => undefined), stopped(log), broken(log)])
  } catch (error) {
    fail(context, error)
  }
  await closers.closeAll(log)
  return signal
}

/** The only reader of the environment. What is set there wins over the same setting in the file. */
function readContext(): Context | undefined {
  try {
    completeOnce(process.env)
    const config = readConfig(process.env)
    return { config, log: createLog(config), closers: createClosers() }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
    return undefined
  }
}

/** A program that another one of ours starts has its whole environment from that; the file would bring back what it left out. */
const COMPLETED = 'INDIESCOUT_ENV_READ'

/** Whether another program of ours started this one. */
const isPart = process.env[COMPLETED] !== undefined

function completeOnce(env: NodeJS.ProcessEnv): void {
  if (env[COMPLETED] === undefined) completeEnvironment(env, readEnvFile('.env'))
  env[COMPLETED] = 'yes'
}

/** A program that another one of ours started leaves the line to that one. */
async function stopped(log: Log): Promise<NodeJS.Signals> {
  const signal = await stopSignal
  log(isPart ? 'debug' : 'info', `stopping on ${signal}`)
  return signal
}

/** npm ends as the program does that it runs, and whoever sends it a signal expects it to end by that. */
function endAs(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** A rejection that nobody awaited is a fault of one command, not of all the others. */
function surviveRejections(log: Log): void {
  process.on('unhandledRejection', (error) => {
    unhandledRejections.inc()
    log('error', 'unhandled rejection; continuing', errorFields(error))
  })
}

/** Rejects with what was thrown outside of every promise: after that nothing can be relied upon, but it can be closed. */
function broken(log: Log): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', (error) => {
      log('error', 'uncaught exception; stopping', errorFields(error))
      reject(error)
    })
  })
}

/** Where the terminal or the reader of a pipe is gone, what is printed is lost, and nothing else. */
function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** Of a mistake or an outage, one sentence; of a bug, a reference to the log line that says where it is. */
function fail({ config, log }: Context, error: unknown): void {
  process.exitCode = 1
  if (isBug(error)) {
    const reference = newReference()
    log('error', 'the program has a bug', { reference, ...errorFields(error) })
    process.stderr.write(
      `error: something is wrong in Indiescout itself (reference ${reference}). The log line with that reference says where: please report it.\n`,
    )
    return
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`error: ${explainFileError(error) ?? message}\n`)
  if (config.logLevel === 'debug') log('debug', 'where it failed', errorFields(error))
}

/** What only the code itself does wrong. Of the network's errors `fetch` makes a TypeError too, which has a cause. */
function isBug(error: unknown): boolean {
  const kinds = [TypeError, RangeError, ReferenceError, SyntaxError, AssertionError]
  return kinds.some((kind) => error instanceof kind) && (error as Error).cause === undefined
}
