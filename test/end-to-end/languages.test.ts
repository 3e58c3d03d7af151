import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../core/commands/catalogue.ts'
import { commandNameIn } from '../../core/strings/names.ts'
import { type DiscordServer, startDiscordServer } from '../support/discord/server.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { type Program, startProgram } from '../support/program.ts'
import { type SlackServer, startSlackServer } from '../support/slack/server.ts'

/** Languages, help, settings and the cool-down over real sockets on both platforms. */

let discord: DiscordServer
let slack: SlackServer
let program: Program

beforeAll(async () => {
  const database = await testDatabaseAt()
  discord = await startDiscordServer()
  slack = await startSlackServer({ mode: 'socket' })
  program = await startProgram({
    DATABASE_URL: database.url,
    COMMANDS_PER_MINUTE: '20',
    INFERENCE_URL: 'http://127.0.0.1:9',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.options.botToken,
    SLACK_APP_TOKEN: slack.options.mode.kind === 'socket' ? slack.options.mode.appToken : '',
    SLACK_API_URL: slack.options.apiUrl,
  })
})

afterAll(async () => {
  await program.stop()
  await discord.stop()
  await slack.close()
})

/** As people read it: without the escapes of Markdown. */
const unescaped = (text: string | undefined) => (text ?? '').replaceAll('\\', '')

describe('in Discord', () => {
  it('help lists every command in the language of the player', async () => {
    const shown = await discord.command('help', {}, { user: '1', locale: 'ko' })
    const text = unescaped(shown.message?.content)
    for (const { name } of COMMANDS) expect(text).toContain(commandNameIn('ko', name).split(' ').at(-1))
    expect(text).toContain('무엇을 할 수 있는지 알려 드려요')
    expect(text).toContain('`/비슷한게임 게임:')
  })

  it('the language of the settings comes before the platform’s, and is kept', async () => {
    const player = { user: '2', locale: 'en-US' }
    expect((await discord.command('settings', {}, player)).message?.content).toContain(
      'Your language\\: English',
    )
    const saved = await discord.command('settings', { language: 'ko' }, player)
    expect(saved.message?.content).toBe('이제부터 한국어로 답해 드릴게요.')
    const problem = await discord.command('curate', {}, player)
    expect(unescaped(problem.message?.content)).toContain('genre 값이 필요해요. 예: `/curate genre:Roguelike')
    const pressed = await discord.press(saved, 'of an older version', player)
    expect(pressed.asides[0]?.content).toContain('이 봇의 다른 버전에서')
  })

  it('commands keep the names of the client’s list, in whatever language the answer is', async () => {
    const player = { user: '5', locale: 'ko' }
    await discord.command('설정', { 언어: 'en' }, player)
    const shown = await discord.command('설정', {}, player)
    expect(unescaped(shown.message?.content)).toContain(
      'Your language: English. To change it: `/설정 언어:ko`',
    )
    const problem = await discord.command('추천', {}, player)
    expect(unescaped(problem.message?.content)).toContain('`/추천 좋아하는_게임:')
  })

  it('a hundred commands at once are all answered, most of them with when to ask again', async () => {
    const flood = Array.from({ length: 100 }, () => discord.command('help', {}, { user: '3', channel: 'dm' }))
    const shown = await Promise.all(flood)
    const refused = shown.filter(({ message }) => /Try again in \d+ seconds?/.test(message?.content ?? ''))
    expect(refused.length).toBeGreaterThanOrEqual(85)
    expect(refused.length).toBeLessThanOrEqual(90)
    for (const { message } of refused) expect(message?.flags).toBe(64)
    const other = await discord.command('help', {}, { user: '4' })
    expect(unescaped(other.message?.content)).toContain('/recommend')
  })
})

describe('in Slack', () => {
  it('help names generic commands as they are typed there, in the language of the user', async () => {
    slack.speaks('U1KO', 'ko-KR')
    const shown = await slack.command('/indiescout', '', { user: 'U1KO' })
    expect(shown.ephemeral?.words).toContain('/indiescout forget-me')
    expect(shown.ephemeral?.words).toContain('/curate Roguelike')
    expect(shown.ephemeral?.words).toContain('무엇을 할 수 있는지 알려 드려요')
  })

  it('the language of the settings comes before the user’s', async () => {
    const by = { user: 'U2EN' }
    await slack.command('/indiescout', 'settings ko', by)
    const usage = await slack.command('/curate', 'help', by)
    expect(usage.ephemeral?.words).toContain('예: `/curate Roguelike')
    const problem = await slack.command('/indiescout', 'settings language:fr', by)
    expect(problem.ephemeral?.words).toContain('language 값은 다음 중 하나여야 해요: en, ko')
    expect(problem.ephemeral?.words).toContain('/indiescout settings ko')
  })

  it('says how to be understood where no command of that name exists', async () => {
    const shown = await slack.command('/indiescout', 'dance', { user: 'U3EN' })
    expect(shown.ephemeral?.words).toContain(
      'There’s no command /dance. `/indiescout help` lists all commands.',
    )
  })

  it('a flood is answered in private, with when to ask again', async () => {
    const flood = Array.from({ length: 14 }, () => slack.command('/indiescout', 'help', { user: 'U4EN' }))
    const shown = await Promise.all(flood)
    const refused = shown.filter(({ ephemeral }) => ephemeral?.words.includes('Try again in'))
    expect(refused.length).toBeGreaterThanOrEqual(3)
    expect(slack.channelPosts).toEqual([])
  })
})
