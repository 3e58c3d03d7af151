import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryId } from '../../../../core/digest/delivery.ts'
import type { Mention } from '../../../../core/reply.ts'
import { DELIVERY, digest } from '../../../support/builders/digests.ts'
import { ANY_TIME, instantPace } from '../../../support/fakes/pace.ts'
import { type Desk, openDesk, target } from '../../../support/slack/digest-desk.ts'
import { CHANNEL, TEAM } from '../../../support/slack/payloads.ts'
import { type SlackServer, startSlackServer } from '../../../support/slack/server.ts'

const POST = 'chat.postMessage'

let slack: SlackServer
let desk: Desk

beforeEach(async () => {
  slack = await startSlackServer({ mode: 'socket' })
  desk = openDesk(slack)
})

afterEach(async () => {
  await slack.close()
  expect(JSON.stringify(desk.lines)).not.toMatch(/stand-in-|\/upload\//)
})

const calls = (method: string) => slack.calls.filter((call) => call === method)
const standing = () => slack.channels.postsIn(CHANNEL)

describe('a digest', () => {
  it('is one message with its call, cover, cards and their buttons', async () => {
    const posted = await desk.post({ call: 'here' }, digest({ call: 'here' }))
    const [message] = standing()
    expect(posted).toEqual({ kind: 'posted', message: message?.ts })
    const { channel, text, blocks, metadata } = message ?? {}
    const written = JSON.stringify({ channel, text, blocks, metadata }, null, 2)
    await expect(`${written.replace(message?.files[0] ?? 'no file', 'F0123456789')}\n`).toMatchFileSnapshot(
      '../../../golden/slack/digest-post.json',
    )
  })

  it('takes its turns before each request: of the workspace, and of the channel that it is posted to', async () => {
    await desk.post()
    await desk.find()
    const ofTeam = { key: `slack:${TEAM}`, everyMs: 200 }
    const ofChannel = { key: `slack:${TEAM}.${CHANNEL}`, everyMs: 1000 }
    const [post, uploading, look] = [
      [ofChannel, ofTeam],
      [ofTeam, ofTeam],
      [ofChannel, ofTeam],
    ]
    expect(desk.pace.turns).toEqual([...post, ...uploading, ...look])
    const apart = slack.calls.filter((call) => call !== 'upload_url')
    expect(desk.pace.turns.filter(({ key }) => key === ofTeam.key)).toHaveLength(apart.length)
  })

  it('is posted to a public channel without being a member', async () => {
    slack.channels.change(CHANNEL, { member: false })
    expect(await desk.post()).toMatchObject({ kind: 'posted' })
  })
})

describe('a call', () => {
  const HOSTILE = ['<!channel> <!here> <!subteam^S1> <@U1> @everyone @here ', '<', '!channel>']

  it.each<[Mention | undefined, string[]]>([
    ['here', ['<!here>']],
    ['everyone', ['<!channel>']],
    [{ role: 'S0123ABCD' }, ['<!subteam^S0123ABCD>']],
    [undefined, []],
  ])('%j notifies %j and nobody else, whatever the texts hold', async (call, pings) => {
    await desk.post({ call }, digest({ ...(call && { call }), more: HOSTILE }))
    expect(standing()[0]?.pings).toEqual(pings)
  })

  it('that nobody asked for notifies nobody', async () => {
    await desk.post({ call: undefined }, digest({ call: 'everyone' }))
    await desk.post({ call: { role: 'S1' } }, digest({ call: { role: 'S2' } }))
    expect(standing().map(({ pings }) => pings)).toEqual([[], []])
  })

  it.each(['', 'here', 'S1> <!channel', 'S1|<!here>', '77777777777777777', 'S'.repeat(40)])(
    'to the user group "%s" is none',
    async (role) => {
      await desk.post({ call: { role } }, digest({ call: { role } }))
      expect(standing()[0]?.pings).toEqual([])
      expect(standing()[0]?.words.split('\n')[0]).toBe('Indie games of the week')
    },
  )
})

describe('a post that Slack refuses', () => {
  it.each([
    ['channel_not_found', { kind: 'refused', why: 'no-channel' }],
    ['not_in_channel', { kind: 'refused', why: 'no-access' }],
    ['is_archived', { kind: 'refused', why: 'archived' }],
    ['missing_scope', { kind: 'refused', why: 'missing-scope' }],
    ['token_revoked', { kind: 'refused', why: 'app-removed' }],
    ['account_inactive', { kind: 'refused', why: 'app-removed' }],
    ['restricted_action', { kind: 'refused', why: 'no-permission' }],
    ['restricted_action_read_only_channel', { kind: 'refused', why: 'no-permission' }],
    ['invalid_auth', { kind: 'busy', waitMs: undefined }],
    ['rate_limited', { kind: 'busy', waitMs: undefined }],
    ['ratelimited', { kind: 'busy', waitMs: undefined }],
    ['team_added_to_org', { kind: 'busy', waitMs: undefined }],
    ['invalid_blocks', { kind: 'invalid' }],
    ['msg_too_long', { kind: 'invalid' }],
    ['something_new', { kind: 'invalid' }],
    ['internal_error', { kind: 'lost' }],
    ['fatal_error', { kind: 'lost' }],
    ['<html>', { kind: 'lost' }],
  ] as const)('with %s is %j', async (error, outcome) => {
    slack.fail(POST, { error })
    expect(await desk.post({}, digest({ attachments: [] }))).toMatchObject(outcome)
    expect(calls(POST)).toHaveLength(1)
    expect(standing()).toEqual([])
    expect(desk.lines.at(-1)?.fields).toMatchObject({ delivery: DELIVERY, outcome: outcome.kind })
  })

  it.each([
    [403, { kind: 'busy', waitMs: undefined }],
    [500, { kind: 'lost' }],
    [503, { kind: 'lost' }],
  ] as const)('with HTTP %i is %j', async (status, outcome) => {
    slack.fail(POST, { status, body: '<html>' })
    expect(await desk.post()).toEqual(outcome)
  })

  it.each([
    ['gone', () => slack.channels.remove(CHANNEL), 'no-channel'],
    ['archived', () => slack.channels.change(CHANNEL, { archived: true }), 'archived'],
    ['private', () => slack.channels.add(CHANNEL, { isPrivate: true, member: false }), 'no-channel'],
    [
      'public and needs a member',
      () => {
        slack.channels.change(CHANNEL, { member: false })
        slack.grant(['chat:write'])
      },
      'no-access',
    ],
    ['one without our scope', () => slack.grant(['commands']), 'missing-scope'],
  ] as const)('in a channel that is %s pauses the subscription: %s', async (_what, prepare, why) => {
    prepare()
    expect(await desk.post({}, digest({ attachments: [] }))).toEqual({ kind: 'refused', why })
  })

  it.each(['discord:1', 'slack:T1', 'slack:T1.C1.C2', 'slack:T1.c&x=1'] as const)(
    'never leaves for the channel %s, which is none of Slack’s',
    async (channel) => {
      expect(await desk.poster.post(target({ channel }), digest(), ANY_TIME)).toMatchObject({
        ...{ kind: 'invalid', cause: expect.any(Error) },
      })
      expect(slack.calls).toEqual([])
    },
  )
})

describe('a post whose answer never comes', () => {
  it.each([
    ['reset', false],
    ['lost', true],
  ] as const)('for a %s is lost, and then looked for (it had arrived: %s)', async (failure, arrived) => {
    const since = new Date()
    slack.fail(POST, failure)
    expect(await desk.post()).toEqual({ kind: 'lost' })
    expect(calls(POST)).toHaveLength(1)
    expect((await desk.find({}, since)).kind).toBe(arrived ? 'found' : 'absent')
  })

  it('in time is given up', async () => {
    slack.fail(POST, 'hang')
    expect(await openDesk(slack, { timeoutMs: 300 }).post({}, digest({ attachments: [] }))).toEqual({
      kind: 'lost',
    })
  })

  it('ends with the signal of whoever posts', async () => {
    slack.fail(POST, 'hang')
    const ending = new AbortController()
    const patient = openDesk(slack, { timeoutMs: 120_000 })
    const posted = patient.post({}, digest({ attachments: [] }), { ...ANY_TIME, signal: ending.signal })
    await slack.until(() => calls(POST).length === 1)
    ending.abort()
    expect(await posted).toEqual({ kind: 'lost' })
  })

  it('is certainly not posted where nobody takes the connection', async () => {
    const closed = await startSlackServer({ mode: 'socket' })
    await closed.close()
    const nowhere = openDesk(slack, { apiUrl: closed.options.apiUrl })
    expect(await nowhere.post()).toEqual({ kind: 'busy', waitMs: undefined })
  })
})

describe('a rate limit', () => {
  it('comes back with its wait, after one request', async () => {
    slack.fail(POST, { status: 429, retryAfter: 7 })
    expect(await desk.post()).toEqual({ kind: 'busy', waitMs: 7000 })
    expect(calls(POST)).toHaveLength(1)
    expect(desk.pace.rests).toEqual([{ key: `slack:${TEAM}`, forMs: 7000 }])
  })

  it('of a channel is met by whoever takes no turns', async () => {
    slack.holdClock()
    const deliveries = Array.from({ length: 4 }, (_, at) => `delivery-${at}` as DeliveryId)
    const hasty = openDesk(slack, { pace: instantPace() })
    const outcomes = []
    for (const delivery of deliveries) outcomes.push(await hasty.post({ delivery }))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['posted', 'posted', 'posted', 'busy'])
    expect(slack.channels.limited()).toBe(1)
  })
})

