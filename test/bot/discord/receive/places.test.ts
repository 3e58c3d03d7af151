import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Discord, startDiscord } from '../../../../bot/discord/adapter.ts'
import type { CommandRequest } from '../../../../core/command-request.ts'
import type { Reply } from '../../../../core/reply.ts'
import { replies } from '../../../support/builders/replies.ts'
import { type FakeApp, fakeApp } from '../../../support/discord/fake-app.ts'
import { CHANNELS, type ChannelName } from '../../../support/discord/payloads.ts'
import { type DiscordServer, startDiscordServer } from '../../../support/discord/server.ts'

/** Every sort of place where somebody may type a command. */

let discord: DiscordServer
let app: FakeApp
let bot: Discord

beforeEach(async () => {
  discord = await startDiscordServer()
  app = fakeApp()
  app.reply = core
  const { token, apiUrl } = discord
  bot = await startDiscord({ token, apiUrl, app, log: app.log })
})

afterEach(async () => {
  await bot.stop()
  await discord.stop()
})

/** Turns pages and shares as the core does, with ready-made replies. */
function core(request: CommandRequest): Reply {
  if (request.kind !== 'press') return replies.plain
  return request.action.verb === 'page' ? replies['page-two'] : replies.shared
}

const recommend = (channel: ChannelName) =>
  discord.command('recommend', { steam_id: '76561197960287930' }, { channel })

const ALL: readonly ChannelName[] = [
  ...([
    'general',
    'adults',
    'thread',
    'adultThread',
    'forumPost',
    'archived',
    'quiet',
    'quietThread',
  ] as const),
  ...(['dm', 'group', 'elsewhere', 'strict'] as const),
]

it.each(ALL)('in "%s" a command is answered to the asker alone, and its pages turn', async (channel) => {
  const shown = await recommend(channel)
  expect(shown.ack).toBe(5)
  expect(shown.message).toMatchObject({ channel, flags: 64 })
  expect(shown.message?.embeds).toHaveLength(3)
  const turned = await discord.press(shown, 'Next ▶')
  expect(turned.message).toMatchObject({ id: shown.message?.id, channel, flags: 64 })
  expect(turned.message?.embeds).toHaveLength(1)
  const where = `discord:${CHANNELS[channel].id}`
  expect(app.asks.map((request) => request.channel)).toEqual([where, where])
  expect(discord.channelPosts).toEqual([])
  expect(app.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
})

it.each(['thread', 'forumPost', 'dm', 'group', 'elsewhere'] as const)(
  'in "%s" a share is posted for everybody',
  async (channel) => {
    const pressed = await discord.press(await recommend(channel), '📣 Share')
    expect(pressed.posts).toMatchObject([{ channel, flags: 0, content: '**2 indie picks**' }])
    expect(pressed.asides).toEqual([])
    expect(app.undeliveredReplies).toEqual([])
  },
)

it('a post of a forum for adults is for adults', async () => {
  await recommend('forumPost')
  await recommend('quietThread')
  expect(app.asks.map((request) => request.matureAllowed)).toEqual([true, false])
})

describe('a share that may not be posted', () => {
  async function sharedIn(channel: ChannelName) {
    const shown = await recommend(channel)
    const pressed = await discord.press(shown, '📣 Share')
    const line = await app.logged('could not post a share')
    await discord.until(() => pressed.asides.some(isNotice), 'the notice')
    expect(app.undeliveredReplies).toEqual([replies.shared])
    expect(discord.channelPosts).toEqual([])
    expect(pressed.message).toEqual(shown.message)
    const told = pressed.asides.find(isNotice)?.content ?? ''
    expect(told).toContain(`(reference ${line.fields.reference})`)
    return told
  }

  const isNotice = ({ content }: { readonly content: string }) => content.includes('(reference ')

  it.each([
    ['quiet', 'Send Messages'],
    ['quietThread', 'Send Messages in Threads'],
  ] as const)('in "%s" names the one permission that is missing: %s', async (channel, permission) => {
    expect(await sharedIn(channel)).toContain(`I need ${permission}. An admin can allow this`)
  })

  it('in an archived thread says so', async () => {
    expect(await sharedIn('archived')).toContain('This channel or thread is archived')
  })

  it('where members may not use external apps is seen by the sharer alone, who is told why', async () => {
    expect(await sharedIn('strict')).toContain('I need Use External Apps.')
  })
})
