import { sql } from 'kysely'
import type { PlaceKey } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'

/** Servers of Discord for which something is stored, and since when the gateway no longer names them. */
export type MissedServers = {
  /** All for which anything is stored. */
  stored(): Promise<readonly PlaceKey[]>
  /** Notes that they are missed, and tells since when, for each: a note that is there already stays. */
  missed(places: readonly PlaceKey[]): Promise<ReadonlyMap<PlaceKey, Date>>
  found(places: readonly PlaceKey[]): Promise<void>
}

export function createMissedServers(db: Db): MissedServers {
  return {
    async stored() {
      const { rows } = await sql<{ place_key: PlaceKey }>`
        select place_key from (
          select place_key from warehouse.place
          union select place_key from warehouse.subscription
          union select place_key from lake.delivery
          union select place_key from warehouse.consent
        ) as stored
        where starts_with(place_key, 'discord:')
        order by place_key
      `.execute(db)
      return rows.map(({ place_key }) => place_key)
    },

    async missed(places) {
      await sql`
        insert into warehouse.missed_server (place_key) select unnest(${[...places]}::text[])
        on conflict (place_key) do nothing
      `.execute(db)
      const rows = await db
        .selectFrom('warehouse.missed_server')
        .select(['place_key', sql<Date | string>`since`.as('since')])
        .where('place_key', 'in', [...places])
        .execute()
      return new Map(rows.map(({ place_key, since }) => [place_key as PlaceKey, new Date(since)]))
    },

    async found(places) {
      await sql`delete from warehouse.missed_server where place_key = any(${[...places]}::text[])`.execute(db)
    },
  }
}
