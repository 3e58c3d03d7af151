import { styleText } from 'node:util'
import ora, { type Ora } from 'ora'
import type { Log } from '../../core/log.ts'
import type { Context, Step } from '../context/parts.ts'

const SLOW_MS = 1_000

/** Of a terminal that tells no width, as one without a window does. */
const USUAL_COLUMNS = 80

/**
 * Shows a person at a terminal how a start gets on: a spinner for each step, with the newest line of the log beside it, and
 * a tick when it is done. Warnings and errors are printed as they come.
 */
export function showStartup({ log, closers }: Pick<Context, 'log' | 'closers'>): { log: Log; step: Step } {
  let spinner: Ora | undefined
  // With none at all, the spinner would clear lines without end.
  process.stderr.columns ||= USUAL_COLUMNS
  // Whoever stops the start needs no word on the step that was cut off.
  closers.signal.addEventListener('abort', () => spinner?.stop(), { once: true })

  async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    // Reading the keyboard would keep Ctrl+C from the program.
    const shown = ora({ text: title, discardStdin: false }).start()
    spinner = shown
    try {
      const result = await work()
      shown.suffixText = tookInWords(performance.now() - startedAt)
      if (!closers.signal.aborted) shown.succeed()
      return result
    } catch (error) {
      shown.suffixText = ''
      if (!closers.signal.aborted) shown.fail()
      throw error
    } finally {
      spinner = undefined
    }
  }

  return {
    step,
    log(level, message, fields) {
      if (level === 'info' && spinner) spinner.suffixText = styleText('dim', firstWords(message))
      else log(level, message, fields)
    },
  }
}

function tookInWords(ms: number): string {
  return ms < SLOW_MS ? '' : styleText('dim', `${Math.round(ms / 1000)} s`)
}

/** So short that the line never wraps on a terminal of 80 columns. */
const SUFFIX = 50

function firstWords(message: string): string {
  return message.length > SUFFIX ? `${message.slice(0, SUFFIX - 1)}…` : message
}
