import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleLibraries } from '../../db/import/sample.ts'
import { testDatabaseAt } from '../support/database.ts'
import { type DiscordServer, type ShownMessage, startDiscordServer } from '../support/discord-server.ts'
import { type Program, startProgram } from '../support/program.ts'
import type { Message } from '../support/slack-responses.ts'
import { type SlackServer, startSlackServer } from '../support/slack-server.ts'
import { type SteamServer, startSteam } from '../support/steam-server.ts'

/** What people say of games with the buttons of the cards, over real sockets on both platforms. */

const PLAYER = '76561197960287930'
const ME = { user: '1' }
const READER = { user: '2' }

let database: Awaited<ReturnType<typeof testDatabaseAt>>
let steam: SteamServer
let discord: DiscordServer
let slack: SlackServer
let program: Program

const startAgain = () =>
  startProgram({
    DATABASE_URL: database.url,
    STEAM_API_KEY: steam.key,
    STEAM_API_URL: steam.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.options.botToken,
    SLACK_APP_TOKEN: slack.options.mode.kind === 'socket' ? slack.options.mode.appToken : '',
    SLACK_API_URL: slack.options.apiUrl,
  })

beforeAll(async () => {
  database = await testDatabaseAt()
  steam = await startSteam()
  discord = await startDiscordServer()
  slack = await startSlackServer({ mode: 'socket' })
  const [library] = sampleLibraries()
  const games = (library?.games ?? []).map(({ game, minutes }) => ({ appid: game as number, minutes }))
  steam.player(PLAYER, { games })
  program = await startAgain()
}, 120_000)

afterAll(async () => {
  await program.stop()
  await steam.stop()
  await discord.stop()
  await slack.close()
})

const labels = (message: ShownMessage | undefined) =>
  message?.components.map((row) => row.components.map((button) => button.label)) ?? []
const opinionsOf = (user: string) =>
  database.db
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
  const recommend = () => discord.command('recommend', { steam_id: PLAYER }, ME)
  const appid = (message: ShownMessage | undefined, index = 0) =>
    Number(message?.embeds[index]?.url?.split('/').at(-1))

  it('a panel takes an opinion, shows it, and takes it back, before and after a restart', async () => {
    const page = await recommend()
    const [opens, turns] = labels(page.message)
    expect(opens).toHaveLength(5)
    expect(turns).toEqual(['◀ Previous', 'Next ▶', '📣 Share'])
    const panel = only((await discord.press(page, opens?.[1] ?? '', ME)).asides)
    expect(panel.flags).toBe(64)
    expect(appid(panel)).toBe(appid(page.message, 1))
    const liked = await discord.press(panel, '👍 Like', ME)
    expect(labels(liked.message)).toEqual([
      ['👍 Like ✓', '🎮 Played', '🙈 Not for me', '✨ More like this', '❔ Why?'],
    ])
    expect(await opinionsOf('discord:1')).toEqual([{ appid: appid(panel), opinion: 'like' }])

    await program.stop()
    program = await startAgain()
    const undone = await discord.press(liked, '👍 Like ✓', ME)
    expect(labels(undone.message)[0]?.[0]).toBe('👍 Like')
    expect(await opinionsOf('discord:1')).toEqual([])
  }, 120_000)

  it('a game that is not for somebody is picked no more, and no model was trained for it', async () => {
    const page = await recommend()
    const panel = only((await discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    await discord.press(panel, '🙈 Not for me', ME)
    const next = (await recommend()).message
    const shown = next?.embeds.map((_, index) => appid(next, index))
    expect(shown).toHaveLength(5)
    expect(shown).not.toContain(appid(panel))
  })

  it('why and more like this come beside the page', async () => {
    const page = await recommend()
    const panel = only((await discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    const why = only((await discord.press(panel, '❔ Why?', ME)).asides)
    expect(why.content).toMatch(/which you own\\?: \d+%/)
    const more = only((await discord.press(panel, '✨ More like this', ME)).asides)
    expect(more.flags).toBe(64)
    expect(more.embeds).toHaveLength(5)
    expect(labels(more)[0]).toHaveLength(5)
  })

  it('readers of a shared page speak for themselves, and learn nothing of the asker', async () => {
    const page = await recommend()
    const post = only((await discord.press(page, '📣 Share', ME)).posts)
    const pressed = await discord.press(post, labels(post)[0]?.[0] ?? '', READER)
    expect(pressed.edits).toBe(0)
    const panel = only(pressed.asides)
    expect(panel.embeds[0]?.description ?? '').not.toContain('Because')
    expect(labels(panel)).toEqual([['👍 Like', '🎮 Played', '🙈 Not for me', '✨ More like this']])
    await discord.press(panel, '🎮 Played', READER)
    expect(await opinionsOf('discord:2')).toEqual([{ appid: appid(post), opinion: 'played' }])
    expect((await opinionsOf('discord:1')).map((row) => row.appid)).not.toContain(appid(post))
  })

  it('a stranger is refused the reasons in a friendly aside', async () => {
    const page = await recommend()
    const panel = only((await discord.press(page, labels(page.message)[0]?.[0] ?? '', ME)).asides)
    const refused = await discord.press(panel, '❔ Why?', READER)
    expect(only(refused.asides).content).toContain('somebody else’s')
  })
})

describe('in Slack', () => {
  const recommend = async () => only((await slack.command('/recommend', PLAYER)).messages)
  const said = (message: Message) =>
    message.blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.filter((button) => button.style === 'primary').map((button) => button.text.text)
        : [],
    )

  it('each card has its row, and a press draws the page anew in its place', async () => {
    const page = await recommend()
    expect(page.buttons.filter(({ label }) => label === '👍 Like')).toHaveLength(5)
    const liked = only((await slack.press(page, '👍 Like')).messages)
    expect(liked.replacesOriginal).toBe(true)
    expect(said(liked)).toEqual(['👍 Like ✓'])
    expect(liked.words).toBe(page.words)
    const undone = only((await slack.press(liked, '👍 Like ✓')).messages)
    expect(said(undone)).toEqual([])
  })

  it('why and more like this leave the page as it stands', async () => {
    const page = await recommend()
    const why = only((await slack.press(page, '❔ Why?')).messages)
    expect(why).toMatchObject({ replacesOriginal: false, text: expect.stringContaining('Why ') })
    expect(why.words).toMatch(/which you own\\?: \d+%/)
    const more = only((await slack.press(page, '✨ More like this')).messages)
    expect(more.replacesOriginal).toBe(false)
    expect(more.words).toContain('Both are tagged')
  })

  it('a shared page stays as it is while a reader says what they think of a game', async () => {
    const post = (await slack.press(await recommend(), '📣 Share')).channel
    const open = post?.buttons[0]?.label ?? ''
    const panel = only((await slack.press(post as Message, open, { user: 'U2READER' })).messages)
    expect(panel).toMatchObject({ replacesOriginal: false, seenBy: 'U2READER' })
    const skipped = only((await slack.press(panel, '🙈 Not for me', { user: 'U2READER' })).messages)
    expect(skipped).toMatchObject({ replacesOriginal: true, seenBy: 'U2READER' })
    expect(said(skipped)).toEqual(['🙈 Not for me ✓'])
  })
})
