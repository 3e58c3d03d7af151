import type { LookUpOutcome, Posted } from '../../core/digest/delivery.ts'
import type { SendWindow } from '../../core/digest/poster.ts'

/** Requests that are made once: whether one has left tells whether it may be made again. */

export type Failed = Exclude<Posted, { kind: 'posted' }>
export type Unfound = Exclude<LookUpOutcome, { kind: 'found' | 'absent' }>

/** It did not leave: its turn did not come, or it would be too late by now. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

/** To be called just before a request leaves. */
export function insistOn({ isOpen }: SendWindow): void {
  if (!isOpen()) throw new NotSent('it is too late for a request to leave')
}

/** For requests that do no harm when they are late. */
export function permitFor(milliseconds: number): SendWindow {
  return { isOpen: () => true, signal: AbortSignal.timeout(milliseconds) }
}

/** For requests one after the other, of which the first has had its turn. Throws `NotSent` where another one's does not come. */
export function turnsAfterFirst(turn: () => Promise<void>): () => Promise<void> {
  let isFirst = true
  return async () => {
    if (isFirst) isFirst = false
    else
      await turn().catch((cause: unknown) => {
        throw new NotSent('the turn of a request did not come', { cause })
      })
  }
}

/**
 * Whether a request certainly never reached the other side: it was not sent, no address was found for it, or nobody took the
 * connection.
 */
export function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof NotSent) return true
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverLeft)
  const { syscall, code }: NodeJS.ErrnoException = error
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true
  return neverLeft(error.cause)
}

/** What a look has found that failed like this: asking again may help, or does not. */
export function unfoundBy(failed: Failed): Unfound {
  switch (failed.kind) {
    case 'refused':
    case 'busy':
      return failed
    case 'lost':
      return { kind: 'busy', waitMs: undefined }
    case 'invalid':
      return { kind: 'blind' }
  }
}
