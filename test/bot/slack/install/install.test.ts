import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHttp } from '../../../../bot/app/http.ts'
import { mountSlackInstall } from '../../../../bot/slack/install/install.ts'
import { openWorkspaces } from '../../../../bot/slack/install/workspaces.ts'
import type { Level } from '../../../../core/log.ts'
import { createInstallations } from '../../../../db/people/installations.ts'
import { createSeal } from '../../../../db/people/seal.ts'
import { testDatabase } from '../../../support/postgres/database.ts'
import { CLIENT } from '../../../support/slack/oauth.ts'
import { type SlackServer, startSlackServer } from '../../../support/slack/server.ts'

const db = await testDatabase()
const key = randomBytes(32)
const installations = createInstallations(db, createSeal([key]))
const PUBLIC_URL = 'https://bot.example/scout/'
const REDIRECT = 'https://bot.example/scout/slack/oauth_redirect'

let slack: SlackServer
let http: Awaited<ReturnType<typeof startHttp>>
let lines: { level: Level; message: string; fields: object }[]

beforeEach(async () => {
  lines = []
  slack = await startSlackServer({ mode: 'http' })
  http = await open()
})

afterEach(async () => {
  await http.stop()
  await slack.close()
  expect(JSON.stringify(lines)).not.toMatch(/xoxb-|stand-in-|code=/)
  await db.deleteFrom('warehouse.slack_installation').execute()
})

async function open(given: { clientSecret?: string; stateSecret?: string } = {}) {
  const { apiUrl, mode } = slack.options
  const oauth = {
    ...{ clientId: CLIENT.id, clientSecret: CLIENT.secret, stateSecret: 'a-secret-of-the-operator' },
    ...given,
  }
  const access = { kind: 'oauth', ...oauth, encryptionKeys: [key], publicUrl: PUBLIC_URL } as const
  const { install } = await openWorkspaces({ apiUrl, mode, access }, db, (level, message, fields = {}) =>
    lines.push({ level, message, fields }),
  )
  const health = async () => ({})
  return startHttp({
    host: '127.0.0.1',
    port: 0,
    health,
    mounts: install ? [(server) => mountSlackInstall(server, install)] : [],
  })
}

/** Where the browser is sent, and what it keeps. */
async function begin(at = http.url) {
  const response = await fetch(`${at}/slack/install`, { redirect: 'manual' })
  expect(response.status).toBe(302)
  const cookie = response.headers.get('set-cookie') ?? ''
  return { address: response.headers.get('location') ?? '', cookie }
}

/** Comes back from Slack to the address that the world knows, which leads to this program. */
function comeBack(address: string, cookie: string | undefined, language = 'en', at = http.url) {
  expect(address.startsWith(`${REDIRECT}?`)).toBe(true)
  const headers = { 'accept-language': language, ...(cookie && { cookie: cookie.split(';')[0] ?? '' }) }
  return fetch(address.replace('https://bot.example/scout', at), { headers })
}

const teams = async () =>
  (await db.selectFrom('warehouse.slack_installation').select('team').orderBy('team').execute()).map(
    ({ team }) => team,
  )

describe('an installation', () => {
  it('begins at Slack, for the scopes that the manifest names, in this browser alone', async () => {
    const { address, cookie } = await begin()
    const { searchParams } = new URL(address)
    expect(searchParams.get('scope')?.split(',')).toEqual(
      expect.arrayContaining(['commands', 'chat:write', 'channels:history']),
    )
    expect(searchParams.get('redirect_uri')).toBe(REDIRECT)
    expect(cookie).toMatch(/Secure.*HttpOnly|HttpOnly.*Secure/i)
  })

  it('ends with a page that says so, in the language of the browser, and a token that is kept', async () => {
    const { address, cookie } = await begin()
    const page = await comeBack(slack.oauth.approve(address, 'T222'), cookie, 'ko-KR,ko;q=0.9')
    expect(page.status).toBe(200)
    expect(await page.text()).toMatch(/<html lang="ko">[\s\S]*설치했어요/)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const token = await installations.tokenOf('T222')
    expect(token).toMatch(/^xoxb-stand-in-T222-/)
    expect(lines.at(-1)).toMatchObject({ level: 'info', fields: { place: 'slack:T222' } })
  })

  it('of several workspaces is kept for each', async () => {
    for (const team of ['T222', 'T333', 'T222']) {
      const { address, cookie } = await begin()
      expect((await comeBack(slack.oauth.approve(address, team), cookie)).status).toBe(200)
    }
    expect(await teams()).toEqual(['T222', 'T333'])
  })

  it('may end at another process than it began at', async () => {
    const other = await open()
    const { address, cookie } = await begin(other.url)
    expect((await comeBack(slack.oauth.approve(address, 'T222'), cookie)).status).toBe(200)
    await other.stop()
  })
})

describe('what is not kept', () => {
  it('comes without the state of this browser', async () => {
    const { address } = await begin()
    const theirs = await begin()
    const back = slack.oauth.approve(address, 'T222')
    for (const cookie of [undefined, theirs.cookie, 'slack-app-oauth-state=x']) {
      const page = await comeBack(back, cookie)
      expect(page.status).toBe(400)
      expect(await page.text()).toContain('Start the installation again')
    }
    expect(await teams()).toEqual([])
    expect(slack.calls).not.toContain('oauth.v2.access')
  })

  it('comes with a state that somebody else has signed', async () => {
    const forger = await open({ stateSecret: 'not-the-operators-secret' })
    const { address, cookie } = await begin(forger.url)
    expect((await comeBack(slack.oauth.approve(address, 'T222'), cookie)).status).toBe(400)
    await forger.stop()
    expect(await teams()).toEqual([])
  })

  it('lacks a code or a state', async () => {
    const { cookie } = await begin()
    for (const query of ['', '?code=x', '?state=x'])
      expect((await fetch(`${http.url}/slack/oauth_redirect${query}`, { headers: { cookie } })).status).toBe(
        400,
      )
  })

  it('was not agreed to', async () => {
    const { address, cookie } = await begin()
    const page = await comeBack(slack.oauth.deny(address), cookie)
    expect(await page.text()).toContain('Nothing was installed.')
    expect(await teams()).toEqual([])
  })

  it('is for a whole organisation, which is told to choose a workspace', async () => {
    const { address, cookie } = await begin()
    const page = await comeBack(slack.oauth.approve(address, 'T222', { wholeOrganisation: true }), cookie)
    expect(page.status).toBe(400)
    expect(await page.text()).toContain('one workspace at a time')
    expect(await teams()).toEqual([])
  })

  it('is refused by Slack, with a reference for the operator and no secret in the page', async () => {
    const wrong = await open({ clientSecret: 'another-secret' })
    const { address, cookie } = await begin(wrong.url)
    const page = await comeBack(slack.oauth.approve(address, 'T222'), cookie, 'en', wrong.url)
    expect(page.status).toBe(502)
    const [, reference] = /reference: (\w+)/.exec(await page.text()) ?? []
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ reference }) }),
    )
    expect(JSON.stringify(lines)).not.toContain('another-secret')
    await wrong.stop()
  })

  it('comes with a code that was used', async () => {
    const { address, cookie } = await begin()
    const back = slack.oauth.approve(address, 'T222')
    expect((await comeBack(back, cookie)).status).toBe(200)
    expect((await comeBack(back, cookie)).status).toBe(502)
  })
})
