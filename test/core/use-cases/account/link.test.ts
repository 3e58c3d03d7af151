import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { AppPorts } from '../../../../core/app.ts'
import { createApp } from '../../../../core/app.ts'
import type { CommandRequest } from '../../../../core/command-request.ts'
import type { SteamId, UserKey } from '../../../../core/ids.ts'
import type { Locale } from '../../../../core/locale.ts'
import type { Accounts } from '../../../../core/players/accounts.ts'
import { readAccount } from '../../../../core/players/steam-id.ts'
import type { Reply } from '../../../../core/reply.ts'
import { createSteam } from '../../../../core/steam/client.ts'
import { Unavailable } from '../../../../core/unavailable.ts'
import { asShown } from '../../../support/as-shown.ts'
import { asker } from '../../../support/builders/requesters.ts'
import { memoryAccountsAt } from '../../../support/fakes/memory-accounts.ts'
import { memoryPorts } from '../../../support/fakes/ports.ts'
import { startSteam } from '../../../support/steam/steam-server.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId

let now = new Date()
let accounts: Accounts
beforeEach(() => {
  now = new Date('2026-11-25T12:00:00Z')
  accounts = memoryAccountsAt(() => now)
})

/** The core before a Steam with two players. */
async function openAccounts(more: Partial<AppPorts> = {}) {
  const steam = await startSteam()
  onTestFinished(async () => {
    await steam.stop()
    expect(steam.violations).toEqual([])
  })
  steam.player(ROBIN, { vanity: 'robin', persona: 'Robin' })
  steam.player(MARIAN, { persona: 'Marian', visibility: 'private' })
  const snapshots = { save: async () => {}, forget: async () => {}, latest: async () => undefined }
  const profiles = createSteam({
    ...{ apiKey: steam.key, apiUrl: steam.url, snapshots, log: () => {} },
    limits: { tries: 1 },
  })
  const app = createApp(memoryPorts({ accounts, profiles, libraries: profiles, now: () => now, ...more }))
  const speaker = (user: UserKey, locale: Locale = 'en') => asker({ user, locale })
  const ask = (what: Pick<CommandRequest, 'kind'> & Record<string, unknown>, user: UserKey = 'discord:1') =>
    app.handle({ ...speaker(user), ...what } as CommandRequest)
  return {
    ...{ steam, app, speaker },
    link: (typed: string, user?: UserKey) => ask({ kind: 'link', ...readAccount(typed) }, user),
    unlink: (user?: UserKey) => ask({ kind: 'unlink' }, user),
    check: (user?: UserKey) => ask({ kind: 'press', action: { verb: 'prove' } }, user),
  }
}

const text = (reply: Reply) =>
  asShown(
    reply.blocks
      .flatMap((block) => (block.kind === 'game' ? [] : block.text))
      .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : ''))
      .join(''),
  )

const codeIn = (reply: Reply) => /IS-[0-9A-Z]{10}/.exec(text(reply))?.[0] ?? 'no code'

describe('a link', () => {
  it.each([
    ROBIN,
    'STEAM_0:0:11101',
    '[U:1:22202]',
    `https://steamcommunity.com/profiles/${ROBIN}/`,
    'robin',
  ])('is kept in one form, however it was typed: %s', async (typed) => {
    const { link } = await openAccounts()
    const reply = await link(typed)
    expect(text(reply)).toContain(`Linked to Steam account ${ROBIN}`)
    expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: false })
  })

  it('is refused where there is no such account, and nothing is kept', async () => {
    const { link } = await openAccounts()
    expect(text(await link('not a steam id!'))).toContain('isn’t a Steam ID')
    expect(text(await link('nobody'))).toContain('Steam doesn’t know that profile')
    expect(await accounts.link('discord:1')).toBeUndefined()
  })

  it('tells a code for the name of the profile, and has a button to look for it', async () => {
    const { link } = await openAccounts()
    const reply = await link('robin')
    expect(reply.delivery).toBe('answer')
    expect(codeIn(reply)).toMatch(/^IS-/)
    expect(reply.buttons.map(({ action }) => action)).toEqual([{ verb: 'prove' }])
  })

  it('leads to the sign-in where the program can be reached, with a code that nobody guesses', async () => {
    const { link } = await openAccounts({ loginUrl: (code) => `https://bot.example/login?state=${code}` })
    const reply = await link('robin')
    const hrefs = reply.blocks.flatMap((block) =>
      block.kind === 'game'
        ? []
        : block.text.flatMap((part) => (typeof part === 'object' && 'link' in part ? [part.href] : [])),
    )
    expect(hrefs).toEqual([expect.stringMatching(/^https:\/\/bot\.example\/login\?state=[\w-]{43}$/)])
    expect(reply.buttons).toEqual([])
  })

  it('is gone when its owner takes it away', async () => {
    const { link, unlink } = await openAccounts()
    await link('robin')
    expect(text(await unlink())).toBe('Your Steam account is no longer linked.')
    expect(text(await unlink())).toBe('You haven’t linked a Steam account.')
  })
})

