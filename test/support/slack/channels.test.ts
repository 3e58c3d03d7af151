import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPostLimits } from './limits.ts'
import { CHANNEL } from './payloads.ts'
import { type SlackServer, startSlackServer } from './server.ts'

/** The stand-in would prove nothing of digests if it were more lenient than Slack. */

let slack: SlackServer

beforeEach(async () => {
  slack = await startSlackServer({ mode: 'socket' })
})

afterEach(() => slack.close().catch(() => {}))

async function ask(method: string, fields: Record<string, string>) {
  const response = await fetch(`${slack.options.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.options.botToken}` },
    body: new URLSearchParams(fields),
  })
  const text = await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    answer: text && JSON.parse(text),
  }
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
const post = (blocks: readonly object[], more: Record<string, string> = {}) =>
  ask('chat.postMessage', {
    ...{ channel: CHANNEL, text: 'x', unfurl_links: 'false', unfurl_media: 'false' },
    blocks: JSON.stringify(blocks),
    ...more,
  })

async function upload({ complete }: { readonly complete: boolean }): Promise<string> {
  const { answer } = await ask('files.getUploadURLExternal', { filename: 'a.png', length: '3' })
  await fetch(answer.upload_url, { method: 'POST', body: 'png' })
  const files = JSON.stringify([{ id: answer.file_id }])
  if (complete) await ask('files.completeUploadExternal', { files })
  return answer.file_id
}

describe('a post', () => {
  const picture = (id: string) => ({ type: 'image', slack_file: { id }, alt_text: 'A picture' })

  it('shows a picture that was uploaded whole, to nobody else', async () => {
    expect((await post([picture(await upload({ complete: true }))])).answer).toMatchObject({ ok: true })
    expect(slack.files).toEqual([])
  })

  it.each([
    ['begun', () => upload({ complete: false })],
    ['never begun', async () => 'F0123456789'],
  ])('with a picture whose upload was %s is refused', async (_what, file) => {
    expect((await post([section('x'), picture(await file())])).answer).toMatchObject({
      ...{ ok: false, error: 'invalid_blocks' },
      errors: ['invalid slack file [json-pointer:/blocks/1/slack_file]'],
    })
    expect(slack.violations).toEqual([])
  })

  it.each([
    ['a picture without words', [{ ...picture('F0123456789'), alt_text: '' }], {}],
    ['previews of its links', [section('x')], { unfurl_links: 'true' }],
    ['metadata in no shape of Slack’s', [section('x')], { metadata: '{"delivery":"x"}' }],
    ['a stray bracket', [section('<!here> a > b')], {}],
    ['a call that Slack does not know', [section('<!all>')], {}],
  ])('with %s is a fault', async (_what, blocks, more) => {
    expect((await post(blocks, more)).answer).toMatchObject({ ok: false })
    expect(slack.violations).not.toEqual([])
  })

  it('notifies whoever is called', async () => {
    await post([section('<!here> <!subteam^S1> here')])
    expect(slack.channels.postsIn(CHANNEL)[0]?.pings).toEqual(['<!here>', '<!subteam^S1>'])
  })

  it('too many at once in a channel are refused with a time to wait', async () => {
    slack.holdClock()
    const answers = []
    for (let count = 0; count < 4; count += 1) answers.push(await post([section('x')]))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(answers.at(-1)?.retryAfter).toBe('1')
  })
})

describe('a history', () => {
  const read = async (more: Record<string, string> = {}) =>
    (await ask('conversations.history', { channel: CHANNEL, ...more })).answer
  const metadata = '{"event_type":"e","event_payload":{"a":"b"}}'

  it('leads from page to page, the newest first', async () => {
    for (const text of ['a', 'b', 'c']) slack.channels.say(CHANNEL, text)
    const first = await read({ limit: '2' })
    expect(first.messages).toMatchObject([{ text: 'c' }, { text: 'b' }])
    const second = await read({ limit: '2', cursor: first.response_metadata.next_cursor })
    expect(second.messages).toMatchObject([{ text: 'a' }])
    expect(second.response_metadata).toBeUndefined()
  })

  it('holds metadata for whoever asks for it', async () => {
    await post([section('x')], { metadata })
    expect((await read()).messages[0].metadata).toBeUndefined()
    const { messages } = await read({ include_all_metadata: 'true' })
    expect(messages[0].metadata).toEqual(JSON.parse(metadata))
  })
})

describe('the limits', () => {
  it('take three messages to a channel at once, and then one a second', () => {
    let at = 0
    const limits = createPostLimits(() => at)
    expect([1, 2, 3, 4].map(() => limits.take('C1'))).toEqual([0, 0, 0, 1])
    expect(limits.take('C2')).toBe(0)
    at = 1000
    expect([limits.take('C1'), limits.take('C1')]).toEqual([0, 1])
    expect(limits.refused()).toBe(2)
  })

  it('take some hundred messages a minute to a workspace', () => {
    let at = 0
    const limits = createPostLimits(() => at)
    const taken = Array.from({ length: 400 }, (_, channel) => limits.take(`C${channel}`))
    expect(new Set(taken)).toEqual(new Set([0]))
    expect(limits.take('C400')).toBe(60)
    at = 60_000
    expect(limits.take('C400')).toBe(0)
  })
})
