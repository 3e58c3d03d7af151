import { ChannelType } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordPoster } from '../../../../bot/discord/send/poster.ts'
import type { Mention } from '../../../../core/reply.ts'
import { cover, DELIVERY, digest, OTHER_DELIVERY } from '../../../support/builders/digests.ts'
import { channelKey, type Desk, openDesk, target } from '../../../support/discord/digest-desk.ts'
import { CHANNELS } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'
import { ANY_TIME, instantPace } from '../../../support/fakes/pace.ts'

const GENERAL = CHANNELS.general.id
const MESSAGES = /^\/channels\/\d+\/messages$/

let discord: DiscordServer
let desk: Desk

beforeEach(async () => {
  discord = await startDiscordServer()
  desk = openDesk(discord)
})

afterEach(async () => {
  await discord.stop()
  expect(JSON.stringify(desk.lines)).not.toContain(discord.token)
})

const tries = () => discord.requests.filter(({ path }) => MESSAGES.test(path))
const standing = () => discord.channels.messagesIn(GENERAL)

describe('a digest', () => {
  it('is one message with its call, cover, cards and their buttons', async () => {
    const posted = await desk.post({ call: 'here' }, digest({ call: 'here' }))
    expect(posted).toEqual({ kind: 'posted', message: standing()[0]?.id })
    const [request] = tries()
    await expect(`${JSON.stringify(request?.body, null, 2)}\n`).toMatchFileSnapshot(
      '../../../golden/discord/digest-post.json',
    )
    expect(standing()[0]?.files).toEqual([
      {
        ...{ name: 'cover.png', description: 'Hades and Stardew Valley' },
        bytes: Buffer.from(cover().png),
      },
    ])
  })

  it('opens a card of its own for whoever presses a button', async () => {
    await desk.post()
    const buttons = standing()[0]?.components.flatMap((row) => row.components)
    expect(buttons?.map(({ custom_id }) => custom_id)).toEqual([`card:${DELIVERY}:1`, `card:${DELIVERY}:2`])
  })

  it('takes its turn before each request', async () => {
    await desk.post()
    await desk.find({ delivery: 'other-one-01' as typeof DELIVERY })
    expect(desk.pace.turns).toHaveLength(discord.requests.length)
    expect(new Set(desk.pace.turns.map(({ key, everyMs }) => `${key} ${everyMs}`))).toEqual(
      new Set(['discord 21']),
    )
  })

  it('is posted in a thread, and wakes it', async () => {
    const { id } = CHANNELS.thread
    discord.channels.change(id, { archived: true })
    expect(await desk.post({ channel: channelKey(id) })).toMatchObject({ kind: 'posted' })
    expect(discord.channels.messagesIn(id)).toHaveLength(1)
  })

  it.each([
    ['the channel takes no files', () => discord.channels.forbid(GENERAL, 'AttachFiles')],
    ['the file is too large', () => discord.fail({ path: MESSAGES, status: 413, code: 40005 })],
    ['the server may upload none', () => discord.fail({ path: MESSAGES, status: 403, code: 400_001 })],
  ])('does without its cover where %s', async (_what, prepare) => {
    prepare()
    expect(await desk.post()).toMatchObject({ kind: 'posted' })
    expect(standing().map(({ files, embeds }) => [files.length, embeds.length])).toEqual([[0, 2]])
  })
})

describe('the same delivery again', () => {
  it('is the same message as long as Discord remembers it', async () => {
    const first = await desk.post()
    discord.advance(desk.poster.rules.remembersMs)
    expect(await desk.post()).toEqual(first)
    expect(standing()).toHaveLength(1)
  })

  it('is found when Discord has forgotten it', async () => {
    const since = new Date()
    const first = await desk.post()
    discord.advance(desk.poster.rules.settlesMs)
    expect(await desk.find({}, since)).toEqual({ ...first, kind: 'found' })
  })

  it('counts as posted where somebody has deleted the message since', async () => {
    await desk.post()
    discord.channels.deleteMessage(standing()[0]?.id ?? '')
    expect(await desk.post()).toEqual({ kind: 'posted', message: 'deleted' })
    expect(standing()).toEqual([])
  })
})

describe('a call', () => {
  const HOSTILE = ['@everyone @here <@&4242> <@1> <!channel> ', '@every', 'one ', '@', 'here']

  it.each<[Mention | undefined, string[]]>([
    ['here', ['@here']],
    ['everyone', ['@everyone']],
    [{ role: '77777777777777777' }, ['<@&77777777777777777>']],
    [undefined, []],
  ])('%j notifies %j and nobody else, whatever the texts hold', async (call, pings) => {
    await desk.post({ call }, digest({ ...(call && { call }), more: HOSTILE }))
    expect(standing()[0]?.pings).toEqual(pings)
  })

  it('that nobody asked for notifies nobody', async () => {
    await desk.post({ call: undefined }, digest({ call: 'everyone' }))
    await desk.post(
      { call: { role: '1' }, delivery: 'other-one-01' as typeof DELIVERY },
      digest({ call: { role: '2' } }),
    )
    await desk.post({ call: 'here', delivery: OTHER_DELIVERY }, digest({ call: 'everyone' }))
    expect(standing().map(({ pings }) => pings)).toEqual([[], [], []])
  })

  it.each(['', '@everyone', '1> @everyone <@&2', '12345678901234567890123'])(
    'to the role "%s" is none',
    async (role) => {
      await desk.post({ call: { role } }, digest({ call: { role } }))
      expect(standing()[0]?.pings).toEqual([])
      expect(standing()[0]?.content).toBe('**Indie games of the week**')
    },
  )
})

