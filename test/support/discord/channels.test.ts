import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGlobalLimit } from './limit.ts'
import { CHANNELS } from './payloads.ts'
import { type DiscordServer, startDiscordServer } from './server.ts'

/** The stand-in would prove nothing of digests if it were more lenient than Discord. */

const GENERAL = CHANNELS.general.id
const MESSAGES = `/channels/${GENERAL}/messages`
const QUIET = { allowed_mentions: { parse: [] } }

let discord: DiscordServer

beforeEach(async () => {
  discord = await startDiscordServer()
})

afterEach(() => discord.stop().catch(() => {}))

type Message = { readonly id: string; readonly content: string }

async function ask(path: string, body?: object): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, answer: await response.json() }
}

const post = (nonce: string, more: object = {}) =>
  ask(MESSAGES, { content: 'x', nonce, enforce_nonce: true, ...QUIET, ...more })

describe('a nonce', () => {
  it('is remembered for two minutes, and then forgotten', async () => {
    const [first, second] = [await post('n'), await post('n')]
    expect(second).toEqual(first)
    discord.advance(120_000)
    await post('n')
    expect(discord.channels.messagesIn(GENERAL)).toHaveLength(2)
  })

  it.each([
    ['that is not enforced', { enforce_nonce: false }],
    ['of 26 characters', { nonce: 'n'.repeat(26) }],
  ])('%s is a fault', async (_what, more) => {
    expect((await post('n', more)).status).toBe(400)
    expect(discord.violations).toHaveLength(1)
  })
})

it.each([
  ['everybody by default', { allowed_mentions: undefined }],
  ['whoever is named', { allowed_mentions: { parse: ['users'] } }],
  ['any role', { allowed_mentions: { parse: ['roles'] } }],
  ['somebody', { allowed_mentions: { parse: [], users: ['1'] } }],
])('a post that may notify %s is a fault', async (_what, more) => {
  expect((await post('n', more)).status).toBe(400)
  expect(discord.violations).toHaveLength(1)
})

describe('a list of messages', () => {
  const list = async (query: string) => {
    const { answer } = await ask(`${MESSAGES}?${query}`)
    return (answer as Message[]).map(({ id }) => id)
  }

  it('holds the next ones after an id or the last ones before it, the newest first', async () => {
    const ids = Array.from({ length: 5 }, () => discord.channels.say(GENERAL).id)
    const [first = '', second, third, fourth, fifth = ''] = ids
    expect(await list(`after=${first}&limit=2`)).toEqual([third, second])
    expect(await list(`before=${fifth}&limit=2`)).toEqual([fourth, third])
    expect(await list('limit=100')).toEqual(ids.toReversed())
  })

  it('is empty, with a 200, for whoever may not read the history', async () => {
    discord.channels.say(GENERAL)
    discord.channels.forbid(GENERAL, 'ReadMessageHistory')
    expect(await ask(MESSAGES)).toEqual({ status: 200, answer: [] })
  })

  it('does not show what other people write', async () => {
    discord.channels.say(GENERAL, 'secret')
    expect(await ask(MESSAGES)).toMatchObject({ answer: [{ content: '', components: [] }] })
  })

  it('of more than a hundred is a fault', async () => {
    expect((await ask(`${MESSAGES}?limit=101`)).status).toBe(400)
    expect(discord.violations).toHaveLength(1)
  })
})

describe('the limit of the whole bot', () => {
  it('takes fifty requests within any second, and says when the next may come', () => {
    let at = 0
    const limit = createGlobalLimit(() => at)
    const take = () => limit.refuse(MESSAGES)
    for (; at < 500; at += 10) expect(take()).toBeUndefined()
    expect(take()).toMatchObject({
      status: 429,
      body: { global: true, retry_after: 0.5 },
      headers: { 'retry-after': '1', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
    })
    at = 999
    expect(take()?.status).toBe(429)
    at = 1000
    expect(take()).toBeUndefined()
    expect(take()?.status).toBe(429)
    expect(limit.refused()).toBe(3)
  })

  it('does not count answers to interactions', () => {
    const limit = createGlobalLimit(() => 0)
    for (let count = 0; count < 200; count += 1) {
      expect(limit.refuse('/interactions/1/t/callback')).toBeUndefined()
      expect(limit.refuse('/webhooks/1/t/messages/@original')).toBeUndefined()
    }
    expect(limit.refuse(MESSAGES)).toBeUndefined()
  })

  it('holds for requests', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask('/users/@me')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(discord.limited)
  })
})
