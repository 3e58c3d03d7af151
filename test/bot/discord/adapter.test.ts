import { GatewayIntentBits } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Discord, startDiscord } from '../../../bot/discord/adapter.ts'
import { encodeAction } from '../../../core/action.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { DELIVERY } from '../../support/builders/digests.ts'
import { replies } from '../../support/builders/replies.ts'
import { openDesk } from '../../support/discord/digest-desk.ts'
import { type FakeApp, fakeApp } from '../../support/discord/fake-app.ts'
import { CHANNELS, type ChannelName, HOME } from '../../support/discord/payloads.ts'
import { type DiscordServer, type Place, startDiscordServer } from '../../support/discord/server.ts'

const STEAM_ID = '76561197960287930'
const RECOMMEND = ['recommend', { steam_id: STEAM_ID, genre: 'Roguelike', max_price: 15, count: 7 }] as const

let discord: DiscordServer
let app: FakeApp
let bot: Discord

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
  bot = await startDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    app,
    log: app.log,
    forgetAfterMs: 50,
  })
})

afterEach(async () => {
  await bot.stop()
  await discord.stop()
})

describe('a command', () => {
  it('is acknowledged privately before any work, and answered in its place', async () => {
    let ackedBefore = false
    app.reply = () => {
      ackedBefore = discord.requests.some(({ path }) => path.endsWith('/callback'))
      return replies.plain
    }
    const shown = await discord.command(...RECOMMEND)
    expect(ackedBefore).toBe(true)
    expect(shown.ack).toBe(5)
    expect(shown.message?.flags).toBe(64)
    expect(shown.message?.embeds.map(({ title }) => title)).toEqual([
      'Hades',
      'Stardew Valley',
      'Bouncing Duck Simulator',
    ])
    expect(discord.channelPosts).toEqual([])
  })

  it('arrives as it was typed, with who asks', async () => {
    await discord.command(...RECOMMEND, { user: '4242' })
    expect(app.asks).toEqual([
      {
        kind: 'recommend',
        user: 'discord:4242',
        channel: 'discord:645027906669510667',
        locale: 'en',
        matureAllowed: false,
        manages: 'nothing',
        parent: undefined,
        place: 'discord:290926798626357999',
        posting: { lacks: [], readsHistory: true, mayCall: false },
        player: { kind: 'steam', ...readAccount(STEAM_ID) },
        filterInput: { ...ANYTHING, genres: ['Roguelike'], maxPrice: 15 },
        discovery: 'balanced',
        count: 7,
      },
    ])
  })

  it('tells what a digest may do in its channel, and whether its maker may call everybody', async () => {
    await discord.command('digest subscribe', {}, { channel: 'quiet', may: ['MentionEveryone'] })
    await discord.command('digest subscribe', {}, { channel: 'quietThread' })
    await discord.command('digest list', {}, { channel: 'dm' })
    expect(app.asks.map(({ posting }) => posting)).toEqual([
      { lacks: ['Send Messages'], readsHistory: true, mayCall: true },
      { lacks: ['Send Messages in Threads'], readsHistory: true, mayCall: false },
      undefined,
    ])
  })

  it.each<[ChannelName, { of: ChannelName | undefined; in: string | undefined; mature: boolean }]>([
    ['general', { of: undefined, in: HOME, mature: false }],
    ['staff', { of: undefined, in: HOME, mature: false }],
    ['adults', { of: undefined, in: HOME, mature: true }],
    ['thread', { of: 'general', in: HOME, mature: false }],
    ['privateThread', { of: 'general', in: HOME, mature: false }],
    ['adultThread', { of: 'adults', in: HOME, mature: true }],
    ['forumPost', { of: 'forum', in: HOME, mature: true }],
    ['dm', { of: undefined, in: undefined, mature: false }],
    ['elsewhere', { of: undefined, in: undefined, mature: false }],
  ])(
    'in the channel "%s" tells the place, the parent, and whether it is for adults: %o',
    async (channel, where) => {
      const shown = await discord.command(...RECOMMEND, { channel })
      expect(app.asks).toMatchObject([
        {
          channel: `discord:${CHANNELS[channel].id}`,
          parent: where.of && `discord:${CHANNELS[where.of].id}`,
          place: where.in && `discord:${where.in}`,
          matureAllowed: where.mature,
        },
      ])
      expect(shown.message?.embeds).toHaveLength(3)
    },
  )

  it.each<[Place['may'], ChannelName, string]>([
    [[], 'general', 'nothing'],
    [['ManageMessages'], 'general', 'nothing'],
    [['ManageChannels'], 'general', 'channel'],
    [['ManageGuild'], 'thread', 'place'],
    [['ManageGuild', 'ManageChannels'], 'general', 'place'],
    [['Administrator'], 'general', 'place'],
    [['Administrator'], 'elsewhere', 'nothing'],
    [['Administrator'], 'dm', 'nothing'],
  ])('tells what a member with %j may manage in "%s": %s', async (may = [], channel, manages) => {
    await discord.command(...RECOMMEND, { channel, may })
    expect(app.asks).toMatchObject([{ manages }])
  })

  it.each<[string, readonly ChannelName[]]>([
    ['<#645027906669510667> <#645027906669510664>', ['general', 'staff']],
    ['<#645027906669510667><#645027906669510661>', ['general', 'forum']],
    ['here', ['adults']],
    ['All', []],
  ])('names channels of the server as %j', async (channels, names) => {
    await discord.command('settings', { channels }, { channel: 'adultThread', may: ['ManageGuild'] })
    const keys = names.map((name) => `discord:${CHANNELS[name].id}`)
    expect(app.asks).toMatchObject([{ kind: 'settings', channels: keys }])
  })

  it.each([
    ['of another server', `<#${CHANNELS.elsewhere.id}>`],
    ['of nowhere', '<#1>'],
    ['a category', `<#${CHANNELS.category.id}>`],
  ])('names no channel %s', async (_what, channels) => {
    const shown = await discord.command('settings', { channels }, { may: ['ManageGuild'] })
    expect(shown.message?.content).toContain('isn’t a channel of this server')
    expect(app.asks).toEqual([])
  })

  it('with a bad option is told what to type, and asks nobody', async () => {
    const shown = await discord.command('recommend', { steam_id: STEAM_ID, count: 99 })
    expect(shown.message?.content).toContain('count must be a whole number from 1 to 20')
    expect(app.asks).toEqual([])
  })

  it.each([
    ['ko', 'ko', '개수 값은 1부터 20까지의 정수여야 해요'],
    ['en-GB', 'en', 'count must be a whole number'],
    ['fr', undefined, 'count must be a whole number'],
  ])("is answered in the language of the player's Discord: %s", async (locale, spoken, sentence) => {
    const shown = await discord.command('recommend', { steam_id: STEAM_ID, count: 99 }, { locale })
    expect(shown.message?.content).toContain(sentence)
    await discord.command(...RECOMMEND, { locale })
    expect(app.asks).toMatchObject([{ locale: spoken }])
  })

  it('may hold a choice and a yes or no', async () => {
    await discord.command('curate', { genre: 'Puzzle', sort: 'hidden-gems', hide_owned: true })
    expect(app.asks).toMatchObject([{ kind: 'curate', sort: 'hidden-gems', hideOwned: true }])
  })

  it('that nobody knows is told so', async () => {
    const shown = await discord.command('bogus', {})
    expect(shown.message?.content).toContain('There’s no command')
  })

  it('that goes well adds nothing to the line that its answer leaves in the log', async () => {
    const before = app.lines.length
    await discord.command(...RECOMMEND)
    await bot.stop()
    expect(app.lines.slice(before)).toEqual([])
  })
})

