import { afterEach, describe, expect, it } from 'vitest'
import type { CommandRequest } from '../../../../core/command-request.ts'
import type { Reply } from '../../../../core/reply.ts'
import { replies } from '../../../support/builders/replies.ts'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'

/** Every sort of channel in which somebody may type a command, by the names that Slack gives to those without one. */

let running: SlackBot | undefined

afterEach(async () => {
  await running?.close()
  running = undefined
})

/** Turns pages and shares as the core does, with ready-made replies. */
function core(request: CommandRequest): Reply {
  if (request.kind !== 'press') return replies.plain
  return request.action.verb === 'page' ? replies['page-two'] : replies.shared
}

const PLACES = [
  ['a direct message', { id: 'D0PEEKABOO', name: 'directmessage' }],
  ['a group of direct messages', { id: 'G0GROUP', name: 'mpdm-ada--bo--cy-1' }],
  ['a private channel', { id: 'C0SECRET', name: 'privategroup' }],
  ['a private channel of old', { id: 'G0SECRET', name: 'privategroup' }],
] as const

describe.each(['socket', 'http'] as const)('Slack over %s', (mode) => {
  it.each(PLACES)('answers, turns and shares in %s', async (_what, channel) => {
    running = await startSlackBot(mode, core)
    const { slack, asks, troubles } = running
    const by = { user: 'U777', channel }
    const shown = await slack.command('/recommend', 'gabelogannewell', by)
    expect(shown.messages).toHaveLength(1)
    expect(shown.ephemeral).toMatchObject({ seenBy: 'U777' })
    const answer = shown.ephemeral ?? expect.unreachable()
    const turned = await slack.press(answer, 'Next ▶', by)
    expect(turned.ephemeral).toMatchObject({ seenBy: 'U777', replacesOriginal: true })
    expect(slack.channelPosts).toEqual([])
    const shared = await slack.press(answer, '📣 Share', by)
    expect(shared.channel?.words).toContain('2 indie picks')
    expect(slack.channelPosts).toEqual(shared.messages)
    const where = `slack:T111.${channel.id}`
    expect(asks.map((request) => request.channel)).toEqual([where, where, where])
    expect(troubles()).toEqual([])
  })
})

it('says how to let the app in where it may not post in a private channel', async () => {
  running = await startSlackBot('socket', core)
  const { slack, undelivered, troubles } = running
  const by = { channel: { id: 'C0SECRET', name: 'privategroup' } }
  const shown = await slack.command('/recommend', 'gabelogannewell', by)
  slack.fail('response_url', { status: 404, body: 'channel_not_found' })
  const told = await slack.press(shown.ephemeral ?? expect.unreachable(), '📣 Share', by)
  expect(told.ephemeral?.words).toContain('Type /invite @Indiescout here')
  expect(told.ephemeral?.words).toContain(`(reference ${troubles()[0]?.fields.reference})`)
  expect(undelivered).toEqual([replies.shared])
  expect(slack.channelPosts).toEqual([])
})
