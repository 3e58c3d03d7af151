import type { Log } from '../../../core/log.ts'

export type Logged = { readonly level: string; readonly message: string; readonly fields: object }

/** Keeps what is logged. */
export function keepLog(): { readonly log: Log; readonly lines: Logged[] } {
  const lines: Logged[] = []
  return { log: (level, message, fields = {}) => lines.push({ level, message, fields }), lines }
}
