import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Discord, startDiscord } from '../../../../bot/discord/adapter.ts'
import { replies } from '../../../support/builders/replies.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import type { ChannelName } from '../../../support/discord/payloads.ts'
import { type DiscordServer, type ShownMessage, startDiscordServer } from '../../../support/discord/server.ts'

const RECOMMEND = ['recommend', { steam_id: '76561197960287930' }] as const
const EDIT = /\/messages\/@original$/
const ACK = /\/callback$/
const FOLLOW_UP = /^\/webhooks\/\d+\/[^/]+$/
const DELETE = { path: EDIT, method: 'DELETE' }

let discord: DiscordServer
let app: FakeApp
let bot: Discord

const start = () => startDiscord({ token: discord.token, apiUrl: discord.apiUrl, app, log: app.log })

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
  bot = await start()
})

afterEach(async () => {
  await bot.stop()
  await discord.stop()
})

const tries = (path: RegExp) => discord.requests.filter((request) => path.test(request.path)).length

/** The bot is as alive as before. */
async function expectAlive(): Promise<void> {
  app.reply = () => replies.plain
  expect((await discord.command(...RECOMMEND)).message?.embeds).toHaveLength(3)
}

describe('an answer', () => {
  it.each([
    ['a server error', { status: 502, times: 2 }],
    ['a dropped connection', { status: 'reset', times: 2 }],
    ['a rate limit', { status: 429, retryAfter: 0.2 }],
    ['an answer that got lost', { status: 500, applied: true }],
  ] as const)('gets through %s', async (_what, fault) => {
    discord.fail({ path: EDIT, ...fault })
    const shown = await discord.command(...RECOMMEND)
    await bot.stop()
    expect(shown.message?.embeds).toHaveLength(3)
    expect(tries(EDIT)).toBe(1 + ('times' in fault ? fault.times : 1))
  })

  it('that Discord refuses becomes an apology with the reference of the log line', async () => {
    discord.fail({ path: EDIT, status: 400, code: 50035 })
    const shown = await discord.command(...RECOMMEND)
    const line = await app.logged('a Discord exchange failed')
    expect(line.level).toBe('error')
    expect(line.fields).toMatchObject({ code: 50035, status: 400 })
    expect(shown.message?.content).toContain(`(reference ${line.fields.reference})`)
  })

  it.each([50083, 160005])(
    'that an archived or locked thread refuses (%i) is a warning without a stack',
    async (code) => {
      discord.fail({ path: EDIT, status: 400, code })
      discord.begin.command(...RECOMMEND)
      const line = await app.logged('could not answer in an archived or locked thread')
      expect(line.level).toBe('warn')
      expect(line.fields).toEqual({ code, status: 400, reference: expect.any(String) })
    },
  )

  it('that never gets through leaves a log line, and the bot lives on', async () => {
    discord.fail({ path: EDIT, status: 503, times: 10 })
    discord.begin.command(...RECOMMEND)
    const line = await app.logged('could not tell the player')
    expect(line.fields.reference).toBe((await app.logged('a Discord exchange failed')).fields.reference)
  })

  it('that comes after fifteen minutes leaves a log line, and the bot lives on', async () => {
    app.reply = () => {
      discord.advance(16 * 60_000)
      return replies.plain
    }
    const begun = discord.begin.command(...RECOMMEND)
    const line = await app.logged('a Discord exchange failed')
    expect(line).toMatchObject({ level: 'warn', fields: { code: 50027, reference: expect.any(String) } })
    expect(begun.edits).toBe(0)
    await expectAlive()
  })

  it('that cannot be made becomes an apology', async () => {
    app.reply = () => {
      throw new Error('broken by a bug')
    }
    const shown = await discord.command(...RECOMMEND)
    expect(shown.message?.content).toMatch(/^Something went wrong on our side.*\(reference [0-9a-f]+\)$/)
    await expectAlive()
  })

  it('to a press that Discord refuses is told aside, and the picks stay', async () => {
    const shown = await discord.command(...RECOMMEND)
    discord.fail({ path: EDIT, status: 400, code: 50035 })
    const pressed = await discord.press(shown, 'Next ▶')
    const line = await app.logged('a Discord exchange failed')
    expect(pressed.asides[0]?.content).toContain(`(reference ${line.fields.reference})`)
    expect(pressed.message).toEqual(shown.message)
  })
})

