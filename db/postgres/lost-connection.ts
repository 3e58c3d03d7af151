import { Unavailable } from '../../core/unavailable.ts'
import { NoAnswerInTime } from './deadline.ts'
import { explainFailure } from './explain-failure.ts'

/** Where the way to the server is at fault; node-postgres passes the operating system's codes on. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/**
 * PostgreSQL ends or refuses the session: shutting down, crashed, starting, out of connections, or idle for too long.
 * 25006: the server is read-only, as a former primary is after a failover; another connection may lead to the new one.
 */
const SESSION_ENDED = /^(08...|57P0[1-5]|53300|25P0[34]|25006)$/

/** node-postgres has no code for these. */
const MESSAGES =
  /^Connection terminated|^timeout exceeded when trying to connect|connection error and is not queryable/

/** PostgreSQL's code for a write to a standby, or in a transaction that is read-only. */
export const READ_ONLY = '25006'

export function isConnectionLost(error: unknown): boolean {
  if (error instanceof NoAnswerInTime) return true
  if (!(error instanceof Error)) return false
  // Happy eyeballs: every address of the host failed in its own way.
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost)
  const code = codeOf(error)
  return NETWORK.has(code) || SESSION_ENDED.test(code) || MESSAGES.test(error.message)
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** `server`: its address, for operators. */
export function unavailableIfLost(error: unknown, server: string): unknown {
  return isConnectionLost(error) ? unavailable(error, server) : error
}

export function unavailable(error: unknown, server: string): Unavailable {
  return error instanceof Unavailable
    ? error
    : new Unavailable('database', error, explainFailure(error, server))
}
