import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { SteamId, UserKey } from '../../core/ids.ts'
import type { LibraryRefreshes } from '../../core/steam/sync/ports.ts'
import { forgetSnapshot, saveSnapshot } from '../people/snapshots.ts'
import type { Db } from '../postgres/connect.ts'
import { trainingAccounts } from '../training/consent.ts'

const LET_GO = { lease: null, leased_until: null } as const

/** Whose library is to be fetched again, and when. A row says nothing of consent: that is asked anew each time. */
export function createLibraryRefreshes(db: Db): LibraryRefreshes {
  return {
    async plan(now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('warehouse.library_refresh')
        .columns(['user_key', 'due_at'])
        .expression(
          trainingAccounts(db)
            .select(['link.user_key', sql<Date>`${now}::timestamptz`.as('due_at')])
            .orderBy('link.user_key')
            // Whoever is being forgotten is waited for, and then left out.
            .forShare(['consent', 'link']),
        )
        .onConflict((same) => same.doNothing())
        .executeTakeFirst()
      return Number(numInsertedOrUpdatedRows)
    },

    async claim(now, leaseMs) {
      const lease = randomBytes(9).toString('base64url')
      const row = await db
        .with('due', () =>
          trainingAccounts(db)
            .innerJoin('warehouse.library_refresh as refresh', 'refresh.user_key', 'link.user_key')
            .select(['refresh.user_key', 'link.steam_id'])
            .where('due_at', '<=', now)
            .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', now)]))
            .orderBy('due_at')
            .orderBy('refresh.user_key')
            .limit(1)
            .forUpdate('refresh')
            .skipLocked(),
        )
        .updateTable('warehouse.library_refresh as refresh')
        .from(['due'])
        .set({ lease, leased_until: new Date(now.getTime() + leaseMs) })
        .whereRef('refresh.user_key', '=', 'due.user_key')
        .returning(['refresh.user_key', 'due.steam_id', 'failures'])
        .executeTakeFirst()
      return (
        row && {
          ...{ user: row.user_key as UserKey, steamId: row.steam_id as SteamId },
          ...{ lease, failures: row.failures },
        }
      )
    },

    keep: (lease, library, dueAt) =>
      db.transaction().execute(async (within) => {
        // Whoever takes the consent back waits until this is over, and then deletes what it wrote.
        const agreed = await trainingAccounts(within)
          .innerJoin('warehouse.library_refresh as refresh', 'refresh.user_key', 'link.user_key')
          .select('refresh.user_key')
          .where('lease', '=', lease)
          .where('link.steam_id', '=', library.steamId)
          .forShare(['consent', 'link'])
          .executeTakeFirst()
        if (agreed) await saveSnapshot(within, library)
        const kept = { due_at: dueAt, fetched_at: library.fetchedAt, outcome: 'library', failures: 0 }
        await within
          .updateTable('warehouse.library_refresh')
          .set({ ...LET_GO, ...(agreed && kept) })
          .where('lease', '=', lease)
          .execute()
        return agreed !== undefined
      }),

    forget: (steamId) => db.transaction().execute((within) => forgetSnapshot(within, steamId)),

    async unseen(lease, why, dueAt) {
      await db
        .updateTable('warehouse.library_refresh')
        .set({ ...LET_GO, due_at: dueAt, outcome: why, failures: sql`failures + 1` })
        .where('lease', '=', lease)
        .execute()
    },

    async release(lease) {
      await db.updateTable('warehouse.library_refresh').set(LET_GO).where('lease', '=', lease).execute()
    },
  }
}