describe('an acknowledgement', () => {
  it.each([
    ['a server error', { status: 500 }],
    ['a dropped connection', { status: 'reset' }],
    ['a rate limit', { status: 429, retryAfter: 0.1 }],
    ['an answer that got lost (40060)', { status: 500, applied: true }],
  ] as const)('gets through %s', async (_what, fault) => {
    discord.fail({ path: ACK, ...fault })
    const shown = await discord.command(...RECOMMEND)
    expect(shown.message?.embeds).toHaveLength(3)
  })

  it('that comes too late (10062) leaves a log line with a reference, and nobody is asked', async () => {
    discord.begin.command(...RECOMMEND)
    discord.advance(3100)
    const line = await app.logged('a Discord exchange failed')
    expect(line).toMatchObject({ level: 'warn', fields: { code: 10062, reference: expect.any(String) } })
    expect(app.asks).toEqual([])
    await expectAlive()
  })

  it('of a completion that comes too late leaves a log line', async () => {
    discord.fail({ path: ACK, status: 404, code: 10062 })
    const choices = discord.autocomplete('recommend', { genre: 'R' }, 'genre')
    choices.catch(() => {})
    expect((await app.logged('autocomplete failed')).fields).toMatchObject({ code: 10062 })
    await expectAlive()
  })
})

describe('a share', () => {
  async function share(fault: Parameters<DiscordServer['fail']>[0], channel: ChannelName = 'general') {
    const shown = await discord.command(...RECOMMEND, { channel })
    app.reply = () => replies.shared
    discord.fail(fault)
    const pressed = await discord.press(shown, '📣 Share', { channel })
    return { pressed, line: await app.logged('could not post a share') }
  }

  it.each([50001, 50013])(
    'without the permission to post (%i) says what is missing, and who can grant it where',
    async (code) => {
      const { pressed, line } = await share({ path: FOLLOW_UP, status: 403, code })
      const told = pressed.asides[0]?.content
      expect(told).toContain('I need View Channel, Send Messages, and Embed Links')
      expect(told).toContain('An admin can allow this under Edit Channel → Permissions')
      expect(told).toContain(`(reference ${line.fields.reference})`)
      expect(app.undeliveredReplies).toEqual([replies.shared])
      expect(discord.channelPosts).toEqual([])
    },
  )

  it('in a thread names the permission that threads have of their own', async () => {
    const { pressed } = await share({ path: FOLLOW_UP, status: 403, code: 50013 }, 'thread')
    expect(pressed.asides[0]?.content).toContain('View Channel, Send Messages in Threads, and Embed Links')
  })

  it('in an archived thread says so', async () => {
    const { pressed, line } = await share({ path: FOLLOW_UP, status: 400, code: 50083 }, 'thread')
    expect(pressed.asides[0]?.content).toContain('This channel or thread is archived')
    expect(pressed.asides[0]?.content).toContain(`(reference ${line.fields.reference})`)
    expect(app.undeliveredReplies).toEqual([replies.shared])
  })

  it.each([
    ['a server error', 500],
    ['a dropped connection', 'reset'],
  ] as const)('that meets %s is not posted twice by itself', async (_what, status) => {
    const { pressed, line } = await share({ path: FOLLOW_UP, status })
    expect(tries(FOLLOW_UP)).toBe(2)
    expect(pressed.asides[0]?.content).toContain('Press Share again')
    expect(line.level).toBe('warn')
    expect(app.undeliveredReplies).toHaveLength(1)
  })

  it('waits for a rate limit to pass', async () => {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies.shared
    discord.fail({ path: FOLLOW_UP, status: 429, retryAfter: 0.2 })
    const pressed = await discord.press(shown, '📣 Share')
    expect(pressed.posts).toHaveLength(1)
    expect(app.undeliveredReplies).toEqual([])
  })
})

