import { afterEach, describe, expect, it } from 'vitest'
import type { CommandRequest } from '../../../../core/command-request.ts'
import type { Reply } from '../../../../core/reply.ts'
import { replies } from '../../../support/builders/replies.ts'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'
import type { Failure } from '../../../support/slack/server.ts'

let running: SlackBot | undefined

afterEach(async () => {
  await running?.close()
  running = undefined
})

async function start(
  answer: (request: CommandRequest) => Reply | Promise<Reply> = (request) =>
    request.kind === 'press' ? replies.shared : replies.plain,
) {
  running = await startSlackBot('http', answer)
  return running
}

const SHARE = { actionId: 'share:aZ3_kd9-Qw1x:0', value: 'share:aZ3_kd9-Qw1x:0', label: 'Share' }

describe('a private answer', () => {
  const passing: readonly (readonly [string, readonly Failure[]])[] = [
    ['a rate limit', [{ status: 429, retryAfter: 1 }]],
    ['two server errors', [{ status: 500 }, { status: 503, body: 'upstream' }]],
    ['a dropped connection', ['reset']],
  ]
  it.each(passing)('arrives after %s', async (_what, failures) => {
    const { slack, troubles } = await start()
    slack.fail('response_url', ...failures)
    const shown = await slack.command('/recommend', 'gabelogannewell')
    expect(shown.requests).toBe(failures.length + 1)
    expect(shown.ephemeral?.words).toContain('Hades')
    expect(troubles()).toEqual([])
  })

  it('waits as long as Slack asks', async () => {
    const { slack } = await start()
    slack.fail('response_url', { status: 429, retryAfter: 1 })
    const startedAt = performance.now()
    await slack.command('/recommend', 'gabelogannewell')
    expect(performance.now() - startedAt).toBeGreaterThan(950)
  })

  const final: readonly (readonly [string, readonly Failure[]])[] = [
    ['the blocks', [{ status: 400, body: 'invalid_blocks' }]],
    ['the blocks with a 200', [{ error: 'invalid_blocks' }]],
    ['every attempt', [{ status: 500 }, { status: 500 }, { status: 500 }]],
    ['a wait that no player would sit out', [{ status: 429, retryAfter: 600 }]],
  ]
  it.each(final)('becomes an apology with a reference where Slack refuses %s', async (_what, failures) => {
    const { slack, troubles } = await start()
    slack.fail('response_url', ...failures)
    const shown = await slack.command('/recommend', 'gabelogannewell')
    const [trouble] = troubles()
    expect(trouble).toMatchObject({ level: 'error', message: 'could not send a reply to Slack' })
    expect(shown.ephemeral?.words).toContain(`(reference ${trouble?.fields.reference})`)
    expect(shown.requests).toBe(failures.length + 1)
  })

  it('ends in the log when the half hour is over, and the next command is answered', async () => {
    const gate = Promise.withResolvers<Reply>()
    const { slack, troubles } = await start(() => gate.promise)
    const late = await slack.type('/recommend', 'gabelogannewell')
    slack.passTime(31 * 60_000)
    gate.resolve(replies.plain)
    await slack.until(() => troubles().length === 2)
    expect(troubles().map(({ message, fields }) => [message, fields.error])).toEqual([
      ['could not send a reply to Slack', 'Slack answered 404 (expired_url)'],
      ['could not tell the player', 'Slack answered 404 (expired_url)'],
    ])
    expect(late.messages).toEqual([])
    const next = await slack.command('/recommend', 'gabelogannewell')
    expect(next.ephemeral?.words).toContain('Hades')
  })
})

