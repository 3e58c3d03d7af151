import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { gameId } from '../../core/ids.ts'
import type { AppQueue } from '../../core/steam/sync/ports.ts'
import { saveStorePage } from '../import/games/store-page.ts'
import type { Db } from '../postgres/connect.ts'

/** A page that cannot be read is tried again after a day, then two, and so on up to a month. */
const DAY_MS = 86_400_000
const MOST_DOUBLINGS = 5

const ANSWERED = {
  ...{ priority: null, weight: 0, failures: 0, try_at: null },
  ...{ lease: null, leased_until: null },
} as const

/** Apps whose page of the store is to be read; `plan-apps.ts` says which. */
export function createAppQueue(db: Db): AppQueue {
  return {
    async claim(now, leaseMs) {
      const lease = randomBytes(9).toString('base64url')
      const row = await db
        .updateTable('warehouse.store_app')
        .set({ lease, leased_until: new Date(now.getTime() + leaseMs) })
        .where('appid', '=', (eb) =>
          eb
            .selectFrom('warehouse.store_app')
            .select('appid')
            .where('priority', 'is not', null)
            .where((or) => or.or([or('try_at', 'is', null), or('try_at', '<=', now)]))
            .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', now)]))
            .orderBy('priority')
            .orderBy('weight', 'desc')
            .orderBy('appid', 'desc')
            .limit(1)
            .forUpdate()
            .skipLocked(),
        )
        .returning('appid')
        .executeTakeFirst()
      return row && { game: gameId(row.appid), lease }
    },

    save: (lease, details, askedAt) => saveStorePage(db, { lease, details, askedAt }),

    async noPage(lease, askedAt) {
      await db
        .updateTable('warehouse.store_app')
        .set({ ...ANSWERED, fetched_at: askedAt, found: false })
        .where('lease', '=', lease)
        .execute()
    },

    async release(lease, now, how) {
      const failed = {
        failures: sql<number>`failures + 1`,
        try_at: sql<Date>`${now}::timestamptz
          + 2 ^ least(failures, ${MOST_DOUBLINGS}) * ${DAY_MS}::float8 * interval '1 millisecond'`,
      }
      await db
        .updateTable('warehouse.store_app')
        .set({ lease: null, leased_until: null, ...(how === 'failed' && failed) })
        .where('lease', '=', lease)
        .execute()
    },

    async length() {
      const { apps } = await db
        .selectFrom('warehouse.store_app')
        .select((eb) => eb.fn.countAll<number>().as('apps'))
        .where('priority', 'is not', null)
        .executeTakeFirstOrThrow()
      return apps
    },
  }
}
