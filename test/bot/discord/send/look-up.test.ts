import { ChannelType, OverwriteType } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DELIVERY, digest, OTHER_DELIVERY } from '../../../support/builders/digests.ts'
import { channelKey, type Desk, openDesk } from '../../../support/discord/digest-desk.ts'
import { bitsOf } from '../../../support/discord/guild.ts'
import { CHANNELS, HOME } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'

const GENERAL = CHANNELS.general.id
const MESSAGES = /^\/channels\/\d+\/messages$/
const MINUTE = 60_000

let discord: DiscordServer
let desk: Desk

beforeEach(async () => {
  discord = await startDiscordServer()
  desk = openDesk(discord)
})

afterEach(() => discord.stop())

const pages = () => discord.requests.filter(({ method, path }) => method === 'GET' && MESSAGES.test(path))

function crowd(count: number): void {
  for (let said = 0; said < count; said += 1) discord.channels.say(GENERAL)
}

describe('a look among the messages', () => {
  it.each([0, 99, 100, 101, 350])('finds the post behind %i others, and stops there', async (before) => {
    const since = new Date()
    crowd(before)
    const posted = await desk.post()
    crowd(150)
    expect(await desk.find({}, since)).toEqual({ ...posted, kind: 'found' })
    expect(pages()).toHaveLength(Math.floor(before / 100) + 1)
    for (const { query } of pages()) expect(query.get('limit')).toBe('100')
  })

  it.each([0, 99, 100, 101, 350])('knows that it is not among %i', async (count) => {
    const since = new Date()
    crowd(count)
    await desk.post({ delivery: OTHER_DELIVERY }, digest({ delivery: OTHER_DELIVERY }))
    expect(await desk.find({}, since)).toEqual({ kind: 'absent' })
  })

  it('is not fooled by what somebody else has written', async () => {
    const since = new Date()
    await desk.post({ channel: channelKey(CHANNELS.adults.id) })
    const { components = [] } = discord.channels.posts()[0] ?? {}
    discord.channels.showContent()
    discord.channels.say(GENERAL, 'Look', { components })
    expect(await desk.find({}, since)).toEqual({ kind: 'absent' })
  })

  it('does not read what was posted long before', async () => {
    crowd(250)
    discord.advance(20 * MINUTE)
    const since = new Date(Date.now() + 20 * MINUTE)
    expect(await desk.find({}, since)).toEqual({ kind: 'absent' })
    expect(pages()).toHaveLength(1)
  })

  it('finds a post though Discord’s clock is some minutes behind ours', async () => {
    const posted = await desk.post()
    const since = new Date(Date.now() + 4 * MINUTE)
    expect(await desk.find({}, since)).toEqual({ ...posted, kind: 'found' })
  })

  it('does not read on past the hour in which the post may have come', async () => {
    const since = new Date()
    crowd(100)
    discord.advance(61 * MINUTE)
    crowd(300)
    expect(await desk.find({}, since)).toEqual({ kind: 'absent' })
    expect(pages()).toHaveLength(2)
  })

  it('gives up in a channel that says more in that hour than can be read', async () => {
    const since = new Date()
    crowd(2100)
    await desk.post()
    expect(await desk.find({}, since)).toEqual({ kind: 'blind' })
    expect(pages()).toHaveLength(20)
  })
})

describe('an empty list', () => {
  const HISTORY = 'ReadMessageHistory'

  it.each([
    ['the bot may not read it', () => discord.channels.forbid(GENERAL, HISTORY)],
    [
      'a role of the bot may not read it',
      () => {
        const { memberRoles } = discord.channels.guild
        overwrite(memberRoles[0] ?? '', OverwriteType.Role, { deny: bitsOf([HISTORY]) })
      },
    ],
    [
      'nobody was ever allowed to read it',
      () => {
        for (const role of discord.channels.guild.roles) role.permissions &= ~bitsOf([HISTORY])
      },
    ],
  ])('proves nothing where %s', async (_what, prepare) => {
    const since = new Date()
    await desk.post()
    prepare()
    expect(await desk.find({}, since)).toEqual({ kind: 'blind' })
  })

  it('proves something again where the bot itself is let in', async () => {
    overwrite(HOME, OverwriteType.Role, { deny: bitsOf([HISTORY]) })
    discord.channels.permit(GENERAL, HISTORY)
    expect(await desk.find()).toEqual({ kind: 'absent' })
  })

  it('of a thread proves what the permissions of its channel let it prove', async () => {
    const channel = channelKey(CHANNELS.thread.id)
    expect(await desk.find({ channel })).toEqual({ kind: 'absent' })
    discord.channels.forbid(GENERAL, HISTORY)
    await desk.post({ channel })
    expect(await desk.find({ channel })).toEqual({ kind: 'blind' })
  })

  it('proves nothing in a place that is no server', async () => {
    const id = discord.channels.add({ type: ChannelType.DM, guild: undefined, recipient: '4242' })
    expect(await desk.find({ channel: channelKey(id) })).toEqual({ kind: 'blind' })
  })

  function overwrite(id: string, type: OverwriteType, bits: { deny: bigint }): void {
    discord.channels.overwrite(GENERAL, { id, type, allow: 0n, ...bits })
  }
})

describe('a look that fails', () => {
  it.each([
    [404, 10003, { kind: 'refused', why: 'no-channel' }],
    [403, 50001, { kind: 'refused', why: 'no-access' }],
    [401, 0, { kind: 'busy', waitMs: undefined }],
    [400, 50035, { kind: 'blind' }],
    [500, 0, { kind: 'busy', waitMs: undefined }],
    ['reset', 0, { kind: 'busy', waitMs: undefined }],
  ] as const)('with %s and code %i says %j', async (status, code, found) => {
    discord.fail({ path: MESSAGES, status, code })
    expect(await desk.find()).toEqual(found)
    expect(desk.lines.at(-1)?.fields).toMatchObject({ delivery: DELIVERY })
  })

  it('for its rate says how long to wait', async () => {
    discord.fail({ path: MESSAGES, status: 429, retryAfter: 3 })
    expect(await desk.find()).toMatchObject({ kind: 'busy', waitMs: expect.toSatisfy((ms) => ms >= 3000) })
  })

  it.each([/^\/users\/@me$/, /^\/channels\/\d+$/, /^\/guilds\/\d+$/, /^\/guilds\/\d+\/members\/\d+$/])(
    'at %s says nothing of the post',
    async (path) => {
      discord.fail({ path, status: 503 })
      expect(await desk.find()).toEqual({ kind: 'busy', waitMs: undefined })
      expect(await desk.find()).toEqual({ kind: 'absent' })
    },
  )

  it('in a server that the bot has left tells that', async () => {
    discord.channels.kick()
    expect(await desk.find()).toEqual({ kind: 'refused', why: 'no-access' })
  })

  it('for an id that is none of Discord’s is never made', async () => {
    expect(await desk.find({ channel: 'slack:T1.C1' })).toEqual({ kind: 'blind' })
    expect(discord.requests).toEqual([])
  })
})
