import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fetchDetails } from '../../core/steam/sync/fetch-details.ts'
import { planApps } from '../../db/ingest/plan-apps.ts'
import { sourceBench } from '../support/jobs/source-bench.ts'
import { testDatabase } from '../support/postgres/database.ts'
import { storeGames } from '../support/postgres/stored-games.ts'
import { startStore } from '../support/steam/store-server.ts'

const db = await testDatabase()
const START = new Date('2026-11-26T04:00:00Z')
let now = START

beforeEach(async () => {
  now = START
  await db.deleteFrom('lake.library_snapshot').execute()
  for (const table of ['store_app', 'source', 'game', 'label', 'pace'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
})

async function open(options: Parameters<typeof startStore>[0] = {}) {
  const store = await startStore(options)
  onTestFinished(store.stop)
  const bench = () => sourceBench({ db, now: () => now, store })
  return { store, bench }
}

const passed = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

/** Somebody's library, with games that the catalogue may not know. */
async function own(...games: readonly number[]) {
  const steam_id = String(76561197960265729n + BigInt(games[0] ?? 0))
  const stored = games.map((game) => ({ game, minutes: 1 }))
  await db
    .insertInto('lake.library_snapshot')
    .values({ steam_id, fetched_at: now, games: JSON.stringify(stored) })
    .execute()
  await planApps(db, now)
}

const games = () => db.selectFrom('warehouse.game').selectAll().orderBy('appid').execute()
const waiting = async () =>
  (
    await db
      .selectFrom('warehouse.store_app')
      .select('appid')
      .where('priority', 'is not', null)
      .orderBy('appid')
      .execute()
  ).map(({ appid }) => appid)

const NOTHING = { added: 0, changed: 0, same: 0, 'passed-on': 0, 'no-page': 0, garbled: 0 }

describe('the pages of the store', () => {
  it('bring games that a library holds and the catalogue does not know', async () => {
    const { store, bench } = await open()
    store.page(620)
    await own(620)
    const { details } = bench()
    expect(await fetchDetails(details)).toEqual({ ...NOTHING, added: 1 })
    expect(await games()).toMatchObject([
      {
        appid: 620,
        name: 'Portal 2',
        description: expect.stringContaining('"Perpetual Testing Initiative"'),
        genres: ['Action', 'Adventure'],
        categories: ['Single-player', 'Co-op', 'Steam Achievements'],
        tags: {},
        type: 'game',
        indie: false,
        mature: false,
        positive: null,
        price_cents: 999,
        currency: 'USD',
        languages: ['English', 'French', 'German', 'Spanish - Spain'],
        platforms: ['Windows', 'Linux'],
        release_date: '2011-04-18',
        release_precision: 'day',
        required_age: 0,
        image_url: expect.stringContaining('/620/header.jpg'),
        source: 'steam-store',
        stated_at: START,
        store_at: START,
      },
    ])
    expect(details.pace.turns).toEqual([{ key: 'steam-store', everyMs: 1_600 }])
    expect(await fetchDetails(bench().details)).toEqual(NOTHING)
    expect([store.asked, store.violations]).toEqual([[620], []])
  })

  it.each([
    ['a block page', { status: 403 }],
    ['too many calls', { status: 429 }],
    ['an outage', { status: 502 }],
    ['a page of HTML for an answer', { status: 200, body: '<!doctype html><h1>Access denied</h1>' }],
    ['nothing for an answer', { status: 200, body: 'null' }],
    ['a redirection', { status: 302, location: 'http://127.0.0.1:9/' }],
    ['a dropped connection', 'reset'],
    ['half an answer', 'cut'],
  ] as const)('erase nothing and rest at %s, and go on with the same game', async (_name, fault) => {
    const { store, bench } = await open({
      otherwise: () => ({ genres: [{ id: '23', description: 'Indie' }] }),
    })
    await storeGames(db, { appid: 20, name: 'Known', price_cents: 1, currency: 'USD', tags: { Puzzle: 3 } })
    const before = await games()
    await own(30, 31, 32)
    await db.updateTable('warehouse.store_app').set({ weight: 2 }).where('appid', '=', 31).execute()
    expect(await fetchDetails(bench().details, 1)).toMatchObject({ added: 1 })
    store.fail(1, fault)
    const { details, lines } = bench()
    expect(await fetchDetails(details)).toEqual(NOTHING)
    expect(lines).toMatchObject([{ level: 'warn', message: 'pausing requests to the Steam store' }])
    expect((await games()).filter(({ appid }) => appid === 20)).toEqual(before)
    expect(await waiting()).toEqual([30, 32])
    const asked = store.asked.length
    passed(5 * 60_000 - 1)
    expect(await fetchDetails(bench().details)).toEqual(NOTHING)
    expect(store.asked).toHaveLength(asked)
    passed(1)
    expect(await fetchDetails(bench().details)).toMatchObject({ added: 2 })
    expect(store.asked.slice(-3)).toEqual([32, 32, 30])
    expect(store.violations).toEqual([])
  })

  it('rest for longer each time, and for as long as the store asks', async () => {
    const { store, bench } = await open()
    await own(620)
    store.fail(Number.POSITIVE_INFINITY, { status: 403 })
    const restsUntil = async () => {
      await fetchDetails(bench().details)
      const row = await db.selectFrom('warehouse.source').selectAll().executeTakeFirstOrThrow()
      const restMs = row.next_at.getTime() - now.getTime()
      now = row.next_at
      return restMs / 60_000
    }
    expect([await restsUntil(), await restsUntil(), await restsUntil()]).toEqual([5, 10, 20])
    store.heal()
    store.fail(1, { status: 429, retryAfter: '7200' })
    expect(await restsUntil()).toBe(120)
    store.page(620)
    await fetchDetails(bench().details)
    expect(await db.selectFrom('warehouse.source').selectAll().executeTakeFirst()).toMatchObject({
      failures: 0,
      succeeded_at: now,
    })
  })

  it('that are gone keep what is known, and are not asked for again until the store lists a change', async () => {
    const { store, bench } = await open()
    await storeGames(db, { appid: 20, price_cents: 499, currency: 'USD', tags: { Puzzle: 3 } })
    await db
      .insertInto('warehouse.store_app')
      .values({ appid: 20, listed_at: new Date('2026-11-25T00:00:00Z') })
      .execute()
    await planApps(db, now)
    store.remove(20)
    const before = await games()
    expect(await fetchDetails(bench().details)).toEqual({ ...NOTHING, 'no-page': 1 })
    expect(await games()).toEqual(before)
    await planApps(db, now)
    expect(await waiting()).toEqual([])
    passed(86_400_000)
    await db.updateTable('warehouse.store_app').set({ listed_at: now }).execute()
    passed(1)
    await planApps(db, now)
    expect(await waiting()).toEqual([20])
  })

  it('that cannot be read put off that game alone, for a day and then for longer', async () => {
    const { store, bench } = await open({ otherwise: () => ({}) })
    store.page(30, { name: 7 })
    await own(30, 31)
    await db.updateTable('warehouse.store_app').set({ weight: 2 }).where('appid', '=', 30).execute()
    expect(await fetchDetails(bench().details)).toEqual({ ...NOTHING, garbled: 1, added: 1 })
    for (const days of [1, 2, 4]) {
      passed(days * 86_400_000 - 1)
      expect(await fetchDetails(bench().details)).toEqual(NOTHING)
      passed(1)
      expect(await fetchDetails(bench().details)).toEqual({ ...NOTHING, garbled: 1 })
    }
  })

  it('are asked for once each by two processes together', async () => {
    const { store, bench } = await open({ otherwise: () => ({}) })
    const wanted = Array.from({ length: 30 }, (_, at) => at + 100)
    await own(...wanted)
    const [one, other] = await Promise.all([fetchDetails(bench().details), fetchDetails(bench().details)])
    expect((one?.added ?? 0) + (other?.added ?? 0)).toBe(30)
    expect([...store.asked].sort()).toEqual(wanted)
  })

  it('of a process that was held up change nothing once another has the game', async () => {
    const { store, bench } = await open()
    store.page(620, { name: 'Old name' })
    await own(620)
    const slow = bench().details
    const held = fetchDetails({
      ...slow,
      store: async (game, signal) => {
        const answer = await slow.store(game, signal)
        passed(120_000)
        store.page(620, { name: 'New name' })
        expect(await fetchDetails(bench().details)).toMatchObject({ added: 1 })
        return answer
      },
    })
    expect(await held).toEqual({ ...NOTHING, 'passed-on': 1 })
    expect(await games()).toMatchObject([{ name: 'New name' }])
  })

  it('are given back by a process that is stopped while it waits for the store', async () => {
    const ports = { stop: () => {} }
    const { store, bench } = await open({
      onRequest: async () => {
        ports.stop()
        await new Promise(() => {})
      },
    })
    await own(620)
    const { details, stopping, lines } = bench()
    ports.stop = () => stopping.abort()
    expect(await fetchDetails(details)).toEqual(NOTHING)
    expect(lines).toEqual([])
    expect(await bench().details.queue.claim(now, 1)).toMatchObject({ game: 620 })
    expect(store.asked).toEqual([620])
  })
})
