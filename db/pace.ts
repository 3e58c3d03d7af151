import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Pace } from '../core/digest/ports.ts'
import type { Db } from './connect.ts'

/**
 * Turns are handed out by PostgreSQL, by its clock: each caller is told how long to wait for its own, and waits without a
 * connection. The turn of one who gives up is lost.
 */
export function createPace(db: Db): Pace {
  return {
    async turn(key, everyMs, signal) {
      signal?.throwIfAborted()
      const { rows } = await sql<{ wait_ms: number }>`
        insert into warehouse.pace as pace (key, next_at)
        values (${key}, clock_timestamp() + ${everyMs}::float8 * interval '1 millisecond')
        on conflict (key) do update set
          next_at = greatest(pace.next_at, clock_timestamp()) + ${everyMs}::float8 * interval '1 millisecond'
        returning
          extract(epoch from next_at - clock_timestamp())::float8 * 1000 - ${everyMs}::float8 as wait_ms
      `.execute(db)
      const [{ wait_ms } = { wait_ms: 0 }] = rows
      if (wait_ms > 0) await delay(wait_ms, undefined, signal && { signal })
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