describe('the code in the name', () => {
  it.each([(code: string) => code, (code: string) => `robin ${code.toLowerCase()} ☆`])(
    'proves the link wherever it stands, and the button says so again',
    async (nameWith) => {
      const { steam, link, check } = await openAccounts()
      steam.player(ROBIN, { persona: nameWith(codeIn(await link(ROBIN))) })
      expect(text(await check())).toContain(`Verified: ${ROBIN} is yours`)
      expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: true })
      expect(text(await check())).toContain('already linked and verified')
    },
  )

  it('is read from a private profile too', async () => {
    const { steam, link, check } = await openAccounts()
    steam.player(MARIAN, { persona: codeIn(await link(MARIAN)), visibility: 'private' })
    expect(text(await check())).toContain('Verified')
  })

  it('proves nothing while it is not there, and says which name stands there', async () => {
    const { link, check } = await openAccounts()
    const code = codeIn(await link(ROBIN))
    const reply = await check()
    expect(reply.delivery).toBe('aside')
    expect(text(reply)).toContain('“Robin”')
    expect(text(reply)).toContain(code)
    expect((await accounts.link('discord:1'))?.proven).toBe(false)
  })

  it('proves nothing for somebody else who reads it there', async () => {
    const { steam, link, check } = await openAccounts()
    steam.player(ROBIN, { persona: codeIn(await link(ROBIN)) })
    await link(ROBIN, 'discord:2')
    expect(text(await check('discord:2'))).toContain('without the code')
    expect(text(await check('discord:3'))).toContain('has expired')
    expect(text(await check())).toContain('Verified')
    expect(await accounts.link('discord:2')).toBeUndefined()
  })

  it('is good for fifteen minutes, and the next link has another', async () => {
    const { steam, link, check } = await openAccounts()
    const code = codeIn(await link(ROBIN))
    steam.player(ROBIN, { persona: code })
    now = new Date(now.getTime() + 15 * 60_000)
    expect(text(await check())).toContain('Run `/link` again')
    expect(codeIn(await link(ROBIN))).not.toBe(code)
    expect(text(await check())).toContain('without the code')
  })

  it('can be tried again after Steam was away', async () => {
    const { steam, link, check } = await openAccounts()
    steam.player(ROBIN, { persona: codeIn(await link(ROBIN)) })
    steam.fail(1, { status: 503 })
    await expect(check()).rejects.toBeInstanceOf(Unavailable)
    expect(text(await check())).toContain('Verified')
  })
})

describe('a proven link', () => {
  it('stays when its owner types it again, or another', async () => {
    const { steam, link, check } = await openAccounts()
    steam.player(ROBIN, { persona: codeIn(await link(ROBIN)) })
    await check()
    expect(text(await link(ROBIN))).toBe(`${ROBIN} is already linked and verified.`)
    expect(text(await link(MARIAN))).toContain('run `/unlink` first')
    expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: true })
  })

  it('is nobody else’s to take, with the reason in their language and the commands as they type them', async () => {
    const { steam, app, speaker, link, check } = await openAccounts()
    steam.player(ROBIN, { persona: codeIn(await link(ROBIN)) })
    await check()
    expect(text(await link(ROBIN, 'discord:2'))).toContain('Somebody else has already verified that')
    const korean = await app.handle({ ...speaker('slack:T.2', 'ko'), kind: 'link', ...readAccount(ROBIN) })
    expect(text(korean)).toContain('다른 분이 이미')
    expect(text(await check('slack:T.2'))).toContain('/indiescout link')
    expect(await accounts.link('discord:2')).toBeUndefined()
  })
})
