import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { PlaceKey } from '../../core/ids.ts'
import type { RateLimiter } from '../../core/rate-limiter.ts'
import type { Db } from './connect.ts'
import type { Database } from './schema.ts'

/**
 * A process that was held up finds many turns over at once, and all of them together would be too fast: whoever comes so
 * late takes another turn, a few times at most, since a process that is always late still has to get on.
 */
const LATE_MS = 50
const MOST_TURNS = 4

/**
 * Turns are handed out by PostgreSQL, by its clock: each caller is told how long to wait for its own, and waits without a
 * connection. The turn of one who gives up is lost.
 */
export function createRateLimiter(db: Db): RateLimiter {
  /** Milliseconds until the turn that is now the caller's; none where it has come. */
  async function take(key: string, everyMs: number): Promise<number> {
    const { rows } = await sql<{ wait_ms: number }>`
      insert into warehouse.pace as pace (key, next_at)
      values (${key}, clock_timestamp() + ${everyMs}::float8 * interval '1 millisecond')
      on conflict (key) do update set
        next_at = greatest(pace.next_at, clock_timestamp()) + ${everyMs}::float8 * interval '1 millisecond'
      returning
        extract(epoch from next_at - clock_timestamp())::float8 * 1000 - ${everyMs}::float8 as wait_ms
    `.execute(db)
    return Math.max(0, rows[0]?.wait_ms ?? 0)
  }

  return {
    async acquire(key, everyMs, signal) {
      for (let taken = 0; taken < MOST_TURNS; taken += 1) {
        signal?.throwIfAborted()
        const waitMs = await take(key, everyMs)
        const dueAt = performance.now() + waitMs
        if (waitMs > 0) await delay(waitMs, undefined, signal && { signal })
        if (performance.now() - dueAt <= LATE_MS) return
      }
    },

    async rest(key, forMs) {
      await sql`
        insert into warehouse.pace as pace (key, next_at)
        values (${key}, clock_timestamp() + ${forMs}::float8 * interval '1 millisecond')
        on conflict (key) do update set next_at = greatest(pace.next_at, excluded.next_at)
      `.execute(db)
    },
  }
}

/** The turns of a place and of its channels. */
export async function forgetPace(within: Kysely<Database>, place: PlaceKey): Promise<void> {
  await sql`
    delete from warehouse.pace where key = ${place} or starts_with(key, ${`${place}.`})
  `.execute(within)
}
