import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHttp } from '../../../bot/app/http.ts'
import { loginUrlAt } from '../../../bot/platform/steam-login.ts'
import { createApp } from '../../../core/app.ts'
import type { SteamId, UserKey } from '../../../core/ids.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { memoryPorts } from '../../support/fakes/ports.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { type OpenIdServer, startOpenId } from '../../support/steam/open-id-server.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId
const USER: UserKey = 'discord:1234'

/** The program behind a proxy that takes `/scout` off: what is public differs from what is served. */
const PUBLIC_URL = 'https://bot.example/scout'

const db = await testDatabase()
let now = new Date()
const accounts = createAccounts(db, () => now)
const lines: unknown[] = []
let steam: OpenIdServer
let http: Awaited<ReturnType<typeof startHttp>>

beforeAll(async () => {
  steam = await startOpenId()
  const app = createApp(memoryPorts({ accounts }))
  const openId = { provider: steam.provider, now: () => now }
  http = await startHttp({
    host: '127.0.0.1',
    port: 0,
    health: async () => ({}),
    steamLogin: {
      ...{ publicUrl: PUBLIC_URL, openId, app, accounts },
      log: (level, message) => void lines.push([level, message]),
    },
  })
})

afterAll(async () => {
  await http.stop()
  await steam.stop()
})

beforeEach(async () => {
  now = new Date()
  steam.answerWith(undefined)
  await db.deleteFrom('warehouse.link').execute()
  await db.deleteFrom('warehouse.person').execute()
})

/** Links an account, and gives the address that the chat shows. */
async function addressFor(user: UserKey = USER, steamId = ROBIN, code = `code-${user}`): Promise<string> {
  await accounts.startLink({ user, steamId, code }, new Date(now.getTime() + 15 * 60_000))
  return loginUrlAt(PUBLIC_URL)?.(code) ?? ''
}

/** As a browser does, through the proxy. */
async function visit(address: string | URL, language = 'en'): Promise<{ status: number; page: string }> {
  const { origin, pathname, search } = new URL(address)
  expect(`${origin}${pathname}`).toMatch(/^https:\/\/bot\.example\/scout\/steam\/(login|return)$/)
  const local = `${http.url}${pathname.replace('/scout', '')}${search}`
  const response = await fetch(local, { headers: { 'accept-language': language } })
  return { status: response.status, page: await response.text() }
}

/** Opens the address, follows the link to Steam and signs in there. */
async function signIn(
  address: string,
  steamId: string,
  change?: Readonly<Record<string, string>>,
): Promise<URL> {
  const { page } = await visit(address)
  const href = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return steam.signIn(href, steamId, change)
}

const isProven = async (user = USER) => (await accounts.link(user))?.proven ?? false

