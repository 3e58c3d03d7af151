import { sql } from 'kysely'
import type { Db } from '../postgres/connect.ts'

/** What may be used so often a day: each use is a debt that time pays off. Shared by all processes. */
export type Allowance = {
  /** Milliseconds until the debt is paid off. */
  owedMs(key: string): Promise<number>
  use(key: string, everyMs: number): Promise<void>
}

export function createAllowance(db: Db): Allowance {
  return {
    async owedMs(key) {
      const { rows } = await sql<{ owed_ms: number }>`
        select extract(epoch from next_at - clock_timestamp())::float8 * 1000 as owed_ms
        from warehouse.pace where key = ${key}
      `.execute(db)
      return Math.max(0, rows[0]?.owed_ms ?? 0)
    },

    async use(key, everyMs) {
      const every = sql`${everyMs}::float8 * interval '1 millisecond'`
      await sql`
        insert into warehouse.pace as pace (key, next_at) values (${key}, clock_timestamp() + ${every})
        on conflict (key) do update set next_at = greatest(pace.next_at, clock_timestamp()) + ${every}
      `.execute(db)
    },
  }
}
