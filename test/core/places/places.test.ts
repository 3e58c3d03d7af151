import { beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../../core/app.ts'
import { createApp } from '../../../core/app.ts'
import type { CommandRequest, Requester, RequestOf } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId, type PlaceKey } from '../../../core/ids.ts'
import { MAX_BLOCKED, type PlaceSettings, UNSET } from '../../../core/places/place.ts'
import type { Places } from '../../../core/places/places.ts'
import type { Accounts } from '../../../core/players/accounts.ts'
import type { Libraries } from '../../../core/players/library.ts'
import type { Records } from '../../../core/players/records.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Reply } from '../../../core/reply.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { asShown } from '../../support/as-shown.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import { memoryAccountsAt } from '../../support/fakes/memory-accounts.ts'
import { memoryPlaces } from '../../support/fakes/memory-places.ts'
import { memoryAnswers, memoryCatalogue, memoryPorts, STEAM_ID } from '../../support/fakes/ports.ts'

const HERE: PlaceKey = 'discord:5'
const MANAGER: Partial<Requester> = { manages: 'place' }

/** 101 to 112 of a kind, all played together; one of them is called by digits. */
const shelf = Array.from({ length: 12 }, (_, at) =>
  game({
    id: gameId(101 + at),
    name: at === 11 ? '2048' : `Game ${101 + at}`,
    tags: ['Roguelike'],
    categories: ['Multi-player', 'Online Co-op'],
    developers: [`Studio ${at}`],
  }),
)

/** Everybody owns one of them. */
const LIBRARIES: Libraries = {
  async of(target) {
    const steamId = target.kind === 'id' ? target.id : STEAM_ID
    const games = [{ game: gameId(101), minutes: 60, name: 'Game 101' }]
    return { kind: 'library', stale: false, library: { steamId, games, fetchedAt: new Date() } }
  },
  forget() {},
}

/** Of nobody anything is stored. */
const RECORDS: Records = {
  count: async () => ({
    ...{ locale: undefined, link: undefined, libraryAt: undefined },
    ...{ opinions: 0, feedback: 0, answers: 0, commands: 0, digests: 0, learnt: 0 },
  }),
  export: async () => ({}),
  forget: async () => [],
  forgetPlace: async () => [],
}

let accounts: Accounts
let places: Places
let app: App

function open(set: Partial<PlaceSettings> = {}): void {
  accounts = memoryAccountsAt(() => new Date())
  places = memoryPlaces({ [HERE]: set }, accounts)
  const answers = memoryAnswers()
  app = createApp(
    memoryPorts({
      catalogue: memoryCatalogue(shelf),
      accounts,
      places,
      libraries: LIBRARIES,
      records: RECORDS,
      answers,
    }),
  )
}

beforeEach(() => open())

type Given = Partial<Omit<RequestOf<'settings'>, keyof Requester | 'kind'>>

function settings(given: Given = {}, who: Partial<Requester> = MANAGER): Promise<Reply> {
  return app.handle({
    ...{ kind: 'settings', language: undefined, serverLanguage: undefined, currency: undefined },
    ...{ mature: undefined, block: [], unblock: [], channels: undefined },
    ...asker(who),
    ...given,
  })
}

const liked = { kind: 'liked', names: ['Game 102'] } as const
const ASKS = {
  recommend: { kind: 'recommend', player: liked, filterInput: ANYTHING, discovery: 'balanced', count: 20 },
  curate: {
    ...{ kind: 'curate', filterInput: { ...ANYTHING, genres: ['Roguelike'] }, sort: 'acclaimed' },
    ...{ hideOwned: false, count: 20 },
  },
  similar: { kind: 'similar', game: 'Game 102', count: 20 },
  together: {
    kind: 'together',
    players: ['76561197960287930', '76561197960287931'].map((typed) => ({
      kind: 'steam',
      ...readAccount(typed),
    })),
    count: 20,
  },
  taste: { kind: 'taste', player: liked },
  link: { kind: 'link', ...readAccount('!') },
  unlink: { kind: 'unlink' },
  privacy: { kind: 'privacy' },
  export: { kind: 'export' },
  'forget-me': { kind: 'forget-me' },
  help: { kind: 'help' },
} as const