describe('the sign-in through Steam', () => {
  it('proves nothing for a visitor of the playground', async () => {
    const address = await addressFor('playground:20260101-x')
    expect((await visit(address)).status).toBe(410)
  })

  it('proves the account of whoever comes back from Steam', async () => {
    const address = await addressFor()
    const { status, page } = await visit(await signIn(address, ROBIN))
    expect({ status, page }).toEqual({ status: 200, page: expect.stringContaining(`Verified: ${ROBIN}`) })
    expect(await isProven()).toBe(true)
  })

  it('says first whose link it proves, as often as somebody looks', async () => {
    const address = await addressFor()
    for (let i = 0; i < 3; i += 1) {
      const { status, page } = await visit(address)
      expect(status).toBe(200)
      expect(page).toContain('The Discord account 1234')
      expect(page).toContain(ROBIN)
      expect(page).toContain('close the page')
    }
    expect(await isProven()).toBe(false)
  })

  it('speaks the language that somebody chose, else their browser’s', async () => {
    const address = await addressFor()
    expect((await visit(address, 'ko-KR,en;q=0.5')).page).toContain('Steam에 로그인하기')
    expect((await visit(`${address}x`, 'ko')).page).toContain('더 이상 쓸 수 없어요')
    await accounts.setLocale(USER, 'ko')
    const { page } = await visit(address)
    expect(page).toContain('<html lang="ko">')
    expect(page).toContain('Steam에 로그인하기')
  })

  it('shows what it is given as text', async () => {
    const address = await addressFor('discord:<script>alert("1")</script>')
    const { page } = await visit(address)
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
  })

  it('takes no answer twice', async () => {
    const back = await signIn(await addressFor(), ROBIN)
    await visit(back)
    await accounts.unlink(USER)
    expect((await visit(back)).status).toBe(410)
    await addressFor(USER, ROBIN, 'another-code')
    expect((await visit(back)).status).toBe(410)
    const moved = new URL(back)
    moved.searchParams.set('state', 'another-code')
    expect((await visit(moved)).status).toBe(403)
    expect(await isProven()).toBe(false)
  })

  it('takes no answer that Steam would not vouch for', async () => {
    const back = await signIn(await addressFor(), MARIAN)
    const forged = `${new URL(steam.provider).origin}/openid/id/${ROBIN}`
    back.searchParams.set('openid.claimed_id', forged)
    back.searchParams.set('openid.identity', forged)
    const before = steam.checks.length
    expect((await visit(back)).status).toBe(403)
    expect(steam.checks.length).toBe(before + 1)
    expect(await isProven()).toBe(false)
  })

  it('is no proof for another account than the one that was linked', async () => {
    const { status, page } = await visit(await signIn(await addressFor(), MARIAN))
    expect(status).toBe(403)
    expect(page).toContain(`a different Steam account than ${ROBIN}`)
    expect(await isProven()).toBe(false)
  })

  const elsewhere = `https://evil.example/openid/id/${ROBIN}`
  it.each<[string, Record<string, string>]>([
    ['for another address', { return_to: `${PUBLIC_URL}/steam/return?state=other` }],
    ['for another site', { return_to: 'https://evil.example/steam/return' }],
    ['from another provider', { op_endpoint: 'https://evil.example/openid/login' }],
    ['about an account elsewhere', { claimed_id: elsewhere, identity: elsewhere }],
    ['with two accounts', { identity: elsewhere }],
    ['that does not sign the account', { signed: 'signed,op_endpoint,identity,return_to,response_nonce' }],
    ['that does not sign the way back', { signed: 'signed,op_endpoint,claimed_id,identity,response_nonce' }],
    ['that was cancelled', { mode: 'cancel' }],
    ['of another version', { ns: 'http://openid.net/signon/1.1' }],
    ['that is old', { response_nonce: '2020-01-01T00:00:00Zabc' }],
    ['without a time', { response_nonce: 'abc' }],
  ])('takes no answer %s, however well signed', async (_what, change) => {
    const before = steam.checks.length
    const { status } = await visit(await signIn(await addressFor(), ROBIN, change))
    expect(status).toBe(403)
    expect(steam.checks.length).toBe(before)
    expect(await isProven()).toBe(false)
  })

  it.each(['nonsense', '76561197960287930x', '103582791429521412', '1'])(
    'takes no answer about what is no person’s account: %s',
    async (steamId) => {
      expect((await visit(await signIn(await addressFor(), steamId))).status).toBe(403)
    },
  )

  it('takes no answer that says a thing twice', async () => {
    const back = await signIn(await addressFor(), ROBIN)
    back.searchParams.append('openid.claimed_id', back.searchParams.get('openid.claimed_id') ?? '')
    expect((await visit(back)).status).toBe(403)
  })

  it.each([
    { status: 500, body: '' },
    { status: 302, body: '' },
    { status: 200, body: 'x'.repeat(100_000) },
  ])('proves nothing, and can be tried again, where Steam answers $status at the check', async (answer) => {
    const back = await signIn(await addressFor(), ROBIN)
    steam.answerWith(answer)
    expect((await visit(back)).status).toBe(503)
    expect(await isProven()).toBe(false)
    steam.answerWith(undefined)
    expect((await visit(back)).status).toBe(200)
  })

  it.each(['ns:x\nis_valid:false\n', 'is_valid:true1', 'no is_valid:true', '<html>is_valid:true</html>', ''])(
    'takes only a plain yes of Steam for one: %j',
    async (body) => {
      const back = await signIn(await addressFor(), ROBIN)
      steam.answerWith({ status: 200, body })
      expect((await visit(back)).status).toBe(403)
      expect(await isProven()).toBe(false)
    },
  )

  it('ends with its code', async () => {
    const address = await addressFor()
    const back = await signIn(address, ROBIN)
    now = new Date(now.getTime() + 15 * 60_000)
    expect((await visit(address)).status).toBe(410)
    expect((await visit(back)).status).toBe(410)
    expect(await isProven()).toBe(false)
  })

  it('refuses who comes second, with the reason', async () => {
    const second = await signIn(await addressFor('slack:T1.U1'), ROBIN)
    await visit(await signIn(await addressFor(), ROBIN))
    expect((await visit(second)).status).toBe(410)
    expect(await isProven()).toBe(true)
    expect(await accounts.link('slack:T1.U1')).toBeUndefined()
  })

  it('proves once, however often the browser asks at the same time', async () => {
    const back = await signIn(await addressFor(), ROBIN)
    const visits = await Promise.all(Array.from({ length: 6 }, () => visit(back)))
    expect(visits.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await isProven()).toBe(true)
  })

  it('is kept by no cache, framed by no page and told to no other site', async () => {
    const { search } = new URL(await addressFor())
    const { headers } = await fetch(`${http.url}/steam/login${search}`)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'referrer-policy': 'no-referrer',
    })
  })
})

it('has no address where the program has none', () => {
  expect(loginUrlAt(undefined)).toBeUndefined()
})
