import { setTimeout as delay } from 'node:timers/promises'
import { errorFields, type Log } from '../../core/log.ts'

/** How to close what has been opened; run in reverse, each exactly once, whatever the others do. */
export type Closers = {
  /** Throws where everything is being closed already; what is pushed then is closed, too. */
  push(name: string, close: () => unknown): void
  /**
   * Notes what is still opening, so that a stop in the middle waits for it and closes it. It gets `atLeastMs`, however
   * long the others took.
   */
  open<T>(name: string, opening: Promise<T>, close: (opened: T) => unknown, atLeastMs?: number): Promise<T>
  closeAll(log: Log): Promise<void>
  /** Aborted when everything is being closed: what fails from then on is no fault. */
  readonly signal: AbortSignal
}

/** All of it together gets `togetherMs`; whatever comes after that still gets `eachMs`. */
const LIMITS = { togetherMs: 6_000, eachMs: 1_000 }

export function createClosers({ togetherMs, eachMs } = LIMITS): Closers {
  const open: Open[] = []
  const closing = new AbortController()

  function note(entry: Open): void {
    open.push(entry)
    if (closing.signal.aborted) throw new Error(`${entry.name} is not needed: the program stops`)
  }

  return {
    signal: closing.signal,
    push: (name, close) => note({ name, close, atLeastMs: eachMs }),
    open(name, opening, close, atLeastMs = eachMs) {
      const settled = opening.then(
        (value) => ({ value }),
        () => undefined,
      )
      note({
        name,
        atLeastMs,
        async close() {
          const opened = await settled
          if (opened) await close(opened.value)
        },
      })
      return opening
    },
    async closeAll(log) {
      closing.abort()
      const until = Date.now() + togetherMs
      for (let next = open.pop(); next; next = open.pop()) {
        await closeWithin(next, Math.max(next.atLeastMs, until - Date.now()), log)
      }
    },
  }
}

type Open = { readonly name: string; readonly close: () => unknown; readonly atLeastMs: number }

async function closeWithin({ name, close }: Open, ms: number, log: Log): Promise<void> {
  const late = new AbortController()
  try {
    const tooLate = delay(ms, 'late' as const, { signal: late.signal }).catch(() => undefined)
    if ((await Promise.race([Promise.try(close), tooLate])) === 'late') {
      log('warn', `${name} took too long to close`, { afterMs: ms })
    }
  } catch (error) {
    log('warn', `${name} did not close cleanly`, errorFields(error))
  } finally {
    late.abort()
  }
}