describe('a button', () => {
  it('of another version says so in the language of the player', async () => {
    const shown = await discord.command(...RECOMMEND)
    const pressed = await discord.press(shown, 'steal:620', { locale: 'ko' })
    expect(pressed.asides.map(({ content }) => content)).toEqual([
      '이 봇의 다른 버전에서 만든 버튼이에요. 다시 요청해 주세요.',
    ])
  })

  it('to turn the page replaces the answer, and carries the Steam ID', async () => {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies['page-two']
    const turned = await discord.press(shown, 'Next ▶', { user: '4242' })
    expect(turned.ack).toBe(6)
    expect(turned.message?.id).toBe(shown.message?.id)
    expect(turned.message?.embeds).toHaveLength(1)
    expect(app.asks[1]).toEqual({
      kind: 'press',
      event: expect.any(String),
      user: 'discord:4242',
      channel: 'discord:645027906669510667',
      locale: 'en',
      matureAllowed: false,
      manages: 'nothing',
      parent: undefined,
      place: 'discord:290926798626357999',
      posting: { lacks: [], readsHistory: true, mayCall: false },
      action: { verb: 'page', answer: 'aZ3_kd9-Qw1x', page: 1, steamId: STEAM_ID },
    })
  })

  it('to share posts for everybody and leaves the private answer as it is', async () => {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies.shared
    const pressed = await discord.press(shown, '📣 Share')
    expect(pressed.posts.map(({ content, flags }) => ({ content, flags }))).toEqual([
      { content: '**2 indie picks**', flags: 0 },
    ])
    expect(pressed.message).toEqual(shown.message)
    expect(pressed.edits).toBe(0)
    expect(app.undeliveredReplies).toEqual([])
  })

  it('to take a post back deletes it for everybody, and tells the presser alone', async () => {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies.shared
    const [post] = (await discord.press(shown, '📣 Share')).posts
    const [other] = (await discord.press(shown, '📣 Share')).posts
    app.reply = () => replies.withdrawal
    const pressed = await discord.press(post ?? expect.unreachable(), '🗑 Unshare')
    expect(pressed.ack).toBe(6)
    expect(discord.channelPosts).toEqual([other])
    expect(pressed.asides.map(({ content, flags }) => ({ content, flags }))).toEqual([
      { content: replies.withdrawal.summary, flags: 64 },
    ])
    expect(app.withdrawnAsks).toEqual([app.asks.at(-1)])
    expect(app.asks.at(-1)).toMatchObject({ action: { verb: 'unshare', what: 'page' } })
  })

  it('that leads to a note shows it to the presser alone', async () => {
    const shown = await discord.command(...RECOMMEND)
    app.reply = () => replies.aside
    const pressed = await discord.press(shown, 'Next ▶')
    expect(pressed.asides.map(({ content }) => content)).toEqual([
      'These are somebody else’s picks. Ask for your own with \\/recommend.',
    ])
    expect(pressed.edits).toBe(0)
    expect(discord.channelPosts).toEqual([])
  })

  it.each(['steal:620', 'page:x', 'share:aZ3_kd9-Qw1x:0:0'])(
    'of another version (%s) says so',
    async (customId) => {
      const shown = await discord.command(...RECOMMEND)
      const pressed = await discord.press(shown, customId)
      expect(pressed.asides.map(({ content }) => content)).toEqual([
        'This button is from another version of this bot. Run the command again.',
      ])
      expect(app.asks).toHaveLength(1)
    },
  )

  it('under a digest that the bot has posted by itself asks for that card', async () => {
    await openDesk(discord).post()
    const [post] = discord.channels.posts()
    if (!post) throw new Error('no digest was posted')
    app.reply = () => replies.panel
    const pressed = await discord.press(post, '1 Hades', { user: '4242' })
    expect(app.asks).toMatchObject([
      { kind: 'press', user: 'discord:4242', action: { verb: 'card', answer: DELIVERY, game: 1 } },
    ])
    expect(pressed.asides).toHaveLength(1)
  })

  it('still works after a restart of the bot', async () => {
    const shown = await discord.command(...RECOMMEND)
    await bot.stop()
    bot = await startDiscord({
      token: discord.token,
      apiUrl: discord.apiUrl,
      app,
      log: app.log,
    })
    app.reply = () => replies['page-two']
    const turned = await discord.press(shown, 'Next ▶')
    expect(turned.message?.embeds).toHaveLength(1)
  })
})

