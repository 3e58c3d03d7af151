import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDiscord } from '../../../../bot/discord/adapter.ts'
import type { Shards } from '../../../../bot/discord/receive/shard-range.ts'
import type { PlaceKey } from '../../../../core/ids.ts'
import { createMissedServers } from '../../../../db/people/missed-servers.ts'
import { createRecords } from '../../../../db/people/records.ts'
import { createRateLimiter } from '../../../../db/postgres/pace.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import { HOME } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()

/** A server that the bot is no longer in. On four shards it is of the third. */
const REMOVED = String((2n << 22n) + 4n * (1n << 40n))
const DAY_MS = 86_400_000

let discord: DiscordServer
const closers: (() => Promise<void>)[] = []

beforeEach(async () => {
  discord = await startDiscordServer()
  closers.push(discord.stop)
  await sql`truncate warehouse.place, warehouse.missed_server cascade`.execute(db)
  await store(`discord:${HOME}`, `discord:${REMOVED}`)
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function store(...places: PlaceKey[]): Promise<void> {
  await db
    .insertInto('warehouse.place')
    .values(places.map((place_key) => ({ place_key })))
    .execute()
}

async function start(forgetAfterMs: number, shards?: Shards) {
  const app: FakeApp = fakeApp()
  const bot = await startDiscord({
    ...{ token: discord.token, apiUrl: discord.apiUrl },
    app: {
      ...app,
      async removed(place) {
        await createRecords(db).forgetPlace(place)
        await app.removed(place)
      },
    },
    ...{ log: app.log, forgetAfterMs, missed: createMissedServers(db) },
    sharding: shards && { shards, identifying: { pace: createRateLimiter(db), everyMs: 20 } },
  })
  closers.push(bot.stop)
  return { app, stop: bot.stop }
}

async function missed(): Promise<string[]> {
  const rows = await db
    .selectFrom('warehouse.missed_server')
    .select('place_key')
    .orderBy('place_key')
    .execute()
  return rows.map(({ place_key }) => place_key)
}

async function stored(): Promise<string[]> {
  const rows = await db.selectFrom('warehouse.place').select('place_key').orderBy('place_key').execute()
  return rows.map(({ place_key }) => place_key)
}

function looks(): string[] {
  return discord.requests.map(({ path }) => path).filter((path) => path.startsWith('/guilds/'))
}

describe('a server that removed the app while no bot ran', () => {
  it('is missed at the start, looked for and forgotten', async () => {
    const { app } = await start(0)
    await app.logged('removed from a server or workspace')
    expect(app.removals).toEqual([`discord:${REMOVED}`])
    expect(looks()).toEqual([`/guilds/${REMOVED}`])
    expect(await stored()).toEqual([`discord:${HOME}`])
    expect(await missed()).toEqual([])
  })

  it('is not looked for before the day is over, which a restart does not begin anew', async () => {
    const first = await start(DAY_MS)
    await first.stop()
    expect(await missed()).toEqual([`discord:${REMOVED}`])
    expect(looks()).toEqual([])
    await sql`update warehouse.missed_server set since = since - interval '1 day'`.execute(db)
    const { app } = await start(DAY_MS)
    await app.logged('removed from a server or workspace')
    expect(app.removals).toEqual([`discord:${REMOVED}`])
  })

  it('is missed by the process of its own shard alone', async () => {
    const low = await start(DAY_MS, { from: 0, to: 1, count: 4 })
    await low.stop()
    expect(await missed()).toEqual([])
    const high = await start(DAY_MS, { from: 2, to: 3, count: 4 })
    await high.stop()
    expect(await missed()).toEqual([`discord:${REMOVED}`])
  })

  it('is not forgotten while Discord does not answer', async () => {
    discord.fail({ method: 'GET', path: /^\/guilds\//, status: 503 })
    const { app } = await start(0)
    await app.logged('could not check whether a server removed the app')
    await app.logged('removed from a server or workspace')
    expect(looks()).toHaveLength(2)
  })
})

describe('a server that is named at the start', () => {
  it('is not missed while it is out of order', async () => {
    discord.gateway.breakServer()
    const { stop } = await start(DAY_MS)
    await stop()
    expect(await missed()).toEqual([`discord:${REMOVED}`])
  })

  it('is missed no more once it is back', async () => {
    await createMissedServers(db).missed([`discord:${HOME}`])
    const { stop } = await start(DAY_MS)
    await stop()
    expect(await missed()).toEqual([`discord:${REMOVED}`])
  })
})
