import { afterEach, describe, expect, it } from 'vitest'
import { startDiscord } from '../../../../bot/discord/adapter.ts'
import type { Shards } from '../../../../bot/discord/receive/shard-range.ts'
import { hasFirstShard, shardsInWords } from '../../../../bot/discord/receive/shard-range.ts'
import { createRateLimiter } from '../../../../db/postgres/pace.ts'
import { fakeApp } from '../../../support/discord/fake-app.ts'
import { HOME } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'
import { createIdentifyTurns } from '../../../support/discord/sharding.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const RECOMMEND = ['recommend', { steam_id: '76561197960287930' }] as const

/** Discord's five seconds, and ours that are a little longer, on a faster clock. */
const EVERY_MS = 150
const IDENTIFY = { maxConcurrency: 1, everyMs: EVERY_MS }

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function standIn(identify = IDENTIFY): Promise<DiscordServer> {
  const discord = await startDiscordServer({ identify })
  closers.push(discord.stop)
  return discord
}

/** Another process of the same bot: its own client, and turns shared through the database. */
async function process(discord: DiscordServer, shards: Shards | undefined) {
  const app = fakeApp()
  const identifying = { pace: createRateLimiter(db), everyMs: EVERY_MS * 1.2 }
  const bot = await startDiscord({
    ...{ token: discord.token, apiUrl: discord.apiUrl },
    ...{ app, log: app.log },
    forgetAfterMs: 50,
    sharding: shards && { shards, identifying },
  })
  closers.push(bot.stop)
  return { app, bot }
}

const range = (from: number, to: number, count: number): Shards => ({ from, to, count })

describe('two processes with a range of shards each', () => {
  it('have all shards between them, identify in turns, and each answers what is its own', async () => {
    const discord = await standIn()
    const [low, high] = await Promise.all([
      process(discord, range(0, 1, 4)),
      process(discord, range(2, 3, 4)),
    ])
    expect(discord.gateway.shards).toEqual(['0/4', '1/4', '2/4', '3/4'])
    expect(discord.gateway).toMatchObject({ identified: 4, hurried: 0 })
    expect((BigInt(HOME) >> 22n) % 4n).toBe(3n)
    await discord.command(...RECOMMEND)
    expect([low.app.asks.length, high.app.asks.length]).toEqual([0, 1])
    await discord.command(...RECOMMEND, { channel: 'dm' })
    expect([low.app.asks.length, high.app.asks.length]).toEqual([1, 1])
  })

  it('tell in their health which are theirs', async () => {
    const discord = await standIn()
    const { bot } = await process(discord, range(1, 2, 4))
    expect(bot.health()).toEqual({ ok: true, detail: 'connected (shards 1-2 of 4)' })
    discord.gateway.drop()
    await discord.until(() => !discord.gateway.connected, 'the lost connections')
    await expect.poll(() => bot.health().ok).toBe(false)
    expect(bot.health().detail).toMatch(/^connecting [12](, 2)? \(shards 1-2 of 4\)$/)
    await discord.until(() => discord.gateway.resumed === 2, 'both shards')
    await expect.poll(() => bot.health().ok).toBe(true)
  })

  it('hear of a server that removed them on the shard of that server alone', async () => {
    const discord = await standIn()
    const [low, high] = await Promise.all([
      process(discord, range(0, 0, 2)),
      process(discord, range(1, 1, 2)),
    ])
    discord.channels.kick()
    discord.gateway.dispatch('GUILD_DELETE', { id: HOME })
    await high.app.logged('removed from a server or workspace')
    expect([low.app.removals, high.app.removals]).toEqual([[], [`discord:${HOME}`]])
  })

  it('identify at once where Discord lets several in', async () => {
    const discord = await standIn({ maxConcurrency: 4, everyMs: 60_000 })
    await Promise.all([process(discord, range(0, 1, 4)), process(discord, range(2, 3, 4))])
    expect(discord.gateway).toMatchObject({ identified: 4, hurried: 0 })
  })
})

describe('a process that Discord does not want so', () => {
  it('ends with a sentence that names the setting', async () => {
    const discord = await standIn()
    discord.gateway.refuseNext(4010)
    await expect(process(discord, range(0, 0, 2))).rejects.toThrow('look at SHARDS')
    discord.gateway.refuseNext(4011)
    await expect(process(discord, undefined)).rejects.toThrow('set SHARDS')
  })
})

describe('a range', () => {
  it('is told in words, and one process has the first', () => {
    expect([range(0, 3, 16), range(5, 5, 16), undefined].map(shardsInWords)).toEqual([
      'shards 0-3 of 16',
      'shard 5 of 16',
      undefined,
    ])
    expect([range(0, 3, 16), range(4, 7, 16), undefined].map(hasFirstShard)).toEqual([true, false, true])
  })
})

describe("the stand-in's turns", () => {
  it('keep shards of one bucket apart, and let others in', () => {
    const turns = createIdentifyTurns({ maxConcurrency: 2, everyMs: 60_000 })
    expect([0, 1, 2, 3].map((id) => turns.take(id))).toEqual([true, true, false, false])
  })
})
