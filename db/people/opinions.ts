import { sql, type Transaction } from 'kysely'
import { PAGE_SIZE } from '../../core/cards/cards.ts'
import type { GameId } from '../../core/ids.ts'
import type { Opinions, Said } from '../../core/players/opinions.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { scopesOf, unlessErased } from './erasures.ts'

export function createOpinions(db: Db, now = () => new Date()): Opinions {
  return {
    async of(user) {
      const rows = await db
        .selectFrom('warehouse.opinion')
        .select(['appid', 'opinion'])
        .where('user_key', '=', user)
        .orderBy('at', 'desc')
        .orderBy('appid')
        .execute()
      return rows.map(({ appid, opinion }) => ({ game: appid as GameId, opinion }))
    },

    async record(said) {
      const { user, game, opinion } = said
      await unlessErased(db, scopesOf(user), async (within) => {
        if (!(await isNew(within, said, false, now()))) return
        await within
          .insertInto('warehouse.opinion')
          .values({ user_key: user, appid: game, opinion, at: now() })
          .onConflict((same) => same.columns(['user_key', 'appid']).doUpdateSet({ opinion, at: now() }))
          .execute()
      })
    },

    async takeBack(said) {
      await unlessErased(db, scopesOf(said.user), async (within) => {
        if (!(await isNew(within, said, true, now()))) return
        await within
          .deleteFrom('warehouse.opinion')
          .where('user_key', '=', said.user)
          .where('appid', '=', said.game)
          .where('opinion', '=', said.opinion)
          .execute()
      })
    },

    async shown(user, since) {
      const { rows } = await sql<{ appid: number; times: number }>`
        select (pick ->> 'game')::integer as appid, count(*)::integer as times
        from lake.recommendation, jsonb_array_elements(picks) with ordinality as stored (pick, place)
        where user_key = ${user} and at >= ${since} and place <= pages_shown * ${PAGE_SIZE}::integer
        group by 1
        order by 1
      `.execute(db)
      return new Map(rows.map(({ appid, times }) => [appid as GameId, times]))
    },
  }
}

/** Writes the press down; false where it has been before. */
async function isNew(
  within: Transaction<Database>,
  { user, game, opinion, answer, event }: Said,
  takenBack: boolean,
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await within
    .insertInto('lake.feedback')
    .values({ at, user_key: user, appid: game, opinion, answer, taken_back: takenBack, event: event ?? null })
    .onConflict((same) => same.columns(['user_key', 'event']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
