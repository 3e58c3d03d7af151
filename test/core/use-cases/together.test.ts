import { describe, expect, it } from 'vitest'
import type { AppPorts } from '../../../core/app.ts'
import { createApp } from '../../../core/app.ts'
import type { GroupPlayer, Requester } from '../../../core/command-request.ts'
import { type GameId, gameId, type SteamId, type UserKey } from '../../../core/ids.ts'
import type { Accounts, Link } from '../../../core/players/accounts.ts'
import type { Libraries, LibraryAnswer, OwnedGame, SteamTarget } from '../../../core/players/library.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Scorer } from '../../../core/recommend/scorer.ts'
import type { Reply } from '../../../core/reply.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { game } from '../../support/builders/games.ts'
import { syntaxFor } from '../../support/builders/platforms.ts'
import { asker } from '../../support/builders/requesters.ts'
import {
  memoryAccounts,
  memoryAnswers,
  memoryCatalogue,
  memoryPorts,
  memoryScorer,
} from '../../support/fakes/ports.ts'

const ASKER = asker()
const id64 = (account: number) => String(76561197960265728n + BigInt(account)) as SteamId

const owns = (...games: number[]): OwnedGame[] =>
  games.map((id) => ({ game: gameId(id), minutes: 60, name: undefined }))

function library(account: number, ...games: number[]): LibraryAnswer {
  const fetchedAt = new Date()
  return {
    kind: 'library',
    stale: false,
    library: { steamId: id64(account), games: owns(...games), fetchedAt },
  }
}

/** By id64 or by custom name. */
function librariesOf(answers: Readonly<Record<string, LibraryAnswer | Error>>): Libraries {
  return {
    async of(target: SteamTarget) {
      const answer = answers[target.kind === 'id' ? target.id : target.name] ?? { kind: 'no-profile' }
      if (answer instanceof Error) throw answer
      return answer
    },
    forget() {},
  }
}

/** 101 to 110 over a network, 111 before one screen, 112 alone, 113 for adults. */
const shelf = Array.from({ length: 13 }, (_, at) => {
  const id = 101 + at
  const alone = id === 112 ? 'Single-player' : 'Online Co-op'
  return game({
    ...{
      id: gameId(id),
      name: `Game ${id}`,
      tags: [`Tag ${id}`],
      developers: [`Studio ${id}`],
      mature: id === 113,
    },
    categories: [id === 111 ? 'Shared/Split Screen' : alone],
  })
})

function together(
  players: readonly string[],
  known: Partial<AppPorts> = {},
  requester: Partial<Requester> = {},
) {
  const app = createApp(memoryPorts({ catalogue: memoryCatalogue(shelf), ...known }))
  const who = { ...ASKER, ...requester }
  const { member } = syntaxFor(who)
  const named = players.map((typed): GroupPlayer => {
    const mentioned = member(typed)
    return mentioned ? { kind: 'member', member: mentioned } : { kind: 'steam', ...readAccount(typed) }
  })
  return app.handle({ ...who, kind: 'together', players: named, count: 10 })
}

const cards = (reply: Reply) => reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card] : []))
const ids = (stored: readonly { readonly game: GameId }[]) =>
  stored.map((pick) => pick.game).sort((a, b) => a - b)
const two = { ada: library(1, 1, 101), ben: library(2, 2, 102) }

