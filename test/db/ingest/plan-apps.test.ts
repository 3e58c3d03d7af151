import { beforeEach, describe, expect, it } from 'vitest'
import { createAppQueue } from '../../../db/ingest/app-queue.ts'
import { PRIORITIES, planApps } from '../../../db/ingest/plan-apps.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()
const NOW = new Date('2026-11-26T04:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

beforeEach(async () => {
  await db.deleteFrom('lake.library_snapshot').execute()
  await db.deleteFrom('lake.recommendation').execute()
  for (const table of ['player', 'store_app', 'game', 'label'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
})

async function list(...apps: readonly (readonly [appid: number, changed: number, read?: number])[]) {
  const rows = apps.map(([appid, changed, read]) => ({
    ...{ appid, listed_at: daysAgo(changed) },
    ...(read !== undefined && { fetched_at: daysAgo(read), found: true }),
  }))
  await db.insertInto('warehouse.store_app').values(rows).execute()
}

async function own(player: number, ...games: readonly number[]) {
  await db
    .insertInto('lake.library_snapshot')
    .values({
      steam_id: String(player),
      fetched_at: NOW,
      games: JSON.stringify(games.map((game) => ({ game, minutes: 0 }))),
    })
    .execute()
}

async function play(...games: readonly number[]) {
  const { id } = await db
    .insertInto('warehouse.player')
    .values({ source: 'test', key: String(games), synthetic: false })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = games.map((appid) => ({ player_id: id, appid, minutes: 0 }))
  await db.insertInto('warehouse.interaction').values(rows).execute()
}

async function show(days: number, ...games: readonly number[]) {
  await db
    .insertInto('lake.recommendation')
    .values({
      ...{ id: `${days} ${games}`, user_key: 'slack:1', at: daysAgo(days), about: '{}' },
      picks: JSON.stringify(games.map((game) => ({ game }))),
    })
    .execute()
}

/** What is read, in order, with why. */
async function planned(): Promise<[string, number][]> {
  await planApps(db, NOW)
  const queue = createAppQueue(db)
  const found: [string, number][] = []
  for (let app = await queue.claim(NOW, 1_000); app; app = await queue.claim(NOW, 1_000)) {
    const { priority } = await db
      .selectFrom('warehouse.store_app')
      .select('priority')
      .where('appid', '=', app.game)
      .executeTakeFirstOrThrow()
    const name = Object.entries(PRIORITIES).find(([, value]) => value === priority)?.[0] ?? 'none'
    found.push([name, app.game])
  }
  return found
}

describe('the pages that are read next', () => {
  it('are those of unknown games in most libraries, then what is new, then what was shown, then the rest', async () => {
    await storeGames(
      db,
      ...[1, 2, 3, 4, 5].map((appid) => ({ appid })),
      { appid: 6, indie: false },
      { appid: 7, indie: false },
    )
    await own(1, 100, 101, 1)
    await own(2, 100)
    await play(100, 101, 102)
    await show(1, 3, 4)
    await show(2, 3)
    // 1: an indie game just changed; 2: long ago; 3, 4: shown; 6: no indie game, just changed; 110, 111: new games.
    await list([1, 3], [2, 40], [6, 1], [110, 2], [111, 29], [112, 31])
    expect(await planned()).toEqual([
      ['wanted', 100],
      ['wanted', 101],
      ['wanted', 102],
      ['fresh', 110],
      ['fresh', 1],
      ['fresh', 111],
      ['shown', 3],
      ['shown', 4],
      ['rest', 6],
      ['rest', 112],
      ['rest', 2],
    ])
  })

  it('are not those that were read since the store changed them', async () => {
    await storeGames(db, { appid: 1 }, { appid: 2 })
    await list([1, 3, 2], [2, 3, 4])
    expect(await planned()).toEqual([['fresh', 2]])
  })

  it('are those of often shown games once their price is two days old', async () => {
    await storeGames(db, ...[1, 2, 3, 4].map((appid) => ({ appid })))
    await list([1, 90, 1.9], [2, 90, 2.1], [3, 90, 50], [4, 90, 50])
    await show(1, 1, 2, 3)
    await show(3, 3)
    await show(31, 4)
    expect(await planned()).toEqual([
      ['shown', 3],
      ['shown', 2],
    ])
  })

  it('are those of unknown games without a page again after ninety days, or when the store lists them', async () => {
    await own(1, 100, 101, 102)
    const gone = (appid: number, days: number) => ({ appid, fetched_at: daysAgo(days), found: false })
    await db
      .insertInto('warehouse.store_app')
      .values([gone(100, 89), gone(101, 91), { ...gone(102, 3), listed_at: daysAgo(2) }])
      .execute()
    expect((await planned()).map(([, game]) => game).sort()).toEqual([101, 102])
  })

  it('are forgotten once there is no reason any more, and planned anew without harm', async () => {
    await own(1, 100)
    expect(await planned()).toEqual([['wanted', 100]])
    await db.updateTable('warehouse.store_app').set({ lease: null, leased_until: null }).execute()
    expect(await planned()).toEqual([['wanted', 100]])
    await db.deleteFrom('lake.library_snapshot').execute()
    await db.updateTable('warehouse.store_app').set({ lease: null, leased_until: null }).execute()
    expect(await planned()).toEqual([])
  })

  it('may be planned by many at once', async () => {
    await own(1, 100, 101)
    await Promise.all([1, 2, 3, 4].map(() => planApps(db, NOW)))
    expect(await createAppQueue(db).length()).toBe(2)
  })
})
