import { vi } from 'vitest'
import { PATIENCE_MS } from './patience.ts'

/** The first result of a condition that does not throw. Tests wait by this or by `expect.poll`, with no limit of their own. */
export const eventually = <T>(condition: () => T | Promise<T>, everyMs = 50): Promise<T> =>
  vi.waitFor(condition, { timeout: PATIENCE_MS, interval: everyMs })
