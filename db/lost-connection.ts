import { Unavailable } from '../core/unavailable.ts'

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

/** PostgreSQL ends or refuses the session: shutting down, crashed, starting, or out of connections. */
const SESSION_ENDED = /^(08...|57P0[1-5]|53300)$/

/** node-postgres has no code for these. */
const MESSAGES =
  /^Connection terminated|^timeout exceeded when trying to connect|connection error and is not queryable/

export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Happy eyeballs: every address of the host failed in its own way.
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return NETWORK.has(code) || SESSION_ENDED.test(code) || MESSAGES.test(error.message)
}

export function unavailableIfLost(error: unknown): unknown {
  return isConnectionLost(error) ? new Unavailable('database', error) : error
}