describe('/together', () => {
  it('picks what nobody owns and all can play with each other, without telling why for whom', async () => {
    const answers = memoryAnswers()
    const reply = await together(['ada', 'ben'], { libraries: librariesOf(two), answers })
    const [stored] = answers.stored.values()
    expect(ids(stored?.picks ?? [])).toEqual([103, 104, 105, 106, 107, 108, 109, 110, 111])
    expect(stored?.about).toEqual({ kind: 'together', players: 2, leftOut: 0, source: 'model' })
    expect(stored?.picks.flatMap((pick) => pick.reasons)).toEqual([])
    expect(cards(reply).map(({ reason }) => reason)).toEqual(Array(5).fill('Fits all 2'))
  })

  it('offers five players no game before one screen', async () => {
    const five = Object.fromEntries(
      ['a1', 'a2', 'a3', 'a4', 'a5'].map((name, at) => [name, library(at + 1, 1)]),
    )
    const answers = memoryAnswers()
    await together(Object.keys(five), { libraries: librariesOf(five), answers })
    expect(ids([...answers.stored.values()][0]?.picks ?? [])).not.toContain(111)
  })

  it('gives the least pleased their due before what one alone loves', async () => {
    const likings: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
      1: [
        [101, 9],
        [103, 5],
        [102, 0.1],
      ],
      2: [
        [102, 0.9],
        [103, 0.5],
      ],
    }
    const scorer: Scorer = {
      rank: async ([first]) =>
        (likings[first?.game ?? 0] ?? []).map(([id, score]) => ({ game: gameId(id), score, reasons: [] })),
    }
    const answers = memoryAnswers()
    await together(['ada', 'ben'], {
      ...{ scorer, answers },
      libraries: librariesOf({ ada: library(1, 1), ben: library(2, 2) }),
    })
    expect([...answers.stored.values()][0]?.picks[0]).toMatchObject({
      game: 103,
      fits: { players: 2, of: 2 },
    })
  })

  it('names who cannot be counted, and goes on without them', async () => {
    const libraries = librariesOf({
      ...two,
      shy: { kind: 'private-profile' },
      away: new Unavailable('steam'),
      hid: { kind: 'hidden-games' },
    })
    const answers = memoryAnswers()
    const reply = await together(['ada', 'shy', 'ben', 'hid', 'away', '!!'], { libraries, answers })
    expect(reply.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).slice(1)).toEqual([
      ['4 players couldn’t be included.'],
      ['• ', { bold: 'shy' }, ': ', 'left out: the profile is private'],
      ['• ', { bold: 'hid' }, ': ', 'left out: the profile hides its games'],
      ['• ', { bold: 'away' }, ': ', 'left out: Steam didn’t answer'],
      ['• ', { bold: '!!' }, ': ', 'left out: not a Steam ID'],
    ])
    expect(cards(reply)).toHaveLength(5)
    expect(JSON.stringify([...answers.stored.values()])).not.toMatch(/shy|7656119|hid"/)
  })

  it('counts an account once, however often and in whatever form it is named', async () => {
    const libraries = librariesOf({ ada: library(1, 1), [id64(1)]: library(1, 1) })
    const reply = await together(['ada', id64(1), 'STEAM_0:1:0'], { libraries })
    expect(reply.summary).toMatch(/^Name at least two players/)
  })

  it('says that two are needed where but one is left', async () => {
    const reply = await together(['ada', 'shy'], {
      libraries: librariesOf({ ada: library(1, 1), shy: { kind: 'empty', steamId: id64(3) } }),
    })
    expect(reply.summary).toBe('I need two players whose games I can read, and found only one.')
    expect(reply.blocks.at(-1)).toEqual({
      kind: 'text',
      text: ['• ', { bold: 'shy' }, ': ', 'left out: no games in the library'],
    })
  })

  it('asks Steam for nobody where there are more than eight', async () => {
    const libraries: Libraries = { of: () => Promise.reject(new Error('was asked')), forget() {} }
    const nine = Array.from({ length: 9 }, (_, at) => `player${at}`)
    expect((await together(nine, { libraries })).summary).toBe(
      'That’s 9 players; I can pick for up to 8 at once.',
    )
  })

  it('is not answered where Steam gives no library at all', async () => {
    const libraries = librariesOf({ ada: new Unavailable('steam'), ben: new Unavailable('steam') })
    await expect(together(['ada', 'ben'], { libraries })).rejects.toThrow(Unavailable)
  })

  it('offers games by tags and reviews without the model', async () => {
    const scorer = memoryScorer()
    scorer.away = new Unavailable('inference')
    const answers = memoryAnswers()
    await together(['ada', 'ben'], { libraries: librariesOf(two), answers, scorer })
    const [stored] = answers.stored.values()
    expect(stored?.about).toMatchObject({ source: 'catalogue-away' })
    expect(ids(stored?.picks ?? [])).toEqual([103, 104, 105, 106, 107, 108, 109, 110, 111])
  })
})

describe('a mention in /together', () => {
  const libraries = librariesOf({ [id64(1)]: library(1, 1), [id64(2)]: library(2, 2) })
  const accounts = (links: Readonly<Record<UserKey, Link>>) => memoryAccounts(links) as Accounts
  const link = (account: number, proven: boolean): Link => ({ steamId: id64(account), proven })

  it('counts the asker’s own link, proven or not, and another’s where it is proven', async () => {
    const links = accounts({ 'discord:1': link(1, false), 'discord:2': link(2, true) })
    expect(cards(await together(['<@1>', '<@!2>'], { libraries, accounts: links }))).toHaveLength(5)
  })

  it('counts no other’s link that is not proven: anybody may have claimed that account', async () => {
    const links = accounts({ 'discord:1': link(1, true), 'discord:2': link(2, false) })
    const reply = await together(['<@1>', '<@2>'], { libraries, accounts: links })
    expect(reply.blocks.at(-1)).toMatchObject({
      text: ['• ', { member: 'discord:2' }, ': ', expect.stringContaining('verified')],
    })
    expect(cards(reply)).toEqual([])
  })

  it('reaches no member of another workspace', async () => {
    const links = accounts({ 'slack:T1.U1': link(1, true), 'slack:T2.U2': link(2, true) })
    const requester: Partial<Requester> = { user: 'slack:T1.U1' }
    expect(cards(await together(['<@U1>', '<@U2|bo>'], { libraries, accounts: links }, requester))).toEqual(
      [],
    )
  })
})