describe('a server', () => {
  it('that removed the app is told of once, and one that is out of order is not', async () => {
    discord.gateway.dispatch('GUILD_DELETE', { id: HOME, unavailable: true })
    await discord.command(...RECOMMEND)
    expect(app.removals).toEqual([])
    discord.channels.kick()
    discord.gateway.dispatch('GUILD_DELETE', { id: HOME })
    await app.logged('removed from a server or workspace')
    expect(app.removals).toEqual([`discord:${HOME}`])
  })

  it('that is gone from the gateway alone is not forgotten', async () => {
    discord.gateway.dispatch('GUILD_DELETE', { id: HOME })
    await discord.until(() => discord.requests.some(({ path }) => path === `/guilds/${HOME}`), 'the look')
    await discord.command(...RECOMMEND)
    expect(app.removals).toEqual([])
  })

  it('that removed the app and could not be forgotten leaves a reference in the log', async () => {
    app.forgets = () => Promise.reject(new Unavailable('database'))
    discord.channels.kick()
    discord.gateway.dispatch('GUILD_DELETE', { id: HOME })
    expect(await app.logged('could not delete the data')).toMatchObject({
      level: 'error',
      fields: { place: `discord:${HOME}`, reference: expect.stringMatching(/^[0-9a-f]{6}$/) },
    })
  })
})

