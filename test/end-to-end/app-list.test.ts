import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { gameId } from '../../core/ids.ts'
import { type AppListPorts, readAppList } from '../../core/steam/sync/read-app-list.ts'
import { sourceBench } from '../support/jobs/source-bench.ts'
import { testDatabase } from '../support/postgres/database.ts'
import { startSteam } from '../support/steam/steam-server.ts'

const db = await testDatabase()
const HOUR_MS = 3_600_000
const START = new Date('2026-11-26T04:00:00Z')
let now = START

beforeEach(async () => {
  now = START
  for (const table of ['store_app', 'app_list', 'source', 'steam_calls'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
})

async function open(options: Parameters<typeof startSteam>[0] = {}) {
  const steam = await startSteam({ appsAtOnce: 2, ...options })
  onTestFinished(steam.stop)
  const bench = (more: { callsPerDay?: number; key?: string } = {}) =>
    sourceBench({
      ...{ db, now: () => now },
      steam: { url: steam.url, key: more.key ?? steam.key },
      ...(more.callsPerDay !== undefined && { callsPerDay: more.callsPerDay }),
    })
  return { steam, bench }
}

const app = (appid: number, at = '2026-11-01T00:00:00Z') => ({ appid, modifiedAt: new Date(at) })
const known = async () =>
  (await db.selectFrom('warehouse.store_app').select('appid').orderBy('appid').execute()).map(
    ({ appid }) => appid,
  )
const passed = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const queries = (steam: Awaited<ReturnType<typeof startSteam>>) =>
  steam.requests.map(({ parameters: { last_appid, if_modified_since } }) => [last_appid, if_modified_since])

describe('the list of apps', () => {
  it('is read page by page to its end, and afterwards what has changed since the reading began', async () => {
    const { steam, bench } = await open()
    steam.list(app(10), app(20), app(30), app(40), app(50))
    expect(await readAppList(bench().appList)).toEqual({ pages: 3, apps: 5 })
    expect(await known()).toEqual([10, 20, 30, 40, 50])

    passed(HOUR_MS)
    steam.list(app(20, '2026-11-26T04:00:01Z'), app(60, '2026-11-26T04:30:00Z'))
    expect(await readAppList(bench().appList)).toEqual({ pages: 1, apps: 2 })
    // An hour before the first reading began.
    const since = String(START.getTime() / 1000 - 3_600)
    expect(queries(steam).slice(2)).toEqual([
      ['40', undefined],
      [undefined, since],
    ])
    const changed = await db
      .selectFrom('warehouse.store_app')
      .select('listed_at')
      .where('appid', '=', 20)
      .executeTakeFirst()
    expect(changed?.listed_at).toEqual(new Date('2026-11-26T04:00:01Z'))
    expect(steam.violations).toEqual([])
  })

  it('is read once an hour, by one process', async () => {
    const { steam, bench } = await open()
    steam.list(app(10), app(20), app(30))
    const read = await Promise.all([readAppList(bench().appList), readAppList(bench().appList)])
    expect(read.filter((each) => each !== undefined)).toEqual([{ pages: 2, apps: 3 }])
    expect(await readAppList(bench().appList)).toBeUndefined()
    passed(HOUR_MS)
    expect(await readAppList(bench().appList)).toEqual({ pages: 1, apps: 0 })
  })

  it.each([
    ['a maintenance page', { status: 200, body: '<html>maintenance</html>' }],
    ['an outage', { status: 503 }],
    ['too many calls', { status: 429 }],
    ['a dropped connection', 'reset'],
    ['half an answer', 'cut'],
  ] as const)('goes on where %s stopped it, after a rest', async (_name, fault) => {
    const { steam, bench } = await open()
    steam.list(app(10), app(20), app(30), app(40), app(50))
    const { appList } = bench()
    const broken: AppListPorts = {
      ...appList,
      api: async (call, signal) => {
        if (call.parameters.last_appid === '20') steam.fail(1, fault)
        return appList.api(call, signal)
      },
    }
    expect(await readAppList(broken)).toEqual({ pages: 1, apps: 2 })
    expect(await known()).toEqual([10, 20])
    expect(await readAppList(bench().appList)).toBeUndefined()
    passed(5 * 60_000)
    expect(await readAppList(bench().appList)).toEqual({ pages: 2, apps: 3 })
    expect(await known()).toEqual([10, 20, 30, 40, 50])
    expect(queries(steam).map(([after]) => after)).toEqual([undefined, '20', '20', '40'])
  })

  it('is left alone for an hour where the key is refused, which is said without the key', async () => {
    const { bench } = await open({ badKeyStatus: 403 })
    const key = 'BADBADBADBADBADBADBADBADBADBAD00'
    const { appList, lines } = bench({ key })
    expect(await readAppList(appList)).toEqual({ pages: 0, apps: 0 })
    expect(lines).toMatchObject([{ level: 'warn', fields: { reason: expect.stringContaining('403') } }])
    expect(JSON.stringify(lines)).not.toContain(key)
    passed(HOUR_MS - 1)
    expect(await readAppList(bench().appList)).toBeUndefined()
    passed(1)
    expect(await readAppList(bench().appList)).toBeDefined()
  })

  it('waits for the next day where the calls of this one are used up', async () => {
    const { steam, bench } = await open()
    steam.list(app(10), app(20), app(30))
    // Four fifths of two calls: one.
    expect(await readAppList(bench({ callsPerDay: 2 }).appList)).toEqual({ pages: 1, apps: 2 })
    passed(HOUR_MS)
    expect(await readAppList(bench({ callsPerDay: 2 }).appList)).toBeUndefined()
    now = new Date('2026-11-27T00:00:00Z')
    expect(await readAppList(bench({ callsPerDay: 2 }).appList)).toEqual({ pages: 1, apps: 1 })
  })

  it('is not written twice where a process that was held up comes back', async () => {
    const { steam, bench } = await open()
    steam.list(app(10), app(20), app(30), app(40), app(50))
    const { appList } = bench()
    const held: AppListPorts = {
      ...appList,
      api: async (call, signal) => {
        const page = await appList.api(call, signal)
        if (call.parameters.last_appid !== '20') return page
        passed(300_000)
        expect(await readAppList(bench().appList)).toEqual({ pages: 2, apps: 3 })
        return page
      },
    }
    expect(await readAppList(held)).toEqual({ pages: 1, apps: 2 })
    expect(await known()).toEqual([10, 20, 30, 40, 50])
    expect((await db.selectFrom('warehouse.app_list').selectAll().execute())[0]).toMatchObject({
      began_at: null,
      after_appid: 0,
    })
  })

  it('takes down no page from which somebody else has gone on', async () => {
    const { bench } = await open()
    const { appList } = bench().appList
    await appList.open(now)
    const page = (game: number) => ({ apps: [{ game: gameId(game), modifiedAt: now }], next: gameId(game) })
    expect(await appList.add(page(20), 0)).toBe(true)
    expect(await appList.add(page(10), 0)).toBe(false)
    expect(await known()).toEqual([20])
    expect(await appList.open(now)).toEqual({ modifiedSince: undefined, after: 20 })
  })
})
