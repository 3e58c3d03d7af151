import fc from 'fast-check'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../bot/config/config.ts'
import { createClosers } from '../../../bot/context/closers.ts'
import { accessOf, createTries, isLocalHost, isSame } from '../../../bot/playground/access.ts'
import { openPlayground } from '../../../bot/playground/open.ts'
import { mountPlayground, type Playground } from '../../../bot/playground/routes.ts'

const TOKEN = 'a-token-of-the-operator'
const http = { host: '127.0.0.1', port: 3000, publicUrl: undefined, playgroundToken: undefined }

describe('who may use the playground', () => {
  it.each(['127.0.0.1', '::1', 'localhost', '127.8.0.1'])('is a browser on this machine at %s', (host) => {
    expect(accessOf({ ...http, host })).toEqual({ kind: 'local' })
  })

  it.each(['0.0.0.0', '::', '10.0.0.5', '127.0.0.1.example.com', 'localhost.example.com'])(
    'is nobody at %s without a token',
    (host) => {
      expect(accessOf({ ...http, host })).toEqual({ kind: 'off', why: `HTTP_HOST is ${host}` })
      expect(accessOf({ ...http, host, playgroundToken: TOKEN })).toMatchObject({ kind: 'token' })
    },
  )

  it('is nobody where a public address leads here without a token', () => {
    expect(accessOf({ ...http, publicUrl: 'https://bot.example.com' })).toMatchObject({ kind: 'off' })
  })

  it.each([
    ['localhost:3000', true],
    ['127.0.0.1', true],
    ['[::1]:3000', true],
    ['evil.example.com:3000', false],
    ['localhost.evil.example.com', false],
    ['127.0.0.1.evil.example.com', false],
    [undefined, false],
  ])('knows of the name %s whether it is of this machine', (host, isOwn) => {
    expect(isLocalHost(host)).toBe(isOwn)
  })

  it('takes the token alone for the token', () => {
    fc.assert(fc.property(fc.string(), (given) => isSame(given, TOKEN) === (given === TOKEN)))
    expect(isSame(TOKEN, TOKEN)).toBe(true)
  })

  it('lets nobody try forever', () => {
    let at = 0
    const tries = createTries(() => new Date(at))
    for (let count = 0; count < 5; count += 1) expect(tries('1.2.3.4')).toBe(0)
    expect(tries('1.2.3.4')).toBeGreaterThan(0)
    expect(tries('1.2.3.5')).toBe(0)
    at += 12_000
    expect(tries('1.2.3.4')).toBe(0)
  })
})

it('is off where others could reach it without a token, and the log says why', async () => {
  const lines: string[] = []
  const config = readConfig({ HTTP_HOST: '0.0.0.0' })
  const log = (_level: string, message: string) => void lines.push(message)
  const needs = {} as Parameters<typeof openPlayground>[1]
  expect(await openPlayground({ config, log, closers: createClosers() }, needs)).toBeUndefined()
  expect(lines).toEqual([
    expect.stringMatching(/playground is off: HTTP_HOST is 0\.0\.0\.0.*PLAYGROUND_TOKEN/),
  ])
})

const nothing = async () => []

/** Whatever passes ends in a side that answers nothing. */
function playground(access: Playground['access']): Playground {
  const side = { command: nothing, press: nothing, complete: nothing }
  return {
    access,
    door: { log: () => {} } as unknown as Playground['door'],
    sides: { discord: side, slack: side },
    samplePlayers: nothing,
    page: async () => ({ parts: [], evaluation: undefined, isSample: false, examples: ['/recommend'] }),
  }
}

async function serve(access: Playground['access']) {
  const server = fastify()
  await mountPlayground(server, playground(access))
  return server
}

const ask = { side: 'slack', lang: 'en', line: '/help' }
const own = { host: 'localhost:3000', origin: 'http://localhost:3000' }

