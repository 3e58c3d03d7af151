import { expect, it, onTestFinished } from 'vitest'
import type { RateLimiter } from '../../core/rate-limiter.ts'
import { fetchDetails } from '../../core/steam/sync/fetch-details.ts'
import { sourceBench } from '../support/jobs/source-bench.ts'
import { testDatabase } from '../support/postgres/database.ts'
import { startStore } from '../support/steam/store-server.ts'

const db = await testDatabase()

/** What `STORE_CALLS_PER_MINUTE` allows at most. */
const EVERY_MS = 60_000 / 39

/** Turns as PostgreSQL hands them out, on a clock that waits for nobody. */
function clockedPace(clock: { ms: number }): RateLimiter {
  let nextAt = 0
  return {
    async acquire(_key, everyMs) {
      const at = Math.max(nextAt, clock.ms)
      nextAt = at + everyMs
      clock.ms = at
    },
    async rest() {},
  }
}

it('the store is never asked more than 200 times in five minutes, however many ask and however slow the way is', async () => {
  const clock = { ms: Date.parse('2026-11-26T04:00:00Z') }
  const arrivals: number[] = []
  const store = await startStore({ now: () => arrivals.at(-1) ?? 0, otherwise: () => ({}) })
  onTestFinished(store.stop)
  const apps = Array.from({ length: 240 }, (_, at) => ({ appid: at + 1, priority: 1 }))
  await db.insertInto('warehouse.store_app').values(apps).execute()
  const pace = clockedPace(clock)
  const process = () => {
    const { details } = sourceBench({ db, now: () => new Date(clock.ms), store })
    return fetchDetails({
      ...details,
      ...{ pace, everyMs: EVERY_MS },
      store: (game, signal) => {
        // On the way for up to five seconds: one comes late, the next at once.
        arrivals.push(Math.max(clock.ms + (game % 3 === 0 ? 5_000 : 0), arrivals.at(-1) ?? 0))
        return details.store(game, signal)
      },
    })
  }
  const counts = await Promise.all([process(), process()])
  expect(counts.reduce((sum, { added }) => sum + added, 0)).toBe(240)
  expect(store.asked).toHaveLength(240)
  expect(store.violations).toEqual([])
  // And not much slower than it may be.
  expect(clock.ms - Date.parse('2026-11-26T04:00:00Z')).toBeLessThan(239 * EVERY_MS + 1)
})
