import { describe, expect, it } from 'vitest'
import { createApp } from '../../../../core/app.ts'
import type { CommandRequest } from '../../../../core/command-request.ts'
import type { SteamId, UserKey } from '../../../../core/ids.ts'
import type { Locale } from '../../../../core/locale.ts'
import type { Accounts, Link } from '../../../../core/players/accounts.ts'
import type { Consents } from '../../../../core/players/consents.ts'
import type { Records, Stored } from '../../../../core/players/records.ts'
import type { Reply } from '../../../../core/reply.ts'
import { asShown } from '../../../support/as-shown.ts'
import { asker } from '../../../support/builders/requesters.ts'
import { memoryConsents } from '../../../support/fakes/memory-digests.ts'
import { memoryAccounts, memoryPorts } from '../../../support/fakes/ports.ts'

const ROBIN = '76561197960287930' as SteamId

const NOTHING: Stored = {
  ...{ locale: undefined, link: undefined, libraryAt: undefined },
  ...{ opinions: 0, feedback: 0, answers: 0, commands: 0, digests: 0, learnt: 0 },
}

const MUCH: Stored = {
  locale: 'ko',
  link: { steamId: ROBIN, proven: true, since: new Date('2026-11-01T23:00:00Z') },
  ...{ opinions: 12, feedback: 1, answers: 3, commands: 1234, digests: 2, learnt: 1234 },
  libraryAt: new Date('2026-11-24T10:00:00Z'),
}

function openOwnData(stored: Stored) {
  const forgotten: string[] = []
  const records: Records = {
    count: async () => stored,
    export: async (user) => ({ 'warehouse.person': [{ user_key: user, locale: '한국어' }] }),
    forget: async (user) => {
      forgotten.push(user)
      return [ROBIN]
    },
    forgetPlace: async (place) => {
      forgotten.push(place)
      return [ROBIN]
    },
  }
  const libraries = {
    of: async () => ({ kind: 'no-profile' }) as const,
    forget: (steamId: SteamId) => void forgotten.push(steamId),
  }
  const now = () => new Date('2026-11-25T12:00:00Z')
  const app = createApp(memoryPorts({ records, libraries, now }))
  const ask = (
    what: Pick<CommandRequest, 'kind'> & Record<string, unknown>,
    { user = 'discord:1', locale = 'en' }: { user?: UserKey; locale?: Locale } = {},
  ) => app.handle({ ...asker({ user, locale }), ...what } as CommandRequest)
  return { app, ask, forgotten }
}

const text = (reply: Reply) =>
  asShown(reply.blocks.map((block) => (block.kind === 'game' ? '' : JSON.stringify(block.text))).join('\n'))

describe('/privacy community and training', () => {
  const proven = { steamId: ROBIN, proven: true }
  const accounts = (links: Readonly<Record<string, Link>>) => memoryAccounts(links) as Accounts
  const records = { count: async () => MUCH } as unknown as Records
  const neither = { community: undefined, training: undefined }

  it('lets a proven library count for the community, and takes that back', async () => {
    const consents = memoryConsents()
    const app = createApp(memoryPorts({ records, consents, accounts: accounts({ 'discord:1': proven }) }))
    const say = async (community: boolean | undefined) =>
      text(await app.handle({ ...asker(), kind: 'privacy', ...neither, community }))
    expect(await say(undefined)).toContain('your games don’t count')
    expect(await say(true)).toContain('your games count, without your name')
    expect(await consents.of('discord:1', 'discord:5')).toEqual({ community: true, training: false })
    expect(await consents.of('discord:1', 'discord:6')).toMatchObject({ community: false })
    expect(await say(false)).toContain('your games don’t count')
    expect(await consents.of('discord:1', 'discord:5')).toMatchObject({ community: false })
  })

  it('lets the recommender learn from a proven library, in a direct message too, and takes that back', async () => {
    const consents = memoryConsents()
    const app = createApp(memoryPorts({ records, consents, accounts: accounts({ 'discord:1': proven }) }))
    const say = async (training: boolean | undefined) =>
      text(await app.handle({ ...asker({ place: undefined }), kind: 'privacy', ...neither, training }))
    expect(await say(undefined)).toContain('the recommender doesn’t learn')
    expect(await say(true)).toContain('1,234 games so far')
    expect(await consents.of('discord:1', 'discord:5')).toEqual({ community: false, training: true })
    expect(await say(undefined)).toContain('`/privacy training:no` deletes them right away')
    expect(await say(false)).toContain('doesn’t learn from your games')
    expect(await consents.of('discord:1', undefined)).toMatchObject({ training: false })
  })

  it('takes both agreements at once', async () => {
    const consents = memoryConsents()
    const app = createApp(memoryPorts({ records, consents, accounts: accounts({ 'discord:1': proven }) }))
    await app.handle({ ...asker(), kind: 'privacy', community: true, training: true })
    expect(await consents.of('discord:1', 'discord:5')).toEqual({ community: true, training: true })
  })

  it.each([
    [
      { 'discord:1': { steamId: ROBIN, proven: false } },
      'discord:5',
      'community',
      'Only verified accounts count',
    ],
    [{}, 'discord:5', 'community', 'Only verified accounts count'],
    [{ 'discord:1': proven }, undefined, 'community', 'not in a direct message'],
    [
      { 'discord:1': { steamId: ROBIN, proven: false } },
      'discord:5',
      'training',
      'Only verified accounts count',
    ],
    [{}, undefined, 'training', 'Only verified accounts count'],
  ] as const)('takes no agreement with the links %j at %s to %s', async (links, place, purpose, sentence) => {
    const consents = memoryConsents()
    const app = createApp(memoryPorts({ records, consents, accounts: accounts(links) }))
    const reply = await app.handle({ ...asker({ place }), kind: 'privacy', ...neither, [purpose]: true })
    expect(reply.summary).toContain(sentence)
    expect(await consents.of('discord:1', 'discord:5')).toEqual({ community: false, training: false })
  })

  it.each(['community', 'training'] as const)(
    'takes back the agreement to %s of somebody whose proof is gone',
    async (purpose) => {
      const consents = memoryConsents()
      await consents.set('discord:1', purpose, 'discord:5', true)
      const app = createApp(memoryPorts({ records, consents, accounts: accounts({}) }))
      await app.handle({ ...asker(), kind: 'privacy', ...neither, [purpose]: false })
      expect(await consents.of('discord:1', 'discord:5')).toEqual({ community: false, training: false })
    },
  )
})

