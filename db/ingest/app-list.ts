import { sql } from 'kysely'
import type { AppList } from '../../core/steam/sync/ports.ts'
import type { Db } from '../postgres/connect.ts'

/** What changed while the list was read, and clocks that differ from Steam's: so much is read again. */
const OVERLAP_MS = 3_600_000

/** How far the list has been read, written down with each page. */
export function createAppList(db: Db): AppList {
  return {
    async open(now) {
      const reading = await db
        .insertInto('warehouse.app_list')
        .values({ began_at: now })
        .onConflict((same) =>
          same.column('id').doUpdateSet({ began_at: sql`coalesce(app_list.began_at, excluded.began_at)` }),
        )
        .returning(['modified_since', 'after_appid'])
        .executeTakeFirstOrThrow()
      return { modifiedSince: reading.modified_since ?? undefined, after: reading.after_appid }
    },

    add: ({ apps, next }, after) =>
      db.transaction().execute(async (within) => {
        const moved = await within
          .updateTable('warehouse.app_list')
          .set(next === undefined ? ENDED : { after_appid: next })
          .where('began_at', 'is not', null)
          .where('after_appid', '=', after)
          .executeTakeFirst()
        if (moved.numUpdatedRows === 0n) return false
        await sql`
          insert into warehouse.store_app as app (appid, listed_at)
          select appid, max(listed_at)
          from unnest(
            ${apps.map(({ game }) => game)}::int[],
            ${apps.map(({ modifiedAt }) => modifiedAt.toISOString())}::timestamptz[]
          ) as listed (appid, listed_at)
          group by appid order by appid
          on conflict (appid) do update set listed_at = excluded.listed_at
          where app.listed_at is distinct from excluded.listed_at
        `.execute(within)
        return true
      }),
  }
}

/** The next reading begins where this one began. */
const ENDED = {
  modified_since: sql<Date>`began_at - ${OVERLAP_MS} * interval '1 millisecond'`,
  began_at: null,
  after_appid: 0,
}
