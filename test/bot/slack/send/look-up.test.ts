import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OTHER_DELIVERY } from '../../../support/builders/digests.ts'
import { type Desk, openDesk } from '../../../support/slack/digest-desk.ts'
import { CHANNEL } from '../../../support/slack/payloads.ts'
import { type Failure, type SlackServer, startSlackServer } from '../../../support/slack/server.ts'

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

describe('a look among the messages', () => {
  it('finds the post by what it carries', async () => {
    const since = new Date()
    await desk.post({ delivery: OTHER_DELIVERY })
    const posted = await desk.post()
    expect(await desk.find({}, since)).toEqual({ ...posted, kind: 'found' })
  })

  it.each([0, 200, 201, 650])(
    'finds it behind %i younger ones, or knows that it is not there',
    async (count) => {
      const since = new Date()
      const posted = await desk.post()
      for (let said = 0; said < count; said += 1) slack.channels.say(CHANNEL)
      expect(await desk.find({}, since)).toEqual({ ...posted, kind: 'found' })
      expect(await desk.find({ delivery: OTHER_DELIVERY }, since)).toEqual({ kind: 'absent' })
    },
  )

  it('reads what may have been posted within an hour, and no more', async () => {
    for (let said = 0; said < 300; said += 1) slack.channels.say(CHANNEL)
    slack.passTime(20 * 60_000)
    await desk.post()
    slack.passTime(80 * 60_000)
    for (let said = 0; said < 300; said += 1) slack.channels.say(CHANNEL)
    const since = new Date(Date.now() + 20 * 60_000)
    expect((await desk.find({}, since)).kind).toBe('found')
    expect((await desk.find({ delivery: OTHER_DELIVERY }, since)).kind).toBe('absent')
    expect(calls('conversations.history')).toHaveLength(2)
  })

  it('gives up in a channel that says more in that hour than can be read', async () => {
    const since = new Date()
    for (let said = 0; said < 4100; said += 1) slack.channels.say(CHANNEL)
    expect(await desk.find({}, since)).toEqual({ kind: 'blind' })
    expect(calls('conversations.history')).toHaveLength(20)
  })

  it('goes on from where Slack made it wait, where it gives 15 messages and one call a minute', async () => {
    const since = new Date()
    const posted = await desk.post()
    for (let said = 0; said < 70; said += 1) slack.channels.say(CHANNEL)
    slack.channels.leaveDirectory()
    for (let look = 0; look < 4; look += 1) {
      expect(await desk.find({}, since)).toMatchObject({ kind: 'busy' })
      slack.passTime(60_000)
    }
    expect(await desk.find({}, since)).toEqual({ ...posted, kind: 'found' })
  })

  it('begins anew for another time, and after it has ended', async () => {
    const since = new Date()
    for (let said = 0; said < 20; said += 1) slack.channels.say(CHANNEL)
    slack.channels.leaveDirectory()
    expect(await desk.find({}, since)).toMatchObject({ kind: 'busy' })
    slack.passTime(60_000)
    expect(await desk.find({}, since)).toEqual({ kind: 'absent' })
    slack.passTime(60_000)
    expect(await desk.find({}, since)).toMatchObject({ kind: 'busy' })
    slack.passTime(60_000)
    expect(await desk.find({}, new Date(since.getTime() + 1))).toMatchObject({ kind: 'busy' })
  })

  it.each([
    ['the scope is missing', () => slack.grant(['chat:write'])],
    ['the app is no member', () => slack.channels.change(CHANNEL, { member: false })],
    ['the channel is private', () => slack.channels.add(CHANNEL, { isPrivate: true, member: false })],
    ['the channel is gone', () => slack.channels.remove(CHANNEL)],
  ])('says nothing where %s', async (_what, prepare) => {
    await desk.post()
    prepare()
    expect(await desk.find()).toEqual({ kind: 'blind' })
  })

  it('reads a private channel with the scope for those', async () => {
    slack.channels.add(CHANNEL, { isPrivate: true })
    slack.grant(['chat:write', 'groups:history'])
    expect(await desk.find()).toEqual({ kind: 'absent' })
    slack.grant(['chat:write', 'channels:history'])
    expect(await desk.find()).toEqual({ kind: 'blind' })
  })

  const failures: readonly (readonly [Failure, object])[] = [
    [
      { status: 429, retryAfter: 60 },
      { kind: 'busy', waitMs: 60_000 },
    ],
    [{ status: 500 }, { kind: 'busy', waitMs: undefined }],
    ['reset', { kind: 'busy', waitMs: undefined }],
    [{ error: 'internal_error' }, { kind: 'busy', waitMs: undefined }],
    [{ error: 'token_revoked' }, { kind: 'refused', why: 'app-removed' }],
    [{ error: 'invalid_arguments' }, { kind: 'blind' }],
  ]
  it.each(failures)('that fails with %j says %j', async (failure, found) => {
    slack.fail('conversations.history', failure)
    expect(await desk.find()).toEqual(found)
    // Messages have other limits.
    expect(desk.pace.rests).toEqual([])
  })
})
