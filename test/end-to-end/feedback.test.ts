import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleLibraries } from '../../db/import/sample/sample.ts'
import type { ShownMessage } from '../support/discord/server.ts'
import { type Communities, startCommunities } from '../support/fakes/communities.ts'
import type { Message } from '../support/slack/responses.ts'

/** What people say of games with the buttons of the cards, over real sockets on both platforms. */

const PLAYER = '76561197960287930'
const ME = { user: '1' }
const READER = { user: '2' }
const LEAVER = { user: '3' }

let all: Communities

beforeAll(async () => {
  all = await startCommunities()
  const [library] = sampleLibraries()
  const games = (library?.games ?? []).map(({ game, minutes }) => ({ appid: game as number, minutes }))
  all.steam.player(PLAYER, { games })
})

afterAll(() => all.stop())

const labels = (message: ShownMessage | undefined) =>
  message?.components.map((row) => row.components.map((button) => button.label)) ?? []
const opinionsOf = (user: string) =>
  all.database.db
    .selectFrom('warehouse.opinion')
    .select(['appid', 'opinion'])
    .where('user_key', '=', user)
    .orderBy('appid')
    .execute()

/** The one message that nobody else sees. */
function only<T>(messages: readonly T[]): T {
  const [message, ...more] = messages
  if (message === undefined || more.length > 0) throw new Error(`${messages.length} messages in place of one`)
  return message
}