function ask(kind: keyof typeof ASKS, who: Partial<Requester> = {}): Promise<Reply> {
  return app.handle({ ...asker(who), ...ASKS[kind] } as CommandRequest)
}

const titles = (reply: Reply) =>
  reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card.title] : []))
const text = (reply: Reply) => asShown(JSON.stringify(reply.blocks))

function press(reply: Reply, label: string, who: Partial<Requester> = {}): Promise<Reply> {
  const cards = reply.blocks.flatMap((block) =>
    block.kind === 'game' ? [...block.card.buttons, ...(block.card.open ? [block.card.open] : [])] : [],
  )
  const button = [...reply.buttons, ...cards].find((one) => one.label.includes(label) && !one.disabled)
  if (!button) throw new Error(`no button “${label}”`)
  return app.handle({ ...asker(who), kind: 'press', action: button.action })
}

/** With all its pages. */
async function everyTitle(first: Reply): Promise<string[]> {
  const more = first.buttons.some(({ label, disabled }) => label.startsWith('Next') && !disabled)
  return [...titles(first), ...(more ? await everyTitle(await press(first, 'Next')) : [])]
}

describe('/settings', () => {
  it('shows one’s own language in direct messages, and all that is set in a place', async () => {
    const own = await settings({}, { place: undefined })
    expect(asShown(own.summary)).toBe('Your language: English. To change it: `/settings language:ko`')
    expect(own.blocks).toHaveLength(1)
    open({ locale: 'ko', mature: true, channels: ['discord:70'], blocked: [gameId(102), gameId(9)] })
    const shown = text(await settings({}, { manages: 'nothing' }))
    expect(shown).toContain('Your language: English')
    expect(shown).toContain('Default language: 한국어')
    expect(shown).toContain('only in age-restricted channels')
    expect(shown).toContain('{"channel":"discord:70"}')
    expect(shown).toContain('Blocked games (2): 9; Game 102')
    expect(shown).toContain('“Manage Server”')
  })

  it('names the first twenty of what is blocked, and how many more', async () => {
    open({ blocked: Array.from({ length: 23 }, (_, at) => gameId(at + 1)) })
    expect(text(await settings())).toMatch(/Blocked games \(23\): 1; 2; 3.*20 and 3 more/)
  })

  it('saves what a manager sets, and shows what holds then', async () => {
    const saved = text(
      await settings({
        ...{ serverLanguage: 'ko', mature: true, channels: ['discord:70', 'discord:71'], currency: 'krw' },
        ...{ block: ['game 105', '106', 'https://store.steampowered.com/app/107/Some_Game/'] },
      }),
    )
    expect(saved).toContain('Saved.')
    expect(saved).toContain('Blocked games (3): Game 105; Game 106; Game 107')
    expect(saved).toContain('{"channel":"discord:70"},", ",{"channel":"discord:71"}')
    expect(await places.settings(HERE)).toEqual({
      ...{ locale: 'ko', currency: 'KRW', mature: true, channels: ['discord:70', 'discord:71'] },
      blocked: [105, 106, 107],
    })
    const undone = {
      serverLanguage: 'none',
      currency: 'None',
      mature: false,
      channels: [],
      unblock: ['105', '106', '107'],
    } as const
    expect(text(await settings(undone))).toContain('Blocked games: none.')
    expect(await places.settings(HERE)).toEqual(UNSET)
  })

  it.each([
    ['https://store.steampowered.com/app/105', 105],
    ['http://store.steampowered.com/app/105?l=korean', 105],
    ['store.steampowered.com/agecheck/app/105/', 105],
    ['105', 105],
    ['GAME 105', 105],
    ['2048', 112],
  ])('takes %j for a game', async (typed, appid) => {
    await settings({ block: [typed] })
    expect((await places.settings(HERE)).blocked).toEqual([appid])
  })

  it.each([
    'No such game',
    '999',
    'https://store.steampowered.com/app/999',
    'https://store.steampowered.com/app/105x',
    'https://evil.example/app/105',
    '99999999999',
    "'; drop table place --",
    '@everyone',
  ])('knows no game %j, and then changes nothing of all that was asked', async (typed) => {
    const reply = await settings({ language: 'ko', mature: true, block: ['Game 105', typed] })
    expect(reply.summary).toContain('I couldn’t find')
    expect(await places.settings(HERE)).toEqual(UNSET)
    expect(await accounts.locale('discord:1')).toBeUndefined()
  })

  it('lets a game that the catalogue has lost be unblocked by its number', async () => {
    open({ blocked: [gameId(999)] })
    await settings({ unblock: ['https://store.steampowered.com/app/999'] })
    expect((await places.settings(HERE)).blocked).toEqual([])
  })

  it('blocks no more games than can be kept', async () => {
    open({ blocked: Array.from({ length: MAX_BLOCKED }, (_, at) => gameId(at + 1000)) })
    const reply = await settings({ block: ['105'], mature: true })
    expect(reply.summary).toContain('You can block up to 500 games here')
    expect((await places.settings(HERE)).mature).toBe(false)
  })

  it('answers in the language that was chosen together with the rest', async () => {
    expect(text(await settings({ language: 'ko', mature: true }))).toContain('저장했어요')
    expect(await accounts.locale('discord:1')).toBe('ko')
  })

  it.each([
    [{ manages: 'nothing' }, 'the “Manage Server” permission'],
    [{ manages: 'channel' }, 'the “Manage Server” permission'],
    [{ manages: 'unknown' }, 'I couldn’t check'],
    [{ manages: 'nothing', place: 'slack:T1' }, 'Only admins and owners of this workspace'],
    [{ manages: 'unknown', place: 'slack:T1' }, 'I couldn’t check whether you’re an admin or owner'],
    [{ manages: 'place', place: undefined }, 'a setting of a server'],
  ] as const)('changes nothing for %o, and says why', async (who, sentence) => {
    for (const given of [
      { serverLanguage: 'ko' },
      { mature: false },
      { currency: 'No such currency' },
      { block: ['Game 105'] },
      { unblock: ['No such game'] },
      { channels: [] },
    ] as const) {
      const reply = await settings({ ...given, language: 'ko' }, who)
      expect(reply.summary).toContain(sentence)
      expect(reply.blocks).toHaveLength(1)
    }
    expect(await accounts.locale('discord:1')).toBeUndefined()
    expect(await places.settings(HERE)).toEqual(UNSET)
  })

  it('lets everybody choose their own language', async () => {
    expect((await settings({ language: 'ko' }, { manages: 'nothing' })).summary).toContain('한국어')
  })
})

