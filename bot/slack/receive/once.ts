import { setTimeout as delay } from 'node:timers/promises'
import { errorFields, type Log } from '../../../core/log.ts'

/** Whether an event comes for the first time, as all processes together know it. */
export type FirstTime = (event: string) => Promise<boolean>

/** More than come within the minutes in which Slack delivers again. */
const REMEMBERED = 10_000

/** Slack waits for three seconds, and players for an answer: answered twice is better than late. */
const ASK_MS = 1_000

/**
 * Slack delivers again what it takes for lost: after a cut, or where the acknowledgement came late. What this process has
 * seen itself it knows without asking.
 */
export function createFirstTime(everywhere: FirstTime | undefined, log: Log): FirstTime {
  const seen = new Set<string>()
  return async (event) => {
    if (seen.has(event)) return false
    seen.add(event)
    for (const oldest of seen) {
      if (seen.size <= REMEMBERED) break
      seen.delete(oldest)
    }
    if (!everywhere) return true
    const asked = everywhere(event).catch((error: unknown) => {
      log('warn', 'could not check whether Slack delivered this before', errorFields(error))
      return true
    })
    return Promise.race([asked, delay(ASK_MS, true, { ref: false })])
  }
}
