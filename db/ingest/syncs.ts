import { sql } from 'kysely'
import type { Sources } from '../../core/steam/sync/ports.ts'
import type { Db } from '../postgres/connect.ts'

/** When each kind of fetching may begin again: one row each, which all processes heed. */
export function createSources(db: Db): Sources {
  const write = (name: string, values: { readonly next_at: Date; readonly succeeded_at?: Date }) =>
    db
      .insertInto('warehouse.source')
      .values({ name, ...values })
      .onConflict((same) =>
        same.column('name').doUpdateSet({ ...values, ...(values.succeeded_at && { failures: 0 }) }),
      )
      .execute()
  return {
    async resting(name, now) {
      const row = await db
        .selectFrom('warehouse.source')
        .select('name')
        .where('name', '=', name)
        .where('next_at', '>', now)
        .executeTakeFirst()
      return row !== undefined
    },

    async claim(name, now, until) {
      const claimed = await db
        .insertInto('warehouse.source')
        .values({ name, next_at: until })
        .onConflict((same) =>
          same.column('name').doUpdateSet({ next_at: until }).where('warehouse.source.next_at', '<=', now),
        )
        .executeTakeFirst()
      return claimed.numInsertedOrUpdatedRows === 1n
    },

    async rest(name, until) {
      await write(name, { next_at: until })
    },

    async succeeded(name, now, nextAt = now) {
      await write(name, { next_at: nextAt, succeeded_at: now })
    },

    async failed(name, failure, now, restMs) {
      await db.transaction().execute(async (within) => {
        const { failures } = await within
          .insertInto('warehouse.source')
          .values({ name, failures: 1, failed_at: now, failure: failure.message })
          .onConflict((same) =>
            same.column('name').doUpdateSet({
              failures: sql`source.failures + 1`,
              ...{ failed_at: now, failure: failure.message },
            }),
          )
          .returning('failures')
          .executeTakeFirstOrThrow()
        await within
          .updateTable('warehouse.source')
          .set({ next_at: new Date(now.getTime() + restMs(failures)) })
          .where('name', '=', name)
          .execute()
      })
    },
  }
}