describe('a post that Discord refuses', () => {
  it.each([
    [403, 50001, { kind: 'refused', why: 'no-access' }],
    [403, 50013, { kind: 'refused', why: 'no-permission' }],
    [404, 10003, { kind: 'refused', why: 'no-channel' }],
    [404, 10004, { kind: 'refused', why: 'app-removed' }],
    [400, 50008, { kind: 'refused', why: 'no-channel' }],
    [400, 50083, { kind: 'refused', why: 'archived' }],
    [400, 160_005, { kind: 'refused', why: 'archived' }],
    [400, 160_002, { kind: 'refused', why: 'no-permission' }],
    [401, 0, { kind: 'busy' }],
    [400, 20_016, { kind: 'busy' }],
    [403, 40_333, { kind: 'busy' }],
    [403, 'page', { kind: 'busy' }],
    [400, 50035, { kind: 'invalid' }],
    [400, 50006, { kind: 'invalid' }],
    [403, 200_000, { kind: 'invalid' }],
    [404, 0, { kind: 'invalid' }],
    [500, 0, { kind: 'lost' }],
    [502, 0, { kind: 'lost' }],
    [503, 0, { kind: 'lost' }],
  ] as const)('with %i and code %s is %j', async (status, code, outcome) => {
    discord.fail({ path: MESSAGES, status, code })
    expect(await desk.post({}, digest({ attachments: [] }))).toMatchObject(outcome)
    expect(tries()).toHaveLength(1)
    expect(standing()).toEqual([])
    expect(desk.lines.at(-1)?.fields).toMatchObject({ delivery: DELIVERY, outcome: outcome.kind })
  })

  it.each([
    ['unseen', () => discord.channels.forbid(GENERAL, 'ViewChannel'), 'no-access'],
    ['read-only', () => discord.channels.forbid(GENERAL, 'SendMessages'), 'no-permission'],
    ['without embeds', () => discord.channels.forbid(GENERAL, 'EmbedLinks'), 'no-permission'],
    ['gone', () => discord.channels.remove(GENERAL), 'no-channel'],
    ['of a server without the bot', () => discord.channels.kick(), 'no-access'],
  ] as const)('in a channel that is %s pauses the subscription: %s', async (_what, prepare, why) => {
    prepare()
    expect(await desk.post()).toEqual({ kind: 'refused', why })
    expect(standing()).toEqual([])
  })

  it('in a thread that is archived and locked pauses the subscription', async () => {
    const { id } = CHANNELS.thread
    discord.channels.change(id, { archived: true, locked: true })
    expect(await desk.post({ channel: channelKey(id) })).toEqual({ kind: 'refused', why: 'archived' })
  })

  it('in a category is one to no channel', async () => {
    const id = discord.channels.add({ type: ChannelType.GuildCategory })
    expect(await desk.post({ channel: channelKey(id) })).toEqual({ kind: 'refused', why: 'no-channel' })
  })

  it.each(['slack:T1.C1', 'discord:../users/@me', 'discord:'] as const)(
    'never leaves for the channel %s, which is none of Discord’s',
    async (channel) => {
      expect(await desk.post({ channel })).toMatchObject({ kind: 'invalid', cause: expect.any(Error) })
      expect(discord.requests).toEqual([])
    },
  )

  it('for its token is made again with that token', async () => {
    discord.fail({ path: MESSAGES, status: 401 })
    expect(await desk.post()).toEqual({ kind: 'busy', waitMs: undefined })
    expect(await desk.post()).toMatchObject({ kind: 'posted' })
  })
})

