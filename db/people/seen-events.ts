import { sql } from 'kysely'
import type { Db } from '../postgres/connect.ts'

/** What platforms may deliver again, to any of our processes. Kept for a day, as a hash. */
export type SeenEvents = {
  /** True for the first who asks, in whatever process. */
  firstTime(event: string): Promise<boolean>
}

export function createSeenEvents(db: Db): SeenEvents {
  return {
    async firstTime(event) {
      const { numAffectedRows } = await sql`
        insert into warehouse.seen_event (event) values (warehouse.hashed(${event})) on conflict do nothing
      `.execute(db)
      return numAffectedRows === 1n
    },
  }
}
