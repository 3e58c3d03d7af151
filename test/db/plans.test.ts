import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../core/filter.ts'
import { allowedGames } from '../../db/allowed-games.ts'
import { testDatabase } from '../support/database.ts'
import { storeGames } from '../support/stored-games.ts'

const db = await testDatabase()

beforeAll(async () => {
  const games = Array.from({ length: 3_000 }, (_, at) => ({
    appid: at + 1,
    indie: at % 3 > 0,
    genres: at % 100 === 0 ? ['Rare'] : ['Common'],
    price_cents: at,
    currency: 'USD',
  }))
  await storeGames(db, ...games)
  await sql`vacuum analyze warehouse.game`.execute(db)
})

/** A small table is quicker read whole, so the planner is told not to: what shows is which index it could take. */
async function plan(filter: Filter): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    const { rows } = await sql<
      Record<string, string>
    >`explain ${allowedGames(trx, filter).select('appid')}`.execute(trx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

describe('a filter', () => {
  it('on nothing reads the index of what can be recommended, without the table', async () => {
    expect(await plan({ mature: false })).toContain('Index Only Scan using game_recommendable')
  })

  it('on a rare label reads the index of labels', async () => {
    expect(await plan({ mature: false, genre: 'Rare' })).toContain('game_label_keys')
  })

  it('on a low price reads the index of prices', async () => {
    expect(await plan({ mature: true, maxPriceCents: 2 })).toContain('game_price')
  })
})

describe('the review score', () => {
  it.each([
    { positive: 95, negative: 5, score: 0.8882 },
    { positive: 1, negative: 0, score: 0.2065 },
    { positive: 0, negative: 7, score: 0 },
    { positive: 2_147_483_647, negative: 2_147_483_647, score: 0.5 },
    { positive: 0, negative: 0, score: null },
    { review_percent: 100, score: 0.8389 },
    { score: null },
  ])('is the lower bound of the share, as for %o', async ({ score, ...reviews }) => {
    await db.deleteFrom('warehouse.game').where('appid', '=', 9_000).execute()
    await storeGames(db, { appid: 9_000, ...reviews })
    const game = db.selectFrom('warehouse.game').select('review_score').where('appid', '=', 9_000)
    const { review_score } = await game.executeTakeFirstOrThrow()
    expect(review_score).toEqual(score === null ? null : expect.closeTo(score, 3))
  })
})
