import { afterEach, describe, expect, it } from 'vitest'
import { startDiscord } from '../../../../bot/discord/adapter.ts'
import { createSessionStarts, waitFor } from '../../../../bot/discord/receive/session-starts.ts'
import { createAllowance } from '../../../../db/people/allowance.ts'
import { fakeApp } from '../../../support/discord/fake-app.ts'
import { startDiscordServer } from '../../../support/discord/server.ts'
import { keepLog } from '../../../support/fakes/kept-log.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const allowance = createAllowance(db)
const log = () => {}

afterEach(() => db.deleteFrom('warehouse.pace').execute())

const SECOND_MS = 1_000
const EVERY_MS = 86_400

describe('the wait before a start', () => {
  it('grows with each start that time has not paid off, up to what Discord allows all day', () => {
    const unpaid = [0, 0.5, 1, 1.9, 2.9, 3.9, 4.9, 5.9, 6.9, 100]
    expect(unpaid.map((starts) => waitFor(starts * EVERY_MS, EVERY_MS) / SECOND_MS)).toEqual([
      0, 0, 0, 5, 10, 20, 40, 80, 86.4, 86.4,
    ])
  })

  it('is remembered beyond a process, for each shard', async () => {
    const before = createSessionStarts({ allowance, log })
    expect(await before.waitMs()).toBe(0)
    await before.note(0)
    expect(await createSessionStarts({ allowance, log }).waitMs()).toBe(0)
    await before.note(0)
    expect(await createSessionStarts({ allowance, log }).waitMs()).toBe(5_000)
    const other = { from: 0, to: 1, count: 2 }
    expect(await createSessionStarts({ allowance, shards: other, log }).waitMs()).toBe(0)
  })

  it('is the longest of its shards', async () => {
    const shards = { from: 2, to: 3, count: 4 }
    const starts = createSessionStarts({ allowance, shards, log })
    for (const shard of [3, 3, 3, 2]) await starts.note(shard)
    expect(await starts.waitMs()).toBe(10_000)
  })

  it('is none where the database does not tell', async () => {
    const { log, lines } = keepLog()
    const away = {
      owedMs: () => Promise.reject(new Error('away')),
      use: () => Promise.reject(new Error('away')),
    }
    const starts = createSessionStarts({ allowance: away, log })
    expect(await starts.waitMs()).toBe(0)
    await starts.note(0)
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn'])
  })
})

it('Discord is connected to after the wait, and each IDENTIFY is noted', async () => {
  const discord = await startDiscordServer()
  const app = fakeApp()
  const { log, lines } = keepLog()
  const noted: number[] = []
  let wait = 30
  const bot = await startDiscord({
    ...{ token: discord.token, apiUrl: discord.apiUrl, app, log },
    starts: {
      async waitMs() {
        expect(discord.requests).toEqual([])
        return wait--
      },
      async note(shard) {
        noted.push(shard)
      },
    },
  })
  expect(wait).toBe(29)
  expect(noted).toEqual([0])
  expect(discord.gateway.identified).toBe(1)
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: { waitMs: 30, startsPerDay: 1000 } }),
  )
  await bot.stop()
  await discord.stop()
})

it('a stop ends the wait', async () => {
  const discord = await startDiscordServer()
  const app = fakeApp()
  const waiting = Promise.withResolvers<void>()
  const starting = startDiscord({
    ...{ token: discord.token, apiUrl: discord.apiUrl, app },
    log: (_level, message) => {
      if (message.startsWith('waiting before')) waiting.resolve()
    },
    starts: { waitMs: async () => 3_600_000, note: async () => {} },
  })
  await waiting.promise
  const bot = await starting
  await bot.stop()
  expect(discord.gateway.identified).toBe(0)
  await discord.stop()
})