describe('a post that may not leave any more', () => {
  it('is not sent', async () => {
    const outcome = await desk.post({}, digest({ attachments: [] }), { ...ANY_TIME, isOpen: () => false })
    expect(outcome).toEqual({ kind: 'busy', waitMs: undefined })
    expect(slack.calls).toEqual([])
  })

  it('is not sent where its picture took too long', async () => {
    const permit = { ...ANY_TIME, isOpen: () => slack.uploads() === 0 }
    expect(await desk.post({}, digest(), permit)).toEqual({ kind: 'busy', waitMs: undefined })
    expect(calls('files.completeUploadExternal')).toHaveLength(1)
    expect(calls(POST)).toEqual([])
  })

  it('is not waited for past the signal', async () => {
    await expect(desk.poster.turn(target(), AbortSignal.abort())).rejects.toThrow()
  })
})

describe('news for one person', () => {
  const news = digest({ call: 'everyone' })

  it('comes as a direct message that calls nobody', async () => {
    expect(await desk.poster.tell(`slack:${TEAM}.U777`, news)).toBe(true)
    const [message] = slack.channels.directMessagesWith('U777')
    expect(message?.words).toContain('Indie games of the week')
    expect([message?.pings, message?.files]).toEqual([[], []])
  })

  it.each(['conversations.open', POST])('does not reach whoever Slack refuses at %s', async (method) => {
    slack.fail(method, { error: 'user_disabled' })
    expect(await desk.poster.tell(`slack:${TEAM}.U777`, news)).toBe(false)
  })

  it('does not reach whoever takes no direct messages', async () => {
    slack.channels.closeDirectMessages('U777')
    expect(await desk.poster.tell(`slack:${TEAM}.U777`, news)).toBe(false)
  })

  it.each(['discord:1', 'terminal:ada'] as const)('does not reach %s', async (user) => {
    expect(await desk.poster.tell(user, news)).toBe(false)
    expect(slack.calls).toEqual([])
  })
})
