import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { SteamId, UserKey } from '../../core/ids.ts'
import { refreshLibraries } from '../../core/steam/sync/refresh-libraries.ts'
import { nextTurn } from '../../core/steam/sync/turns.ts'
import { createAccounts } from '../../db/people/accounts.ts'
import { createConsents } from '../../db/people/consents.ts'
import { createRecords } from '../../db/people/records.ts'
import { purge } from '../../db/people/retention.ts'
import { sourceBench } from '../support/jobs/source-bench.ts'
import { testDatabase } from '../support/postgres/database.ts'
import { type SteamServer, startSteam } from '../support/steam/steam-server.ts'

const db = await testDatabase()
const WEEK_MS = 7 * 86_400_000
const START = new Date('2026-11-26T04:00:00Z')
let now = START

beforeEach(async () => {
  now = START
  await db.deleteFrom('lake.library_snapshot').execute()
  for (const table of ['link', 'consent', 'source', 'steam_calls', 'library_refresh'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
})

async function open(options: Parameters<typeof startSteam>[0] = {}) {
  const steam = await startSteam(options)
  onTestFinished(steam.stop)
  const bench = (callsPerDay?: number) =>
    sourceBench({ db, now: () => now, steam, ...(callsPerDay !== undefined && { callsPerDay }) })
  return { steam, bench }
}

const idOf = (number: number) => String(76561197960265728n + BigInt(number)) as SteamId
const userOf = (number: number): UserKey => `discord:${number}`

/** Somebody with a library of one game; what they did not do is named. */
async function join(steam: SteamServer, number: number, not: { proven?: false; agreed?: false } = {}) {
  steam.player(idOf(number), { games: [{ appid: number, minutes: 5 }] })
  const accounts = createAccounts(db, () => now)
  const pending = { user: userOf(number), steamId: idOf(number), code: `code ${number}` }
  await accounts.startLink(pending, new Date(now.getTime() + 1_000))
  if (not.proven !== false) expect(await accounts.prove(pending)).toBe('proven')
  if (not.agreed !== false) await createConsents(db).set(userOf(number), 'training', undefined, true)
}

const passed = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const snapshots = async () =>
  (await db.selectFrom('lake.library_snapshot').selectAll().orderBy('steam_id').execute()).map((row) => [
    Number(BigInt(row.steam_id) - 76561197960265728n),
    row.games.map(({ game }) => game).join(),
    row.fetched_at.getTime(),
  ])
const asked = (steam: SteamServer) => steam.requests.map(({ parameters }) => parameters.steamid ?? 'summary')
const NOTHING = { kept: 0, unseen: 0, withdrawn: 0 }

describe('the libraries of those who agreed', () => {
  it('are fetched at once, and again every week; nobody else is asked about', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await join(steam, 2, { agreed: false })
    await join(steam, 3, { proven: false })
    const { libraries } = bench()
    expect(await refreshLibraries(libraries)).toEqual({ ...NOTHING, kept: 1 })
    expect(await snapshots()).toEqual([[1, '1', START.getTime()]])
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)

    steam.player(idOf(1), { games: [{ appid: 1 }, { appid: 7 }] })
    const turn = nextTurn(userOf(1), START)
    now = new Date(turn.getTime() - 1)
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)
    passed(1)
    expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, kept: 1 })
    expect(await snapshots()).toEqual([[1, '1,7', turn.getTime()]])
    now = new Date(turn.getTime() + WEEK_MS)
    expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, kept: 1 })
    expect(asked(steam)).toEqual([idOf(1), idOf(1), idOf(1)])
    expect(steam.violations).toEqual([])
    expect(libraries.pace.turns).toContainEqual({ key: 'steam-background', everyMs: 500 })
  })

  it('are fetched once each by two processes together', async () => {
    const { steam, bench } = await open()
    for (let number = 1; number <= 12; number += 1) await join(steam, number)
    const kept = await Promise.all([refreshLibraries(bench().libraries), refreshLibraries(bench().libraries)])
    expect(kept.reduce((sum, each) => sum + each.kept, 0)).toBe(12)
    expect(new Set(asked(steam)).size).toBe(12)
    expect(steam.requests).toHaveLength(12)
  })

  it.each([
    ['is private', 'private'],
    ['is hidden', 'hidden-games'],
  ] as const)('go where one %s, and are looked for ever more seldom', async (_name, visibility) => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await refreshLibraries(bench().libraries)
    steam.player(idOf(1), { visibility })
    const waits: number[] = []
    for (let week = 0; week < 4; week += 1) {
      const row = await db.selectFrom('warehouse.library_refresh').selectAll().executeTakeFirstOrThrow()
      now = row.due_at
      expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, unseen: 1 })
      const { due_at } = await db
        .selectFrom('warehouse.library_refresh')
        .selectAll()
        .executeTakeFirstOrThrow()
      waits.push((due_at.getTime() - now.getTime()) / WEEK_MS)
    }
    expect(waits).toEqual([1, 2, 4, 8])
    expect(await snapshots()).toEqual([])
    steam.player(idOf(1), { games: [{ appid: 8 }] })
    passed(8 * WEEK_MS)
    await refreshLibraries(bench().libraries)
    expect(await snapshots()).toEqual([[1, '8', now.getTime()]])
    expect(await db.selectFrom('warehouse.library_refresh').selectAll().executeTakeFirst()).toMatchObject({
      ...{ failures: 0, outcome: 'library', lease: null },
    })
  })

  it('are kept where the library has become empty or unreadable', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await refreshLibraries(bench().libraries)
    const outcomes: (string | null)[] = []
    for (const change of [
      () => steam.player(idOf(1), { games: [] }),
      () => steam.fail(1, { status: 200, body: '{"response":[]}' }),
    ]) {
      const { due_at } = await db
        .selectFrom('warehouse.library_refresh')
        .selectAll()
        .executeTakeFirstOrThrow()
      now = due_at
      change()
      expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, unseen: 1 })
      outcomes.push(
        (await db.selectFrom('warehouse.library_refresh').selectAll().executeTakeFirstOrThrow()).outcome,
      )
    }
    expect(outcomes).toEqual(['empty', 'garbled'])
    expect(await snapshots()).toEqual([[1, '1', START.getTime()]])
  })

  it.each([
    ['too many calls', { status: 429 }],
    ['an outage', { status: 500 }],
    ['a maintenance page', { status: 200, body: '<html>maintenance</html>' }],
    ['a dropped connection', 'reset'],
    ['a revoked key', { status: 403 }],
  ] as const)('wait at %s, all of them, and none loses its turn', async (_name, fault) => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await join(steam, 2)
    steam.fail(1, fault)
    const { libraries, lines } = bench()
    expect(await refreshLibraries(libraries)).toEqual(NOTHING)
    expect(steam.requests).toHaveLength(1)
    expect(lines).toMatchObject([{ level: 'warn', message: 'pausing library refreshes' }])
    const told = JSON.stringify(lines)
    expect(told.includes(steam.key) || told.includes(idOf(1)) || told.includes('discord:')).toBe(false)
    passed(4 * 60_000)
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)
    passed(WEEK_MS)
    expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, kept: 2 })
  })

  it('wait at an outage that hides why there is nothing to see', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    steam.player(idOf(1), { visibility: 'private' })
    steam.fail(1, { status: 503 }, 'GetPlayerSummaries')
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)
    expect(await bench().sources.resting('libraries', now)).toBe(true)
  })

  it('wait for the next day once all but the share of players is used up', async () => {
    const { steam, bench } = await open()
    for (let number = 1; number <= 4; number += 1) await join(steam, number)
    const { budget } = bench(5)
    budget.count()
    await budget.flush()
    // Four of five, of which a player has had one.
    expect(await refreshLibraries(bench(5).libraries)).toEqual({ ...NOTHING, kept: 3 })
    const held = db.selectFrom('warehouse.library_refresh').select('user_key').where('lease', 'is not', null)
    expect(await held.execute()).toEqual([])
    expect(steam.requests).toHaveLength(3)
    passed(20 * 3_600_000 - 1)
    expect(await refreshLibraries(bench(5).libraries)).toEqual(NOTHING)
    passed(1)
    expect(await refreshLibraries(bench(5).libraries)).toEqual({ ...NOTHING, kept: 1 })
  })

  it('are fetched by another process once the lease of a killed one is over, and no sooner', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    const { refreshes } = bench().libraries
    await refreshes.plan(now)
    const claimed = await refreshes.claim(now, 120_000)
    passed(119_999)
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)
    passed(1)
    expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, kept: 1 })
    // It was only asleep.
    const old = { steamId: idOf(1), games: [], fetchedAt: new Date(now.getTime() + 1) }
    expect(await refreshes.keep(claimed?.lease ?? '', old, now)).toBe(false)
    expect(await snapshots()).toEqual([[1, '1', now.getTime()]])
  })
})