describe('/privacy', () => {
  it('tells somebody of whom nothing is stored just that', async () => {
    const told = text(await openOwnData(NOTHING).ask({ kind: 'privacy' }))
    expect(told).toContain('none linked')
    expect(told).toContain('none chosen')
    expect(told).toContain('of 0 games')
    expect(told).toContain('`/forget-me` deletes it')
  })

  it('tells what is stored of this one person, why, and until when', async () => {
    const told = text(await openOwnData(MUCH).ask({ kind: 'privacy' }))
    expect(told).toContain(`${ROBIN}, linked on Nov 1, 2026 and verified`)
    expect(told).toContain('한국어')
    expect(told).toContain('of 12 games')
    expect(told).toContain('Button presses: 1,')
    expect(told).toContain('each is kept for 30 days')
    expect(told).toContain('1,234 entries')
    expect(told).toContain('deleted by Dec 1, 2026')
  })

  it('says that the library of somebody who agreed to learning is kept for longer', async () => {
    const agreed = { of: async () => ({ community: false, training: true }) } as unknown as Consents
    const say = async (stored: Stored) => {
      const records = { count: async () => stored } as unknown as Records
      const app = createApp(memoryPorts({ records, consents: agreed }))
      return text(
        await app.handle({ ...asker(), kind: 'privacy', community: undefined, training: undefined }),
      )
    }
    expect(await say(MUCH)).toContain('deleted by Nov 24, 2027')
    expect(await say(NOTHING)).toContain('for up to 365 days')
  })

  it('says until when a link waits for its proof', async () => {
    const link = { steamId: ROBIN, proven: false, since: new Date('2026-11-01T23:00:00Z') }
    const told = text(await openOwnData({ ...MUCH, link }).ask({ kind: 'privacy' }))
    expect(told).toContain('Kept until Dec 1, 2026, or until you run `/unlink`')
  })

  it.each(['en', 'ko'] as const)('names the commands as they are typed in Slack, in %s', async (locale) => {
    const { ask } = openOwnData(MUCH)
    const told = text(await ask({ kind: 'privacy' }, { user: 'slack:T.1', locale }))
    for (const name of ['unlink', 'export', 'forget-me']) expect(told).toContain(`/indiescout ${name}`)
    expect(told.length).toBeLessThan(2000)
  })
})

it('/export hands out a file that can be read without us', async () => {
  const reply = await openOwnData(MUCH).ask({ kind: 'export' })
  const [file] = reply.attachments
  if (file?.kind !== 'file') throw new Error('a file was expected')
  expect(file.name).toBe('indiescout.json')
  expect(JSON.parse(file.text)).toEqual({
    exportedAt: '2026-11-25T12:00:00.000Z',
    user: 'discord:1',
    'warehouse.person': [{ user_key: 'discord:1', locale: '한국어' }],
  })
  expect(reply.delivery).toBe('answer')
})

describe('/forget-me', () => {
  it('asks once, and deletes nothing by itself', async () => {
    const { ask, forgotten } = openOwnData(MUCH)
    const reply = await ask({ kind: 'forget-me' })
    expect(reply.buttons.map(({ action }) => action)).toEqual([{ verb: 'forget' }])
    expect(forgotten).toEqual([])
  })

  it('deletes what is stored of whoever presses, in memory too', async () => {
    const { ask, forgotten } = openOwnData(MUCH)
    const reply = await ask({ kind: 'press', action: { verb: 'forget' } }, { user: 'discord:2' })
    expect(forgotten).toEqual(['discord:2', ROBIN])
    expect(reply).toMatchObject({ delivery: 'answer', buttons: [] })
    expect(text(reply)).toContain('Done')
  })

  it('comes for a whole workspace when it removes the app', async () => {
    const { app, forgotten } = openOwnData(MUCH)
    await app.removed('slack:T1')
    expect(forgotten).toEqual(['slack:T1', ROBIN])
  })
})