describe('the routes of the playground', () => {
  it('refuse a name that was bound to this machine by a stranger', async () => {
    const server = await serve({ kind: 'local' })
    const get = (host: string) => server.inject({ url: '/', headers: { host } })
    expect((await get('evil.example.com')).statusCode).toBe(403)
    expect((await get('localhost:3000')).statusCode).toBe(200)
  })

  it.each([
    [{ host: 'localhost:3000' }, 403],
    [{ host: 'localhost:3000', origin: 'https://evil.example.com' }, 403],
    [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, 403],
    [{ host: 'localhost:3000', origin: 'null' }, 403],
  ])('take nothing from another page: %j', async (headers, status) => {
    const server = await serve({ kind: 'local' })
    const answer = await server.inject({ method: 'POST', url: '/playground/ask', headers, payload: ask })
    expect(answer.statusCode).toBe(status)
  })

  it('let nobody in without the token, whatever they bring', async () => {
    const server = await serve({ kind: 'token', token: TOKEN, publicUrl: undefined })
    const urls = ['ask', 'press', 'complete', 'library']
    for (const cookie of ['', `indiescout_playground=${TOKEN}`, 'indiescout_playground=x']) {
      for (const url of urls) {
        const request = {
          method: 'POST',
          url: `/playground/${url}`,
          headers: { ...own, cookie },
          payload: ask,
        } as const
        expect((await server.inject(request)).statusCode).toBe(401)
      }
      const page = await server.inject({ url: '/', headers: { ...own, cookie } })
      expect(page.statusCode).toBe(401)
      expect(page.body).not.toContain('id="ask"')
      expect(
        (await server.inject({ url: '/playground/page.js', headers: { ...own, cookie } })).statusCode,
      ).toBe(401)
    }
  })

  it('keep whoever has signed in, and no longer than the token holds', async () => {
    const server = await serve({ kind: 'token', token: TOKEN, publicUrl: 'https://play.example.com' })
    const headers = { host: 'play.example.com', origin: 'https://play.example.com' }
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
    const login = (token: string) =>
      server.inject({ method: 'POST', url: '/playground/login', headers: form, payload: `token=${token}` })
    expect((await login('wrong')).statusCode).toBe(401)
    const answer = await login(TOKEN)
    expect(answer.statusCode).toBe(303)
    const [cookie] = answer.cookies
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' })
    const carried = { ...headers, cookie: `${cookie?.name}=${cookie?.value}` }
    expect((await server.inject({ url: '/', headers: carried })).statusCode).toBe(200)
    const other = await serve({ kind: 'token', token: `${TOKEN}2`, publicUrl: undefined })
    expect((await other.inject({ url: '/', headers: carried })).statusCode).toBe(401)
  })

  it('stop guessing', async () => {
    const server = await serve({ kind: 'token', token: TOKEN, publicUrl: undefined })
    const guess = () =>
      server.inject({
        method: 'POST',
        url: '/playground/login',
        headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'token=guess',
      })
    const statuses: number[] = []
    for (let count = 0; count < 7; count += 1) statuses.push((await guess()).statusCode)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it('explain what went wrong, and leave the cause to the log', async () => {
    const broken = playground({ kind: 'local' })
    const server = fastify()
    const fail = async () => {
      throw new Error('a secret')
    }
    await mountPlayground(server, {
      ...broken,
      sides: { ...broken.sides, slack: { command: fail, press: fail } },
    })
    const request = { method: 'POST', url: '/playground/ask', headers: own, payload: ask } as const
    const answer = await server.inject(request)
    expect(answer.statusCode).toBe(500)
    expect(answer.json().problem).toMatch(/reference \w{6}/)
    expect(answer.body).not.toContain('secret')
  })

  it('forbid whatever does not come from here, but for Steam’s pictures', async () => {
    const server = await serve({ kind: 'local' })
    const { headers, body } = await server.inject({ url: '/', headers: own })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*(?!\.steamstatic)/)
    expect(body).not.toMatch(/<script(?! type="module" src=)|\son\w+=|\sstyle=|<style/)
  })

  it.each([
    { ...ask, side: 'terminal' },
    { ...ask, lang: 'xx' },
    { ...ask, line: 'x'.repeat(2001) },
    { ...ask, player: 'somebody' },
    {},
    [],
  ])('refuse what the page never sends: %#', async (payload) => {
    const server = await serve({ kind: 'local' })
    const answer = await server.inject({ method: 'POST', url: '/playground/ask', headers: own, payload })
    expect(answer.statusCode).toBe(400)
  })
})