describe('consent', () => {
  const ways: [string, (user: UserKey) => Promise<unknown>][] = [
    ['is taken back', (user) => createConsents(db).set(user, 'training', undefined, false)],
    ['ends with the link', (user) => createAccounts(db).unlink(user)],
    ['ends with all else', (user) => createRecords(db).forget(user)],
  ]

  it.each(ways)('that %s removes the library, and it is not fetched again', async (_name, end) => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await join(steam, 2)
    await refreshLibraries(bench().libraries)
    await end(userOf(1))
    expect((await snapshots()).map(([who]) => who)).toEqual([2])
    passed(2 * WEEK_MS)
    await refreshLibraries(bench().libraries)
    expect(asked(steam).slice(2)).toEqual([idOf(2)])
  })

  it.each(ways)('that %s while the library is on its way keeps nothing of it', async (_name, end) => {
    const ending: { now?: () => Promise<unknown> } = {}
    const { steam, bench } = await open({ onRequest: async () => void (await ending.now?.()) })
    await join(steam, 1)
    ending.now = () => end(userOf(1))
    expect(await refreshLibraries(bench().libraries)).toEqual({ ...NOTHING, withdrawn: 1 })
    expect(steam.requests).toHaveLength(1)
    expect(await snapshots()).toEqual([])
  })

  it.each(ways)('that %s while the library is being written removes what was written', async (_name, end) => {
    const { steam, bench } = await open()
    await join(steam, 1)
    const { refreshes } = bench().libraries
    const library = { steamId: idOf(1), games: [], fetchedAt: START }
    for (let round = 0; round < 10; round += 1) {
      await createConsents(db).set(userOf(1), 'training', undefined, true)
      await refreshes.plan(now)
      const claimed = await refreshes.claim(now, 1)
      if (!claimed) break
      await Promise.all([refreshes.keep(claimed.lease, library, now), end(userOf(1))])
      expect(await snapshots()).toEqual([])
    }
  })

  it('to one account is none to the next that is linked', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await createAccounts(db).unlink(userOf(1))
    const pending = { user: userOf(1), steamId: idOf(9), code: 'code' }
    await createAccounts(db, () => now).startLink(pending, new Date(now.getTime() + 1_000))
    await createAccounts(db, () => now).prove(pending)
    expect(await refreshLibraries(bench().libraries)).toEqual(NOTHING)
    expect(steam.requests).toEqual([])
  })

  it('keeps a library past the seven days of a typed one, for a year at most', async () => {
    const { steam, bench } = await open()
    await join(steam, 1)
    await join(steam, 2, { agreed: false })
    await refreshLibraries(bench().libraries)
    await db
      .insertInto('lake.library_snapshot')
      .values({ steam_id: idOf(2), fetched_at: START, games: '[]' })
      .execute()
    await purge(db, new Date(START.getTime() + 8 * 86_400_000))
    expect((await snapshots()).map(([who]) => who)).toEqual([1])
    await purge(db, new Date(START.getTime() + 366 * 86_400_000))
    expect(await snapshots()).toEqual([])
  })
})