describe('a post whose answer never comes', () => {
  it.each([
    ['reset', false],
    ['reset', true],
    [502, true],
  ] as const)('for a %s is lost, and then looked for (it had arrived: %s)', async (status, applied) => {
    const since = new Date()
    discord.fail({ path: MESSAGES, method: 'POST', status, applied })
    expect(await desk.post()).toEqual({ kind: 'lost' })
    expect(tries()).toHaveLength(1)
    expect((await desk.find({}, since)).kind).toBe(applied ? 'found' : 'absent')
    expect(await desk.post()).toMatchObject({ kind: 'posted' })
    expect(standing()).toHaveLength(1)
  })

  it.each([false, true])('in time is given up, and may have arrived (%s)', async (applied) => {
    const impatient = openDesk(discord, { timeoutMs: 300 })
    discord.fail({ path: MESSAGES, status: applied ? 'stall' : 'hang', applied })
    expect(await impatient.post()).toEqual({ kind: 'lost' })
    expect(standing()).toHaveLength(applied ? 1 : 0)
  })

  it('ends with the signal of whoever posts', async () => {
    discord.fail({ path: MESSAGES, status: 'hang' })
    const ending = new AbortController()
    const posted = openDesk(discord, { timeoutMs: 120_000 }).post({}, digest(), {
      ...ANY_TIME,
      signal: ending.signal,
    })
    await discord.until(() => tries().length === 1, 'the post')
    ending.abort()
    expect(await posted).toEqual({ kind: 'lost' })
  })

  it('is certainly not posted where nobody takes the connection', async () => {
    const closed = await startDiscordServer()
    await closed.stop()
    const nowhere = openDesk(discord, { apiUrl: closed.apiUrl })
    expect(await nowhere.post()).toEqual({ kind: 'busy', waitMs: undefined })
  })
})

describe('a rate limit', () => {
  it('of a channel comes back with its wait, after one request', async () => {
    discord.fail({ path: MESSAGES, status: 429, retryAfter: 7 })
    const outcome = await desk.post()
    expect(outcome).toEqual({ kind: 'busy', waitMs: expect.toSatisfy((ms) => ms >= 7000 && ms < 8000) })
    expect(tries()).toHaveLength(1)
    expect(desk.pace.rests).toEqual([])
  })

  it('of the whole bot holds back every other channel without asking', async () => {
    const other = channelKey(discord.channels.add())
    discord.fail({ path: MESSAGES, status: 429, retryAfter: 5, global: true })
    const outcomes = [await desk.post(), await desk.post({ channel: other })]
    for (const outcome of outcomes) {
      expect(outcome).toEqual({ kind: 'busy', waitMs: expect.toSatisfy((ms) => ms > 3000 && ms < 6000) })
    }
    expect(tries()).toHaveLength(1)
    const rest = { key: 'discord', forMs: expect.toSatisfy((ms) => ms > 3000 && ms < 6000) }
    expect(desk.pace.rests).toEqual([rest, rest])
  })
})

describe('a post that may not leave any more', () => {
  it('is not sent', async () => {
    const outcome = await desk.post({}, digest(), { ...ANY_TIME, isOpen: () => false })
    expect(outcome).toEqual({ kind: 'busy', waitMs: undefined })
    expect(discord.requests).toEqual([])
  })

  it('is not sent though it might while it waited for another one to the same channel', async () => {
    discord.fail({ path: MESSAGES, status: 'hang' })
    const [ending, waiting] = [new AbortController(), { holds: true }]
    const first = desk.post({}, digest(), { ...ANY_TIME, signal: ending.signal })
    await discord.until(() => tries().length === 1, 'the first post')
    const second = desk.post({ delivery: OTHER_DELIVERY }, digest(), {
      ...ANY_TIME,
      isOpen: () => waiting.holds,
    })
    waiting.holds = false
    ending.abort()
    expect(await first).toEqual({ kind: 'lost' })
    expect(await second).toEqual({ kind: 'busy', waitMs: undefined })
    expect(tries()).toHaveLength(1)
  })

  it('is not sent again without its files where that turn does not come', async () => {
    discord.channels.forbid(GENERAL, 'AttachFiles')
    const pace = { ...instantPace(), acquire: async () => Promise.reject(new Error('the database is away')) }
    const poster = createDiscordPoster({ token: discord.token, apiUrl: discord.apiUrl, log: () => {}, pace })
    expect(await poster.post(target(), digest(), ANY_TIME)).toEqual({ kind: 'busy', waitMs: undefined })
    expect(tries()).toHaveLength(1)
  })

  it('is not waited for past the signal', async () => {
    await expect(desk.poster.turn(target(), AbortSignal.abort())).rejects.toThrow()
  })
})

describe('news for one person', () => {
  const news = digest({ attachments: [] })

  it('comes as a direct message, once within some minutes', async () => {
    expect(await desk.poster.tell('discord:4242', news)).toBe(true)
    expect(await desk.poster.tell('discord:4242', news)).toBe(true)
    expect(await desk.poster.tell('discord:4243', news)).toBe(true)
    expect(discord.channels.directMessagesWith('4242').map(({ content }) => content)).toEqual([
      '**Indie games of the week**',
    ])
    expect(discord.channels.directMessagesWith('4243')).toHaveLength(1)
  })

  it('calls nobody', async () => {
    await desk.poster.tell('discord:4242', digest({ call: 'everyone' }))
    expect(discord.channels.directMessagesWith('4242')[0]?.pings).toEqual([])
  })

  it('does not reach whoever takes no direct messages', async () => {
    discord.channels.closeDirectMessages('4242')
    expect(await desk.poster.tell('discord:4242', news)).toBe(false)
  })

  it.each(['slack:T1.U1', 'terminal:ada', 'discord:x'] as const)('does not reach %s', async (user) => {
    expect(await desk.poster.tell(user, news)).toBe(false)
    expect(discord.requests).toEqual([])
  })
})
