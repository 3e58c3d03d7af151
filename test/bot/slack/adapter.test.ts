import { afterEach, describe, expect, it } from 'vitest'
import type { CommandRequest } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Reply } from '../../../core/reply.ts'
import { replies } from '../../support/builders/replies.ts'
import { type SlackBot, startSlackBot } from '../../support/slack/bot.ts'

/** Turns pages, shares and takes back as the core does, with ready-made replies. */
function core(request: CommandRequest): Reply {
  if (request.kind !== 'press') return replies.plain
  if (request.action.verb === 'unshare') return replies.withdrawal
  return request.action.verb === 'page' ? replies['page-two'] : replies.shared
}

describe.each(['socket', 'http'] as const)('Slack over %s', (mode) => {
  let running: SlackBot | undefined

  async function start(answer: (request: CommandRequest) => Reply | Promise<Reply> = core) {
    running = await startSlackBot(mode, answer)
    return running
  }

  afterEach(async () => {
    await running?.close()
    running = undefined
  })

  it('answers a command with cards that only the asker sees', async () => {
    const { slack, asks } = await start()
    const shown = await slack.command(
      '/recommend',
      '76561197960287930 genre:“Action Roguelike” max_price:15',
      {
        user: 'U777',
      },
    )
    expect(asks).toEqual([
      {
        kind: 'recommend',
        user: 'slack:T111.U777',
        channel: 'slack:T111.C111',
        locale: 'en',
        matureAllowed: true,
        manages: 'unknown',
        parent: undefined,
        place: 'slack:T111',
        player: { kind: 'steam', ...readAccount('76561197960287930') },
        filterInput: { ...ANYTHING, genres: ['Action Roguelike'], maxPrice: 15 },
        discovery: 'balanced',
        count: 10,
      },
    ])
    expect(shown.messages).toHaveLength(1)
    expect(shown.ephemeral).toMatchObject({ seenBy: 'U777', replacesOriginal: false })
    expect(shown.ephemeral?.words).toContain('Hades\nDefy the god of the dead')
    expect(slack.channelPosts).toEqual([])
  })

  it('acknowledges before the answer is known', async () => {
    const gate = Promise.withResolvers<Reply>()
    const { slack } = await start(() => gate.promise)
    const shown = await slack.type('/recommend', 'gabelogannewell')
    expect(shown.messages).toEqual([])
    gate.resolve(replies.problem)
    await shown.reaches(1)
    expect(shown.ephemeral?.words).toContain('This profile hides its games.')
  })

  it.each(['', '  ', 'help'])('explains itself when asked with “%s”', async (text) => {
    const { slack, asks } = await start()
    const shown = await slack.command('/curate', text)
    expect(shown.ephemeral?.words).toContain('/curate genre [exclude:…] [max_price:…] [platform:…]')
    expect(shown.ephemeral?.words).toMatch(/hidden-gems \(Hidden gems\)[\s\S]*hide_owned .* — yes, no/)
    expect(shown.ephemeral?.words).toContain('For example: /curate Roguelike max_price:10')
    expect(asks).toEqual([])
  })

  it('takes generic commands behind its own name, and explains them so', async () => {
    const { slack, asks } = await start()
    await slack.command('/indiescout', 'link gabelogannewell')
    expect(asks).toMatchObject([{ kind: 'link', typed: 'gabelogannewell' }])
    const shown = await slack.command('/indiescout', 'link')
    expect(shown.ephemeral?.words).toContain('/indiescout link steam_id')
    expect(shown.ephemeral?.words).toContain('For example: /indiescout link 76561197960287930')
    await slack.command('/indiescout', '')
    expect(asks[1]).toMatchObject({ kind: 'help' })
  })

  it('says what to type instead', async () => {
    const { slack, asks } = await start()
    const shown = await slack.command('/recommend', 'gabelogannewell count:many')
    expect(shown.ephemeral?.words).toContain('count must be a whole number from 1 to 20.')
    expect(asks).toEqual([])
  })

  it('answers a command that it does not know', async () => {
    const { slack } = await start()
    const shown = await slack.command('/old-command', '')
    expect(shown.ephemeral?.words).toBe(
      'There’s no command /old-command. /indiescout help lists all commands.',
    )
  })

  it('turns the page in place', async () => {
    const { slack, asks } = await start()
    const first = await slack.command('/recommend', '76561197960287930')
    const second = await slack.press(first.messages[0] ?? expect.unreachable(), 'Next ▶')
    expect(asks[1]).toEqual({
      kind: 'press',
      event: expect.any(String),
      user: 'slack:T111.W111',
      channel: 'slack:T111.C111',
      locale: 'en',
      matureAllowed: true,
      manages: 'unknown',
      parent: undefined,
      place: 'slack:T111',
      action: { verb: 'page', answer: 'aZ3_kd9-Qw1x', page: 1, steamId: '76561197960287930' },
    })
    expect(second.ephemeral).toMatchObject({ seenBy: 'W111', replacesOriginal: true })
    expect(second.ephemeral?.words).toContain('Page 2 of 2')
  })

  it('shares to everybody and leaves the private answer as it stands', async () => {
    const { slack } = await start()
    const first = await slack.command('/recommend', '76561197960287930')
    const shared = await slack.press(first.messages[0] ?? expect.unreachable(), '📣 Share')
    expect(shared.messages).toHaveLength(1)
    expect(shared.channel?.replacesOriginal).toBe(false)
    for (const { actionId } of shared.channel?.buttons ?? []) expect(actionId).toMatch(/^(card|unshare):/)
    expect(slack.channelPosts).toEqual(shared.messages)
  })

  it('takes a post back for everybody, and tells the presser alone', async () => {
    const { slack, asks, withdrawn } = await start()
    const first = await slack.command('/recommend', '76561197960287930')
    const [page] = first.messages
    const [post, other] = [
      (await slack.press(page ?? expect.unreachable(), '📣 Share')).channel,
      (await slack.press(page ?? expect.unreachable(), '📣 Share')).channel,
    ]
    const told = await slack.press(post ?? expect.unreachable(), '🗑 Unshare', { user: 'U777' })
    expect(slack.channelPosts).toEqual([other])
    expect(told.messages).toMatchObject([
      { seenBy: 'U777', replacesOriginal: false, text: replies.withdrawal.summary },
    ])
    expect(withdrawn).toEqual([asks.at(-1)])
  })

  it('shows an aside beside the answer', async () => {
    const { slack } = await start((request) => (request.kind === 'press' ? replies.aside : replies.plain))
    const first = await slack.command('/recommend', '76561197960287930')
    const aside = await slack.press(first.messages[0] ?? expect.unreachable(), 'Next ▶')
    expect(aside.ephemeral).toMatchObject({ replacesOriginal: false })
    expect(aside.ephemeral?.words).toContain('somebody else’s picks')
  })

  it('is friendly to a button that no version of ours has made', async () => {
    const { slack, asks } = await start()
    const shown = await slack.pressRaw({ actionId: 'launch:missiles', value: undefined, label: 'Go' })
    expect(shown.ephemeral).toMatchObject({ replacesOriginal: false })
    expect(shown.ephemeral?.words).toContain('from another version of this bot')
    expect(asks).toEqual([])
  })

  it('finishes what has been begun before it stops', async () => {
    const gate = Promise.withResolvers<Reply>()
    const { slack, bot } = await start(() => gate.promise)
    const shown = await slack.type('/recommend', 'gabelogannewell')
    const stopped = bot.stop()
    gate.resolve(replies.plain)
    await stopped
    expect(shown.messages).toHaveLength(1)
  })

  it('tells when the app is removed from a workspace, and not when a player withdraws a token', async () => {
    const { slack, removals } = await start()
    await slack.happens({ type: 'app_uninstalled' })
    await slack.until(() => removals.length === 1)
    await slack.happens({ type: 'tokens_revoked', tokens: { oauth: ['U777'], bot: [] } })
    await slack.happens({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['W1'] } })
    await slack.until(() => removals.length === 2)
    expect(removals).toEqual(['slack:T111', 'slack:T111'])
  })

  it('answers in the language that Slack tells of a user, whom it asks once', async () => {
    const { slack, asks } = await start()
    slack.speaks('U777', 'ko-KR')
    const problem = await slack.command('/recommend', 'x count:many', { user: 'U777' })
    expect(problem.ephemeral?.words).toContain('count 값은 1부터 20까지의 정수여야 해요')
    await slack.command('/recommend', 'x', { user: 'U777' })
    await slack.command('/recommend', 'x', { user: 'U778' })
    expect(asks.map(({ locale }) => locale)).toEqual(['ko', 'en'])
    expect(slack.calls.filter((call) => call === 'users.info')).toHaveLength(2)
  })

  it('answers in English, and in time, where Slack does not tell the language', async () => {
    const { slack, asks, troubles } = await start()
    slack.speaks('U777', 'ko-KR')
    slack.fail('users.info', { error: 'missing_scope' })
    await slack.command('/recommend', 'x', { user: 'U777' })
    await slack.command('/recommend', 'x', { user: 'U777' })
    expect(asks.map(({ locale }) => locale)).toEqual([undefined, 'ko'])
    expect(troubles()).toMatchObject([{ level: 'warn', message: 'could not look up a Slack user' }])
  })

  it('waits no longer than a moment for the language', async () => {
    const { slack, asks } = await start()
    slack.fail('users.info', ...Array.from({ length: 3 }, () => ({ status: 503 })))
    await slack.command('/recommend', 'x', { user: 'U777' })
    expect(asks.map(({ locale }) => locale)).toEqual([undefined])
  })

  it('keeps several players apart', async () => {
    const { slack } = await start((request) => ({ ...replies.problem, summary: request.user, blocks: [] }))
    const users = ['U1AA', 'U2BB', 'U3CC', 'U4DD']
    const shown = await Promise.all(
      users.map((user) => slack.command('/recommend', 'gabelogannewell', { user })),
    )
    expect(shown.map(({ ephemeral }) => ephemeral?.words)).toEqual(users.map((user) => `slack:T111.${user}`))
  })
})
