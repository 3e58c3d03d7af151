import { randomBytes } from 'node:crypto'

export type Level = 'debug' | 'info' | 'warn' | 'error'

/** Fields never hold a secret: an address without its query, a setting's name without its value. */
export type Log = (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void

/** What a log line says of an error. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) }
  return {
    error: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && { cause: errorFields(error.cause).error }),
  }
}

/** Of a failure: stands in the log, and before whoever met it. */
export function newReference(): string {
  return randomBytes(3).toString('hex')
}