describe('taking a share back', () => {
  async function posted(): Promise<ShownMessage> {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies.shared
    const [post] = (await discord.press(shown, '📣 Share')).posts
    app.reply = () => replies.withdrawal
    return post ?? expect.unreachable()
  }

  it.each([
    ['a server error', { status: 502, times: 2 }],
    ['a dropped connection', { status: 'reset', times: 2 }],
    ['a rate limit', { status: 429, retryAfter: 0.2 }],
    ['an answer that got lost (10008)', { status: 500, applied: true }],
  ] as const)('gets through %s', async (_what, fault) => {
    const post = await posted()
    discord.fail({ ...DELETE, ...fault })
    const pressed = await discord.press(post, '🗑 Unshare')
    expect(discord.channelPosts).toEqual([])
    expect(pressed.asides.map(({ content }) => content)).toEqual([replies.withdrawal.summary])
    expect(app.withdrawnAsks).toHaveLength(1)
  })

  it('that is pressed twice at once deletes one post, and both times says that it is gone', async () => {
    const post = await posted()
    const presses = await Promise.all([1, 2].map(() => discord.press(post, '🗑 Unshare')))
    expect(presses.flatMap(({ asides }) => asides.map(({ content }) => content))).toEqual([
      replies.withdrawal.summary,
      replies.withdrawal.summary,
    ])
    expect(app.withdrawnAsks).toHaveLength(2)
  })

  it.each([
    ['says that it may not', { status: 403, code: 50013 }],
    ['says that the thread is archived', { status: 400, code: 50083 }],
    ['fails each time', { status: 503, times: 10 }],
  ] as const)('where Discord %s leaves the share claimed, and tells a reference', async (_what, fault) => {
    const post = await posted()
    discord.fail({ ...DELETE, ...fault })
    const pressed = await discord.press(post, '🗑 Unshare')
    const line = await app.logged('could not delete a shared post')
    expect(line.level).toBe('warn')
    expect(pressed.asides.map(({ content }) => content)).toEqual([
      `Discord didn’t delete the post. Try again in a minute, or ask somebody who can delete messages here. (reference ${line.fields.reference})`,
    ])
    expect(app.withdrawnAsks).toEqual([])
    expect(discord.channelPosts).toHaveLength(1)
  })

  it('after the token of the press is over leaves the share claimed, and a line in the log', async () => {
    const post = await posted()
    app.reply = () => {
      discord.advance(16 * 60_000)
      return replies.withdrawal
    }
    discord.begin.press(post, '🗑 Unshare')
    expect((await app.logged('could not delete a shared post')).fields).toMatchObject({ code: 50027 })
    await app.logged('a Discord exchange failed')
    expect(app.withdrawnAsks).toEqual([])
    expect(discord.channelPosts).toHaveLength(1)
    await expectAlive()
  })

  it('is told with a reference where the share could not be given back', async () => {
    const post = await posted()
    app.withdrawn = () => Promise.reject(new Error('the database is away'))
    const pressed = await discord.press(post, '🗑 Unshare')
    const line = await app.logged('a Discord exchange failed')
    expect(pressed.asides[0]?.content).toContain(`(reference ${line.fields.reference})`)
    expect(discord.channelPosts).toEqual([])
  })
})

describe('the gateway', () => {
  it.each([
    ['drops the connection', () => discord.gateway.drop()],
    ['closes with an unknown error', () => discord.gateway.close(4000)],
    ['asks to reconnect', () => discord.gateway.askToReconnect()],
  ])('that %s is resumed, and what was typed meanwhile is answered', async (_what, lose) => {
    lose()
    await discord.until(() => !discord.gateway.connected, 'the lost connection')
    const begun = discord.begin.command(...RECOMMEND)
    await discord.until(() => begun.edits > 0, 'the answer after the loss')
    expect(discord.gateway).toMatchObject({ identified: 1, resumed: 1 })
    expect(bot.health().ok).toBe(true)
    await app.logged("lost Discord's gateway")
  })

  it('that refuses the token for good makes the bot unhealthy, with a sentence for the operator', async () => {
    discord.gateway.close(4004)
    const line = await app.logged('the connection to Discord was lost')
    expect(line).toMatchObject({
      level: 'error',
      fields: { error: expect.stringContaining('Discord refused DISCORD_TOKEN') },
    })
    expect(bot.health()).toEqual({ ok: false, detail: expect.stringContaining('DISCORD_TOKEN') })
  })
})

describe('a stop', () => {
  it('while the gateway is lost does not let the bot come back', async () => {
    discord.gateway.drop()
    await app.logged("lost Discord's gateway")
    await bot.stop()
    // discord.js reconnects after half a second.
    await delay(800)
    expect(discord.gateway).toMatchObject({ connected: false, resumed: 0 })
  })
})

describe('a start', () => {
  beforeEach(() => bot.stop())

  it('with a token that the API refuses ends with a sentence that does not hold it', async () => {
    const refused = startDiscord({
      ...{ token: 'a.bad.token', apiUrl: discord.apiUrl },
      ...{ app, log: app.log },
    })
    await expect(refused).rejects.toThrow('Discord refused DISCORD_TOKEN')
    expect(JSON.stringify(app.lines)).not.toContain('a.bad.token')
  })

  it.each([
    [4004, 'Discord refused DISCORD_TOKEN'],
    [4011, 'sharded'],
    [4014, 'intents'],
  ])('that the gateway refuses with %i ends with a sentence', async (code, sentence) => {
    discord.gateway.refuseNext(code)
    await expect(start()).rejects.toThrow(sentence)
  })

  it.each([503, 'reset'] as const)('goes on trying while Discord is down (%s)', async (status) => {
    discord.fail({ path: /^\/gateway\/bot$/, status, times: 2 })
    bot = await start()
    expect(bot.health().ok).toBe(true)
    expect(app.lines.filter(({ message }) => message.includes('trying again'))).toHaveLength(2)
    await expectAlive()
  })
})