describe('a blocked game', () => {
  it.each(['recommend', 'curate', 'similar', 'together'] as const)('is not shown by /%s', async (kind) => {
    expect(await everyTitle(await ask(kind))).toContain('Game 110')
    await settings({ block: ['Game 110'] })
    const shown = await everyTitle(await ask(kind))
    expect(shown.length).toBeGreaterThan(5)
    expect(shown).not.toContain('Game 110')
    expect(await everyTitle(await ask(kind, { place: 'discord:6' }))).toContain('Game 110')
  })

  it('is not among those that are like another', async () => {
    await settings({ block: ['Game 110'] })
    const more = await press(await ask('curate'), 'More like this')
    expect(await everyTitle(more)).not.toContain('Game 110')
  })

  it('is gone from answers that were given before, from their shares and their cards', async () => {
    const page = await ask('curate')
    const shared = await press(page, 'Share')
    expect(titles(shared)).toContain('Game 111')
    const other = await ask('curate')
    await settings({ block: ['Game 111'] })
    expect(titles(await press(other, 'Like'))).not.toContain('Game 111')
    const later = await press(other, 'Share')
    expect(later.summary).toBe('4 indie picks')
    expect(titles(later)).not.toContain('Game 111')
    expect((await press(shared, 'Game 111')).summary).toContain('too old')
  })
})

