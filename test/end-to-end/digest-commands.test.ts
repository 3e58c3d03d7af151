import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChannelMessage } from '../support/discord/messages.ts'
import { CHANNELS } from '../support/discord/payloads.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'

/** From the command to the post and what is pressed under it, over real sockets on both platforms. */

const MANAGER = { user: '1', may: ['ManageGuild', 'MentionEveryone'] } as const
const MEMBER = { user: '2' } as const
const ADMIN = { user: 'U1ADMIN' }

let all: Communities

beforeAll(async () => {
  all = await startCommunities()
  all.slack.appoint(ADMIN.user, { role: 'admin', tz: 'Asia/Seoul' })
})

afterAll(() => all.stop())

const postsIn = (channel: keyof typeof CHANNELS) => all.discord.channels.messagesIn(CHANNELS[channel].id)
const titles = (post: ChannelMessage | undefined) => post?.embeds.map(({ title }) => title) ?? []

async function posted(count: number): Promise<ChannelMessage> {
  await all.discord.until(() => postsIn('general').length >= count, 'a digest')
  const post = postsIn('general').at(-1)
  if (!post) throw new Error('a digest was posted')
  return post
}

describe('a digest in Discord', () => {
  it('is refused to those who manage nothing', async () => {
    const shown = await all.discord.command('digest subscribe', {}, MEMBER)
    expect(shown.message?.content).toContain('Manage Server or Manage Channels')
  })

  it('is set up, with time zones completed as they are typed', async () => {
    const zones = await all.discord.autocomplete('digest subscribe', { timezone: 'seo' }, 'timezone')
    expect(zones).toContainEqual({ name: 'Asia/Seoul', value: 'Asia/Seoul' })
    const options = { day: 'friday', time: '18:00', timezone: 'Asia/Seoul', mention: '@here' }
    const shown = await all.discord.command('digest subscribe', options, MANAGER)
    expect(shown.message?.content).toContain('Fridays at 18\\:00 (Asia\\/Seoul)')
  })

  it('is seen beforehand by its manager alone, and then posted with a cover', async () => {
    const before = await all.discord.command('digest preview', {}, MANAGER)
    expect(before.message?.embeds).toHaveLength(5)
    expect(postsIn('general')).toEqual([])
    await all.discord.command('digest now', {}, MANAGER)
    const post = await posted(1)
    expect(titles(post)).toEqual(before.message?.embeds.map(({ title }) => title))
    expect(post.pings).toEqual(['@here'])
    expect(post.files.map(({ name }) => name)).toEqual(['digest.png'])
    expect(post.components.flatMap((row) => row.components)).toHaveLength(5)
  })

  it('leads each reader to a card of theirs, after a restart as well', async () => {
    const post = await posted(1)
    const button = post.components[0]?.components[0]?.custom_id ?? ''
    const opened = await all.discord.press(post, button, MEMBER)
    expect(opened.asides[0]?.embeds.map(({ title }) => title)).toEqual(titles(post).slice(0, 1))
    await all.restart()
    const again = await all.discord.press(post, button, MANAGER)
    expect(again.asides[0]?.embeds).toHaveLength(1)
    const liked = await all.discord.press(again.asides[0] ?? post, '👍 Like', MANAGER)
    expect(JSON.stringify(liked.message?.components)).toContain('👍 Like ✓')
  })

  it('shows nothing again that the channel was shown', async () => {
    const first = titles(await posted(1))
    const preview = await all.discord.command('digest preview', {}, MANAGER)
    const next = preview.message?.embeds.map(({ title }) => title) ?? []
    expect(next).toHaveLength(5)
    expect(next.filter((title) => first.includes(title))).toEqual([])
  })

  it('tells in the list how it went, pauses, and goes', async () => {
    const list = await all.discord.command('digest list', {}, MANAGER)
    expect(list.message?.content).toContain('posted')
    await all.discord.command('digest pause', {}, MANAGER)
    expect((await all.discord.command('digest list', {}, MANAGER)).message?.content).toContain('paused since')
    await all.discord.command('digest remove', {}, MANAGER)
    expect((await all.discord.command('digest list', {}, MANAGER)).message?.content).toContain(
      'no digests here yet',
    )
  })

  it('that a channel no longer takes pauses, and its maker is told once', async () => {
    await all.discord.command('digest subscribe', {}, { ...MANAGER, channel: 'staff' })
    all.discord.channels.forbid(CHANNELS.staff.id, 'SendMessages')
    await all.discord.command('digest now', {}, { ...MANAGER, channel: 'staff' })
    await all.discord.until(
      () => all.discord.channels.directMessagesWith('1').length > 0,
      'word of the pause',
    )
    const [told] = all.discord.channels.directMessagesWith('1')
    expect(told?.content).toContain('is paused')
    const list = await all.discord.command('digest list', {}, MANAGER)
    expect(list.message?.content).toContain('I can’t post there')
  })
})

describe('a digest in Slack', () => {
  it('explains itself where the command stands alone', async () => {
    const shown = await all.slack.command('/digest', '', ADMIN)
    expect(shown.ephemeral?.words).toContain('/digest subscribe')
  })

  it('is refused to those who manage nothing', async () => {
    const shown = await all.slack.command('/digest', 'list', { user: 'U2MEMBER' })
    expect(shown.ephemeral?.text).toContain('admins and owners')
  })

  it('is set up by the clock of whoever sets it up, and posted', async () => {
    const made = await all.slack.command('/digest', 'subscribe day:friday time:9:30 count:3', ADMIN)
    expect(made.ephemeral?.words).toContain('Fridays at 09:30 (Asia/Seoul)')
    await all.slack.command('/digest', 'now', ADMIN)
    await all.slack.until(() => all.slack.channels.posts().length > 0)
    const [post] = all.slack.channels.posts()
    expect(post?.files).toHaveLength(1)
    expect(post?.buttons).toHaveLength(3)
    expect(post?.metadata).toMatchObject({ event_type: 'indiescout_digest' })
    const [button] = post?.buttons ?? []
    if (!button) throw new Error('there is a button for each game')
    const opened = await all.slack.pressRaw({ ...button, value: button.actionId }, { user: 'U2MEMBER' })
    expect(opened.ephemeral?.buttons.map(({ label }) => label)).toContain('👍 Like')
  })

  it('goes with the app', async () => {
    await all.slack.happens({ type: 'app_uninstalled' })
    const left = () => all.database.db.selectFrom('warehouse.subscription').select('place_key').execute()
    await expect.poll(left).not.toContainEqual({ place_key: 'slack:T111' })
  })
})