describe('in Discord', () => {
  const recommend = () => all.discord.command('recommend', { steam_id: PLAYER }, ME)
  const appid = (message: ShownMessage | undefined, index = 0) =>
    Number(message?.embeds[index]?.url?.split('/').at(-1))

  it('a panel takes an opinion, shows it, and takes it back, before and after a restart', async () => {
    const page = await recommend()
    const [opens, turns] = labels(page.message)
    expect(opens).toHaveLength(5)
    expect(turns).toEqual(['◀ Previous', 'Next ▶', '📣 Share'])
    const panel = only((await all.discord.press(page, opens?.[1] ?? '', ME)).asides)
    expect(panel.flags).toBe(64)
    expect(appid(panel)).toBe(appid(page.message, 1))
    const liked = await all.discord.press(panel, '👍 Like', ME)
    expect(labels(liked.message)).toEqual([
      ['👍 Like ✓', '🎮 Played', '🙈 Not for me', '✨ More like this', '❔ Why?'],
      ['📣 Share this game'],
    ])
    expect(await opinionsOf('discord:1')).toEqual([{ appid: appid(panel), opinion: 'like' }])

    await all.restart()
    const undone = await all.discord.press(liked, '👍 Like ✓', ME)
    expect(labels(undone.message)[0]?.[0]).toBe('👍 Like')
    expect(await opinionsOf('discord:1')).toEqual([])
  })

  it('a game that is not for somebody is picked no more, and no model was trained for it', async () => {
    const page = await recommend()
    const panel = only((await all.discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    await all.discord.press(panel, '🙈 Not for me', ME)
    const next = (await recommend()).message
    const shown = next?.embeds.map((_, index) => appid(next, index))
    expect(shown).toHaveLength(5)
    expect(shown).not.toContain(appid(panel))
  })

  it('why and more like this come beside the page', async () => {
    const page = await recommend()
    const panel = only((await all.discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    const why = only((await all.discord.press(panel, '❔ Why?', ME)).asides)
    expect(why.content).toMatch(/which you own\\?: \d+%/)
    const more = only((await all.discord.press(panel, '✨ More like this', ME)).asides)
    expect(more.flags).toBe(64)
    expect(more.embeds).toHaveLength(5)
    expect(labels(more)[0]).toHaveLength(5)
  })

  it('readers of a shared page speak for themselves, and learn nothing of the asker', async () => {
    const page = await recommend()
    const post = only((await all.discord.press(page, '📣 Share', ME)).posts)
    const pressed = await all.discord.press(post, labels(post)[0]?.[0] ?? '', READER)
    expect(pressed.edits).toBe(0)
    const panel = only(pressed.asides)
    expect(panel.embeds[0]?.description ?? '').not.toContain('Because')
    expect(labels(panel)).toEqual([['👍 Like', '🎮 Played', '🙈 Not for me', '✨ More like this']])
    await all.discord.press(panel, '🎮 Played', READER)
    expect(await opinionsOf('discord:2')).toEqual([{ appid: appid(post), opinion: 'played' }])
    expect((await opinionsOf('discord:1')).map((row) => row.appid)).not.toContain(appid(post))
  })

  it('one card is shared without reasons, and taken back by its sharer alone, before and after a restart', async () => {
    const page = await recommend()
    const panel = only((await all.discord.press(page, labels(page.message)[0]?.[2] ?? '', ME)).asides)
    expect(panel.embeds[0]?.description).toContain('Because')
    const before = all.discord.channelPosts.length
    const share = async () => only((await all.discord.press(panel, '📣 Share this game', ME)).posts)
    const post = await share()
    expect(post).toMatchObject({
      flags: 0,
      content: '**1 indie pick**',
      embeds: [{ title: panel.embeds[0]?.title }],
    })
    expect(JSON.stringify(post)).not.toMatch(/7656119|Because|\d+ games/)
    expect(labels(post)).toEqual([[expect.stringMatching(/^1 /)], ['🗑 Unshare']])
    const twice = await all.discord.press(panel, '📣 Share this game', ME)
    expect(only(twice.asides).content).toContain('This game was shared already')

    const refused = await all.discord.press(post, '🗑 Unshare', READER)
    expect(only(refused.asides)).toMatchObject({
      flags: 64,
      content: expect.stringContaining('Somebody else shared'),
    })
    expect(all.discord.channelPosts).toContain(post)
    const taken = await all.discord.press(post, '🗑 Unshare', ME)
    expect(only(taken.asides).content).toContain('Unshared')
    expect(all.discord.channelPosts).toHaveLength(before)

    const again = await share()
    await all.restart()
    await all.discord.press(again, '🗑 Unshare', ME)
    expect(all.discord.channelPosts).toHaveLength(before)
    expect((await share()).embeds[0]?.url).toBe(post.embeds[0]?.url)
  })

  it('a page is taken back, and then another one of the same answer can be shared', async () => {
    const page = await recommend()
    const post = only((await all.discord.press(page, '📣 Share', ME)).posts)
    const next = await all.discord.press(page, 'Next ▶', ME)
    expect(only((await all.discord.press(next, '📣 Share', ME)).asides).content).toContain('shared already')
    await all.discord.press(post, '🗑 Unshare', ME)
    const other = only((await all.discord.press(next, '📣 Share', ME)).posts)
    expect(other.embeds.map(({ url }) => url)).toEqual(next.message?.embeds.map(({ url }) => url))
  })

  it('a post that Discord keeps stays shared, and its sharer learns the reference', async () => {
    const page = await recommend()
    const post = only((await all.discord.press(page, '📣 Share', ME)).posts)
    all.discord.fail({ path: /@original$/, method: 'DELETE', status: 403, code: 50013 })
    const told = only((await all.discord.press(post, '🗑 Unshare', ME)).asides).content
    const reference = /reference (\w+)/.exec(told)?.[1]
    expect(all.program.lines.some((line) => line.fields.reference === reference)).toBe(true)
    expect(only((await all.discord.press(page, '📣 Share', ME)).asides).content).toContain('shared already')
  })

  it('a post outlives what is known of its sharer, and is then taken back by nobody', async () => {
    const page = await all.discord.command('recommend', { steam_id: PLAYER }, LEAVER)
    const post = only((await all.discord.press(page, '📣 Share', LEAVER)).posts)
    await all.discord.press(await all.discord.command('forget-me', {}, LEAVER), '🗑 Delete everything', LEAVER)
    expect(await all.database.db.selectFrom('lake.share').selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ answer: post.components.at(-1)?.components[0]?.custom_id.split(':')[1] }),
    )
    const told = only((await all.discord.press(post, '🗑 Unshare', LEAVER)).asides)
    expect(told.content).toContain('no longer know who shared this')
    expect(all.discord.channelPosts).toContain(post)
  })

  it('a stranger is refused the reasons in a friendly aside', async () => {
    const page = await recommend()
    const panel = only((await all.discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    const refused = await all.discord.press(panel, '❔ Why?', READER)
    expect(only(refused.asides).content).toContain('somebody else’s')
  })
})

describe('in Slack', () => {
  const recommend = async () => only((await all.slack.command('/recommend', PLAYER)).messages)
  const said = (message: Message) =>
    message.blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.filter((button) => button.style === 'primary').map((button) => button.text.text)
        : [],
    )

  it('each card has its row, and a press draws the page anew in its place', async () => {
    const page = await recommend()
    expect(page.buttons.filter(({ label }) => label === '👍 Like')).toHaveLength(5)
    const liked = only((await all.slack.press(page, '👍 Like')).messages)
    expect(liked.replacesOriginal).toBe(true)
    expect(said(liked)).toEqual(['👍 Like ✓'])
    expect(liked.words).toBe(page.words)
    const undone = only((await all.slack.press(liked, '👍 Like ✓')).messages)
    expect(said(undone)).toEqual([])
  })

  it('why and more like this leave the page as it stands', async () => {
    const page = await recommend()
    const why = only((await all.slack.press(page, '❔ Why?')).messages)
    expect(why).toMatchObject({ replacesOriginal: false, text: expect.stringContaining('Why ') })
    expect(why.words).toMatch(/which you own\\?: \d+%/)
    const more = only((await all.slack.press(page, '✨ More like this')).messages)
    expect(more.replacesOriginal).toBe(false)
    expect(more.words).toContain('Both are tagged')
  })

  it('a shared page stays as it is while a reader says what they think of a game', async () => {
    const post = (await all.slack.press(await recommend(), '📣 Share')).channel
    const open = post?.buttons[0]?.label ?? ''
    const panel = only((await all.slack.press(post as Message, open, { user: 'U2READER' })).messages)
    expect(panel).toMatchObject({ replacesOriginal: false, seenBy: 'U2READER' })
    const skipped = only((await all.slack.press(panel, '🙈 Not for me', { user: 'U2READER' })).messages)
    expect(skipped).toMatchObject({ replacesOriginal: true, seenBy: 'U2READER' })
    expect(said(skipped)).toEqual(['🙈 Not for me ✓'])
  })

  it('one card is shared without reasons, and taken back by its sharer alone, before and after a restart', async () => {
    const page = await recommend()
    const before = all.slack.channelPosts.length
    const share = async () => only((await all.slack.press(page, '📣 Share this game')).messages)
    const post = await share()
    expect(post).toMatchObject({ seenBy: 'everybody', replacesOriginal: false, text: '1 indie pick' })
    expect(JSON.stringify(post)).not.toMatch(/7656119|Because|\d+ games/)
    expect(post.buttons.map(({ label }) => label)).toEqual([expect.stringMatching(/^1 /), '🗑 Unshare'])
    expect(only((await all.slack.press(page, '📣 Share this game')).messages).text).toContain(
      'shared already',
    )

    const refused = only((await all.slack.press(post, '🗑 Unshare', { user: 'U2READER' })).messages)
    expect(refused).toMatchObject({
      seenBy: 'U2READER',
      text: expect.stringContaining('Somebody else shared'),
    })
    expect(all.slack.channelPosts).toContain(post)
    expect(only((await all.slack.press(post, '🗑 Unshare')).messages).text).toContain('Unshared')
    expect(all.slack.channelPosts).toHaveLength(before)

    const again = await share()
    await all.restart()
    await all.slack.press(again, '🗑 Unshare')
    expect(all.slack.channelPosts).toHaveLength(before)
    expect((await share()).words).toBe(post.words)
  })

  it('a post that Slack keeps stays shared, and its sharer learns the reference', async () => {
    const page = await recommend()
    const post = (await all.slack.press(page, '📣 Share')).channel as Message
    all.slack.fail('response_url', { error: 'cant_delete_message' })
    const told = only((await all.slack.press(post, '🗑 Unshare')).messages).text
    const reference = /reference (\w+)/.exec(told)?.[1]
    expect(all.program.lines.some((line) => line.fields.reference === reference)).toBe(true)
    expect(only((await all.slack.press(page, '📣 Share')).messages).text).toContain('shared already')
  })
})