describe('a share', () => {
  it('is posted after a rate limit', async () => {
    const { slack, undelivered } = await start()
    slack.fail('response_url', { status: 429, retryAfter: 1 })
    const shown = await slack.pressRaw(SHARE)
    expect(shown.channel?.words).toContain('2 indie picks')
    expect(undelivered).toEqual([])
  })

  it('is given back, and the presser told, when Slack will not have it', async () => {
    const { slack, undelivered, troubles } = await start()
    slack.fail('response_url', { status: 500 }, { status: 500 }, { status: 500 })
    const shown = await slack.pressRaw(SHARE)
    expect(undelivered).toEqual([replies.shared])
    expect(shown.ephemeral?.words).toBe(
      `Slack didn’t accept the post. Press Share again. (reference ${troubles()[0]?.fields.reference})`,
    )
    expect(slack.channelPosts).toEqual([])
  })

  it('is never posted twice, even when nobody knows whether it was posted', async () => {
    const { slack, undelivered } = await start()
    slack.fail('response_url', 'lost')
    const shown = await slack.pressRaw(SHARE)
    await shown.reaches(2)
    expect(slack.channelPosts).toHaveLength(1)
    expect(undelivered).toHaveLength(1)
    expect(shown.requests).toBe(2)
  })

  const rules: readonly (readonly [string, Failure, string])[] = [
    ['not_in_channel', { status: 404, body: 'not_in_channel' }, 'Type /invite @Indiescout here'],
    ['channel_not_found', { error: 'channel_not_found' }, 'Type /invite @Indiescout here'],
    [
      'restricted_action_read_only_channel',
      { error: 'restricted_action_read_only_channel' },
      'Settings → Posting permissions',
    ],
    ['action_prohibited', { status: 403, body: 'action_prohibited' }, 'Settings → Posting permissions'],
    ['channel_is_archived', { status: 410, body: 'channel_is_archived' }, 'archived'],
    ['is_archived', { error: 'is_archived' }, 'archived'],
    ['invalid_blocks', { error: 'invalid_blocks' }, 'Press Share again'],
  ]
  it.each(rules)('that Slack refuses with %s says what to do', async (_word, failure, remedy) => {
    const { slack, undelivered, troubles } = await start()
    slack.fail('response_url', failure)
    const shown = await slack.pressRaw(SHARE)
    expect(shown.ephemeral?.words).toContain(remedy)
    expect(shown.ephemeral?.words).toContain(`(reference ${troubles()[0]?.fields.reference})`)
    expect(undelivered).toEqual([replies.shared])
  })
})

describe('taking a share back', () => {
  async function posted() {
    const all = await start((request) =>
      request.kind === 'press' && request.action.verb === 'unshare' ? replies.withdrawal : replies.shared,
    )
    const post = (await all.slack.pressRaw(SHARE)).channel
    return { ...all, post: post ?? expect.unreachable() }
  }

  const passing: readonly (readonly [string, readonly Failure[]])[] = [
    ['a rate limit', [{ status: 429, retryAfter: 1 }]],
    ['two server errors', [{ status: 500 }, { status: 503, body: 'upstream' }]],
    ['a dropped connection', ['reset']],
    ['an answer that got lost', ['lost']],
  ]
  it.each(passing)('gets through %s', async (_what, failures) => {
    const { slack, post, withdrawn, troubles } = await posted()
    slack.fail('response_url', ...failures)
    const told = await slack.press(post, '🗑 Unshare')
    expect(slack.channelPosts).toEqual([])
    expect(told.messages.map(({ text }) => text)).toEqual([replies.withdrawal.summary])
    expect(withdrawn).toHaveLength(1)
    expect(troubles()).toEqual([])
  })

  it('finds a post that is gone already as good as deleted', async () => {
    const { slack, post, withdrawn } = await posted()
    for (let press = 0; press < 2; press += 1) {
      const told = await slack.press(post, '🗑 Unshare')
      expect(told.ephemeral?.text).toBe(replies.withdrawal.summary)
    }
    expect(withdrawn).toHaveLength(2)
  })

  const final: readonly (readonly [string, readonly Failure[]])[] = [
    ['says no', [{ error: 'cant_delete_message' }]],
    ['fails each time', [{ status: 500 }, { status: 500 }, { status: 500 }]],
    ['asks for a wait that no player would sit out', [{ status: 429, retryAfter: 600 }]],
  ]
  it.each(final)(
    'where Slack %s leaves the share claimed, and tells a reference',
    async (_what, failures) => {
      const { slack, post, withdrawn, troubles } = await posted()
      slack.fail('response_url', ...failures)
      const told = await slack.press(post, '🗑 Unshare')
      expect(troubles()).toMatchObject([{ level: 'warn', message: 'could not delete a shared post' }])
      expect(told.messages.map(({ text }) => text)).toEqual([
        `Slack didn’t delete the post. Try again in a minute, or ask somebody who can delete messages here. (reference ${troubles()[0]?.fields.reference})`,
      ])
      expect(slack.channelPosts).toEqual([post])
      expect(withdrawn).toEqual([])
    },
  )

  it('is told with a reference where the share could not be given back', async () => {
    const { slack, app, post, troubles } = await posted()
    app.withdrawn = () => Promise.reject(new Error('the database is away'))
    const told = await slack.press(post, '🗑 Unshare')
    expect(troubles()).toMatchObject([{ level: 'error', fields: { error: 'the database is away' } }])
    expect(told.ephemeral?.text).toContain(`(reference ${troubles()[0]?.fields.reference})`)
    expect(slack.channelPosts).toEqual([])
  })
})
