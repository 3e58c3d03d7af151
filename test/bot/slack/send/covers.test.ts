import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cover, digest } from '../../../support/builders/digests.ts'
import { channelKey, type Desk, openDesk } from '../../../support/slack/digest-desk.ts'
import { CHANNEL } from '../../../support/slack/payloads.ts'
import { type Failure, type SlackServer, startSlackServer } from '../../../support/slack/server.ts'

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
const channels = (count: number) =>
  Array.from({ length: count }, (_, at) => channelKey(slack.channels.add(`C0000000${at}`)))

describe('a cover', () => {
  it('is uploaded once for all channels, also where they are posted to at once', async () => {
    const outcomes = await Promise.all(channels(4).map((channel) => desk.post({ channel })))
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(4).fill('posted'))
    expect(slack.uploads()).toBe(1)
    expect(new Set(slack.channels.posts().flatMap(({ files }) => files)).size).toBe(1)
    expect(slack.files).toEqual([])
  })

  it('is uploaded for each picture', async () => {
    const [first, second] = channels(2)
    await desk.post({ ...(first && { channel: first }) })
    await desk.post({ ...(second && { channel: second }) }, digest({ attachments: [cover('Other games')] }))
    expect(slack.uploads()).toBe(2)
  })

  const failures: readonly (readonly [string, Failure])[] = [
    ['files.getUploadURLExternal', { error: 'file_uploads_disabled' }],
    ['files.getUploadURLExternal', { status: 429, retryAfter: 30 }],
    ['files.completeUploadExternal', { error: 'storage_limit_reached' }],
    ['files.completeUploadExternal', 'reset'],
  ]
  it.each(failures)('that fails at %s with %j is left out, for a while', async (method, failure) => {
    slack.fail(method, failure)
    const [first, second, third] = channels(3)
    for (const channel of [first, second]) await desk.post({ ...(channel && { channel }) })
    expect(slack.channels.posts().map(({ files }) => files)).toEqual([[], []])
    expect(calls('files.getUploadURLExternal')).toHaveLength(1)
    expect(desk.lines.map(({ level, message }) => `${level}: ${message}`)).toContain(
      'warn: could not upload a cover to Slack; the digest is posted without it',
    )
    desk.passTime(61_000)
    await desk.post({ ...(third && { channel: third }) })
    expect(slack.channels.posts().at(-1)?.files).toHaveLength(1)
  })

  it('that Slack is not ready to show is tried again', async () => {
    slack.filesNotReadyFor(2)
    expect(await desk.post()).toMatchObject({ kind: 'posted' })
    expect(standing().map(({ files }) => files.length)).toEqual([1])
    expect(calls(POST)).toHaveLength(3)
  })

  it('that Slack never shows is left out, and not tried with the next digest', async () => {
    slack.filesNotReadyFor(3)
    const [first, second] = channels(2)
    for (const channel of [first, second]) await desk.post({ ...(channel && { channel }) })
    expect(slack.channels.posts().map(({ files }) => files.length)).toEqual([0, 0])
    expect(calls(POST)).toHaveLength(5)
  })

  it('is not waited for where the blocks themselves are refused', async () => {
    slack.fail(POST, { error: 'invalid_blocks' })
    expect(await desk.post()).toMatchObject({ kind: 'invalid' })
    expect(calls(POST)).toHaveLength(1)
  })
})