describe('a completion', () => {
  it('offers what the app suggests for what was typed', async () => {
    app.choices = (typed) => [{ name: `${typed}uelike (12)`, value: 'Roguelike' }]
    const choices = await discord.autocomplete('recommend', { steam_id: 'x', genre: 'Rog' }, 'genre')
    expect(choices).toEqual([{ name: 'Roguelike (12)', value: 'Roguelike' }])
  })

  it('knows which options are genres and which are games', async () => {
    app.choices = (typed, what) => [{ name: `${what}: ${typed}`, value: typed }]
    const typed = async (command: string, option: string) =>
      (await discord.autocomplete(command, { [option]: 'x' }, option))?.[0]?.name
    expect(await typed('curate', 'genre')).toBe('genre: x')
    expect(await typed('recommend', 'exclude')).toBe('genre: x')
    expect(await typed('recommend', 'like')).toBe('games: x')
    expect(await typed('similar', 'game')).toBe('game: x')
    expect(await typed('together', 'players')).toBeUndefined()
  })

  it('keeps to what Discord takes', async () => {
    app.choices = () =>
      Array.from({ length: 40 }, (_, index) => ({
        name: `${index} ${'n'.repeat(200)}`,
        value: `v${index}`,
      })).with(0, { name: 'too long', value: 'v'.repeat(101) })
    const choices = await discord.autocomplete('recommend', { genre: '' }, 'genre')
    expect(choices).toHaveLength(25)
    expect(choices?.[0]).toEqual({ name: `1 ${'n'.repeat(97)}…`, value: 'v1' })
  })

  it('offers nothing where the app fails, or where nothing can be suggested', async () => {
    app.choices = () => {
      throw new Error('the catalogue is away')
    }
    expect(await discord.autocomplete('recommend', { genre: 'R' }, 'genre')).toEqual([])
    expect(await discord.autocomplete('recommend', { steam_id: 'R' }, 'steam_id')).toEqual([])
    expect(app.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })
})

describe('a completion of no option', () => {
  it('offers nothing and leaves a log line', async () => {
    expect(await discord.autocomplete('recommend', { genre: 'R' }, undefined)).toEqual([])
    expect(app.lines.filter(({ level }) => level === 'warn')).toMatchObject([{ message: 'no suggestions' }])
  })
})

describe('a completion that is slow', () => {
  it('offers nothing in time', async () => {
    app.choices = () => new Promise(() => {})
    expect(await discord.autocomplete('recommend', { genre: 'R' }, 'genre')).toEqual([])
  })
})

describe('the connection', () => {
  it('asks for guilds and nothing else', () => {
    expect(discord.gateway.intents).toBe(GatewayIntentBits.Guilds)
    expect(bot.health()).toEqual({ ok: true, detail: 'connected' })
  })

  it('finishes what was begun before it stops', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    app.reply = () => promise.then(() => replies.plain)
    const begun = discord.begin.command(...RECOMMEND)
    await app.asked(1)
    const stopped = bot.stop()
    await discord.until(() => !discord.gateway.connected, 'the end of the connection')
    expect(begun.edits).toBe(0)
    resolve()
    await stopped
    expect(begun.message?.embeds).toHaveLength(3)
  })

  it('writes buttons that hold all they need', async () => {
    const shown = await discord.command(...RECOMMEND)
    const ids = shown.message?.components.flatMap((row) => row.components.map((button) => button.custom_id))
    expect(ids).toEqual(replies.plain.buttons.map(({ action }) => encodeAction(action)))
  })
})
