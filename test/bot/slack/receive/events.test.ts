import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SlackBot, startSlackBot } from '../../../support/slack/bot.ts'
import { formBody, postEvent, signature } from '../../../support/slack/events.ts'
import { commandPayload } from '../../../support/slack/payloads.ts'

const MINUTE = 60

let running: SlackBot
let body: string

beforeEach(async () => {
  running = await startSlackBot('http')
  // A response URL that Slack no longer knows: what is answered here is not looked at.
  const gone = new URL('/respond/gone', running.slack.options.apiUrl).href
  body = formBody('slash_commands', commandPayload('/recommend', 'x', { user: 'U777', responseUrl: gone }))
})

afterEach(() => running.close())

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

function sign(text: string, atSeconds = nowSeconds(), secret = signingSecret()): Record<string, string> {
  return signature(secret, text, atSeconds)
}

function signingSecret(): string {
  const { mode } = running.slack.options
  return mode.kind === 'http' ? mode.signingSecret : expect.unreachable()
}

describe('a request that is not from Slack', () => {
  it.each([
    ['has another signature', () => sign(body, nowSeconds(), 'not-the-secret')],
    ['was signed for another body', () => sign(`${body}&text=y`)],
    ['is older than five minutes', () => sign(body, nowSeconds() - 5 * MINUTE - 2)],
    ['comes from more than five minutes ahead', () => sign(body, nowSeconds() + 5 * MINUTE + 2)],
    ['has no signature', () => ({})],
    ['has a time that is none', () => ({ ...sign(body), 'x-slack-request-timestamp': 'soon' })],
  ])('is refused: it %s', async (_why, headers) => {
    const response = await postEvent(running.eventsUrl, body, headers())
    expect(response.status).toBe(401)
    expect(running.asks).toEqual([])
  })

  it('is not found on any other path', async () => {
    const response = await postEvent(running.eventsUrl.replace('events', 'other'), body, sign(body))
    expect(response.status).toBe(404)
  })
})

describe('a request from Slack', () => {
  it('may be nearly five minutes off', async () => {
    const { slack } = running
    const next = body.replace(/trigger_id=[^&]*/, 'trigger_id=another')
    const early = await postEvent(running.eventsUrl, body, sign(body, nowSeconds() + 5 * MINUTE - 5))
    const late = await postEvent(running.eventsUrl, next, sign(next, nowSeconds() - 5 * MINUTE + 5))
    expect([early.status, late.status]).toEqual([200, 200])
    await slack.until(() => running.troubles().length === 4)
    expect(running.asks).toHaveLength(2)
  })

  it('is refused, and does no harm, when its body is nonsense', async () => {
    const response = await postEvent(running.eventsUrl, 'payload={', sign('payload={'))
    expect(response.status).toBe(400)
  })

  const FORM = 'application/x-www-form-urlencoded'
  const nothing: readonly (readonly [string, string])[] = [
    ...[
      'null',
      '1',
      '-0',
      '"null"',
      'true',
      'false',
      '[]',
      '[null]',
      '[{"type":"x"}]',
      '',
      '{',
      '{}',
      'nul',
    ].map((json) => [json, 'application/json'] as const),
    ...['{"event":null}', '{"type":null}', '{"type":"event_callback","event":5}', '{"actions":[]}'].map(
      (json) => [json, 'application/json'] as const,
    ),
    ...[
      '{"type":"block_actions","actions":[null]}',
      '{"command":["/help"]}',
      '{"__proto__":{"type":"x"}}',
    ].map((json) => [json, 'application/json'] as const),
    ...['', 'x', 'payload', 'payload=', 'payload=null', 'payload=1', 'payload=%22x%22', 'payload=[]'].map(
      (form) => [form, FORM] as const,
    ),
    ...['payload={}&payload={}', 'command=/a&command=/b', 'payload=%7B%22type%22%3Anull%7D', '%'].map(
      (form) => [form, FORM] as const,
    ),
    ['null', `${FORM}; charset=utf-8`],
    ['null', 'text/plain'],
  ]
  it.each(nothing)('is refused where it is signed and says nothing: %j as %s', async (text, type) => {
    const headers = { ...sign(text), 'content-type': type }
    expect((await postEvent(running.eventsUrl, text, headers)).status).toBe(400)
    expect(running.asks).toEqual([])
  })

  it('is refused where it is larger than any of Slack', async () => {
    const large = `payload=${'x'.repeat(1024 * 1024)}`
    expect((await postEvent(running.eventsUrl, large, sign(large))).status).toBe(413)
  })

  it('does no harm, whatever its values are', async () => {
    const values = [null, 0, '', [], {}, [null], { id: null }]
    const bodies = ['user', 'team', 'channel', 'actions', 'command', 'event', 'text', 'team_id'].flatMap(
      (name) =>
        values.flatMap((value) => [
          JSON.stringify({ type: 'block_actions', actions: [{}], [name]: value }),
          JSON.stringify({ command: '/recommend', [name]: value }),
          JSON.stringify({ type: 'event_callback', event: { type: 'app_uninstalled' }, [name]: value }),
        ]),
    )
    const answers = await Promise.all(
      bodies.map((text) =>
        postEvent(running.eventsUrl, text, { ...sign(text), 'content-type': 'application/json' }),
      ),
    )
    for (const { status } of answers) expect([200, 400, 404, 500]).toContain(status)
    await postEvent(running.eventsUrl, body, sign(body))
    await running.slack.until(() => running.asks.length > 0)
  })

  it('is answered once, however often it is delivered', async () => {
    for (const retry of [undefined, '1', '2', '3']) {
      const headers = { ...sign(body), ...(retry && { 'x-slack-retry-num': retry }) }
      expect((await postEvent(running.eventsUrl, body, headers)).status).toBe(200)
    }
    await running.slack.until(() => running.troubles().length > 0)
    expect(running.asks).toHaveLength(1)
  })

  it('is acknowledged and logged with a reference when it lacks what we need', async () => {
    const odd = 'command=%2Frecommend&text=x&team_id=T111&user_id=%3Cscript%3E'
    const response = await postEvent(running.eventsUrl, odd, sign(odd))
    expect(response.status).toBe(200)
    await running.slack.until(() => running.troubles().length > 0)
    expect(running.troubles()[0]).toMatchObject({
      level: 'error',
      message: 'a request from Slack failed',
      fields: { reference: expect.stringMatching(/^[0-9a-f]{6}$/) },
    })
    expect(running.asks).toEqual([])
  })

  it('may be the challenge that verifies the address', async () => {
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
    const response = await postEvent(running.eventsUrl, challenge, {
      ...sign(challenge),
      'content-type': 'application/json',
    })
    expect(await response.json()).toEqual({ challenge: 'abc' })
  })
})