describe('channels', () => {
  beforeEach(() => open({ channels: ['discord:70', 'discord:71'] }))

  it.each(['recommend', 'curate', 'similar', 'together', 'taste'] as const)(
    'other than those that were chosen do not take /%s, and say which do',
    async (kind) => {
      const reply = await ask(kind, { channel: 'discord:7' })
      expect(reply.summary).toContain('That command doesn’t work in this channel')
      expect(reply.blocks).toEqual([
        {
          kind: 'text',
          text: [`${reply.summary} Use it in `, { channel: 'discord:70' }, ', ', { channel: 'discord:71' }],
        },
      ])
    },
  )

  it.each([
    ['in one of them', { channel: 'discord:70' }],
    ['in a thread of one', { channel: 'discord:8', parent: 'discord:71' }],
    ['in another server', { channel: 'discord:7', place: 'discord:6' }],
    ['in direct messages', { channel: 'discord:7', place: undefined }],
  ] as const)('take every command %s', async (_where, who) => {
    expect(titles(await ask('curate', who))).toHaveLength(5)
  })

  it.each(['link', 'unlink', 'privacy', 'export', 'forget-me', 'help'] as const)(
    'take /%s everywhere',
    async (kind) => {
      expect((await ask(kind)).summary).not.toContain('That command doesn’t work')
    },
  )

  it('let buttons work where they stand, and the settings be changed', async () => {
    const page = await ask('curate', { channel: 'discord:70' })
    expect(titles(await press(page, 'Next', { channel: 'discord:7' }))).toHaveLength(5)
    expect(text(await settings({ channels: [] }))).toContain('in all of them')
    expect(titles(await ask('curate'))).toHaveLength(5)
  })

  it('are named up to twenty, and how many more there are', async () => {
    open({ channels: Array.from({ length: 23 }, (_, at) => `discord:${at + 100}` as const) })
    const [block] = (await ask('curate')).blocks
    const line = block?.kind === 'text' ? block.text : []
    expect(line.filter((inline) => typeof inline === 'object')).toHaveLength(20)
    expect(line.at(-1)).toBe(' and 3 more')
  })
})

describe('the language', () => {
  const greeting = async (who: Partial<Requester>) => (await app.strings(asker(who))).language

  it('is one’s own, else the platform’s word, else the place’s, else English', async () => {
    open({ locale: 'ko' })
    expect(await greeting({ locale: undefined })).toBe('한국어')
    expect(await greeting({ locale: 'en' })).toBe('English')
    expect(await greeting({ locale: undefined, place: 'discord:6' })).toBe('English')
    expect(await greeting({ locale: undefined, place: undefined })).toBe('English')
    await accounts.setLocale('discord:1', 'en')
    expect(await greeting({ locale: undefined })).toBe('English')
    expect(await greeting({ locale: 'ko' })).toBe('English')
    expect((await ask('help', { locale: undefined, user: 'discord:2' })).summary).toContain('인디')
  })

  it('of what everybody sees is the place’s, else that of whoever shares it', async () => {
    const share = async (who: Partial<Requester>) =>
      (await press(await ask('curate', who), who.locale === 'ko' ? '공유' : 'Share', who)).summary
    expect(await share({ locale: 'ko' })).toBe('추천 인디 게임 5개')
    open({ locale: 'ko' })
    expect(await share({ locale: 'en' })).toBe('추천 인디 게임 5개')
    open({ locale: 'en' })
    expect(await share({ locale: 'ko' })).toBe('5 indie picks')
  })

  it('follows at once when a manager sets the place’s', async () => {
    expect(text(await settings({ serverLanguage: 'ko' }, { ...MANAGER, locale: undefined }))).toContain(
      '저장했어요',
    )
  })
})

describe('without the database', () => {
  function cut(error: Error): void {
    const away = () => Promise.reject(error)
    const ports = memoryPorts({ catalogue: memoryCatalogue(shelf), places: { settings: away, save: away } })
    app = createApp({ ...ports, accounts: { ...ports.accounts, locale: away } })
  }

  it('nobody knows what a place forbids, so nothing is shown', async () => {
    cut(new Unavailable('database'))
    for (const kind of ['recommend', 'curate', 'similar', 'taste', 'forget-me'] as const)
      await expect(ask(kind)).rejects.toThrow('the database does not answer')
  })

  it('the help comes, and words in the language that the platform names', async () => {
    cut(new Unavailable('database'))
    expect((await ask('help', { locale: 'ko' })).summary).toContain('인디')
    expect((await app.strings(asker({ locale: 'ko' }))).locale).toBe('ko')
    expect((await app.strings(asker({ locale: undefined }))).locale).toBe('en')
  })

  it('words never fail, even by a mistake of ours', async () => {
    cut(new TypeError('undefined is no language'))
    expect((await app.strings(asker({ locale: 'ko' }))).locale).toBe('ko')
    await expect(ask('help')).rejects.toThrow('undefined is no language')
  })
})
