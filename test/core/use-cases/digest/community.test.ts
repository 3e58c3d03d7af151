import { describe, expect, it } from 'vitest'
import type { Game } from '../../../../core/catalogue/game.ts'
import { type GameId, gameId, type SteamId } from '../../../../core/ids.ts'
import type { LibraryAnswer } from '../../../../core/players/library.ts'
import type { Scorer } from '../../../../core/recommend/scorer.ts'
import { Unavailable } from '../../../../core/unavailable.ts'
import { communityPicks } from '../../../../core/use-cases/digest/community.ts'
import { game } from '../../../support/builders/games.ts'
import { memoryCatalogue, memoryScorer } from '../../../support/fakes/ports.ts'

const PLACE = 'discord:9'
const id64 = (account: number) => String(76561197960265728n + BigInt(account)) as SteamId

/** 101 to 110; 109 for adults, 110 not in Korean. */
const shelf = Array.from({ length: 10 }, (_, at) => {
  const id = 101 + at
  const languages = id === 110 ? ['English'] : ['English', 'Korean']
  return game({
    ...{ id: gameId(id), name: `Game ${id}`, tags: [`Tag ${id}`], developers: [`Studio ${id}`] },
    ...{ mature: id === 109, languages },
  })
})

function owns(account: number, ...games: number[]): LibraryAnswer {
  const owned = games.map((id) => ({ game: gameId(id), minutes: 60, name: undefined }))
  return {
    kind: 'library',
    stale: false,
    library: { steamId: id64(account), games: owned, fetchedAt: new Date() },
  }
}

type Members = readonly (LibraryAnswer | Error)[]

const three: Members = [owns(1, 1), owns(2, 2), owns(3, 3)]

function picks(
  members: Members,
  known: { scorer?: Scorer; without?: readonly number[]; locale?: 'en' | 'ko'; shelf?: readonly Game[] } = {},
) {
  const asked: SteamId[] = []
  const limits: number[] = []
  const found = communityPicks(
    {
      catalogue: memoryCatalogue(known.shelf ?? shelf),
      scorer: known.scorer ?? memoryScorer(),
      libraries: {
        async of(target) {
          const id = target.kind === 'id' ? target.id : id64(0)
          asked.push(id)
          const answer = members[Number(BigInt(id) - 76561197960265728n) - 1]
          if (answer instanceof Error) throw answer
          return answer ?? { kind: 'no-profile' }
        },
      },
      consents: {
        async community(place, limit) {
          limits.push(limit)
          return place === PLACE ? members.map((_, at) => id64(at + 1)) : []
        },
      },
    },
    {
      place: PLACE,
      audience: { locale: known.locale ?? 'en', genres: [] },
      without: new Set((known.without ?? []).map(gameId)),
    },
  )
  return found.then((games) => ({ games, asked, limits }))
}

const sorted = (games: readonly GameId[]) => games.toSorted((a, b) => a - b)

/** Players are told apart by the first game of their library. */
function likings(byFirstGame: Readonly<Record<number, readonly number[]>>): Scorer {
  return {
    rank: async ([first]) =>
      (byFirstGame[first?.game ?? 0] ?? []).map((id, at) => ({
        game: gameId(id),
        score: 9 - at,
        reasons: [],
      })),
  }
}

describe('the picks for a community', () => {
  it('come from the libraries of its members, never for adults', async () => {
    const { games, limits } = await picks(three)
    expect(sorted(games)).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 110])
    expect(limits).toEqual([20])
  })

  it('are in the language of the digest', async () => {
    expect((await picks(three, { locale: 'ko' })).games).not.toContain(110)
  })

  it('leave out what the channel was shown and what its place has blocked', async () => {
    const { games } = await picks(three, { without: [101, 110] })
    expect(sorted(games)).toEqual([102, 103, 104, 105, 106, 107, 108])
  })

  it('leave out what most of them own, not what one owns', async () => {
    const { games } = await picks([owns(1, 1, 101, 102), owns(2, 2, 101), owns(3, 3)])
    expect(games).not.toContain(101)
    expect(games).toContain(102)
  })

  it('count those whose games can be read, and no others', async () => {
    const hidden = { kind: 'hidden-games' } as const
    const five = [owns(1, 101), owns(2, 101), owns(3, 101), owns(4, 4), owns(5, 5)]
    const { games } = await picks([...five, hidden, hidden])
    expect(games).not.toContain(101)
  })

  it('keep what half of them own', async () => {
    const { games } = await picks([owns(1, 101), owns(2, 101), owns(3, 3), owns(4, 4)])
    expect(games).toContain(101)
  })

  it('put what pleases all before what pleases some, and leave out what one alone loves', async () => {
    const scorer = likings({ 1: [101, 103, 104], 2: [102, 103], 3: [104, 103] })
    expect((await picks(three, { scorer })).games).toEqual([103, 104])
  })

  it('put what pleases most first where nothing pleases all, though it be of a kind', async () => {
    const named = (id: number, tag: string) =>
      game({ ...{ id: gameId(id), name: `Game ${id}` }, tags: [tag], developers: [`Studio ${id}`] })
    const scorer = likings({ 1: [102, 103], 2: [103, 102, 101], 3: [103, 101], 4: [104] })
    const { games } = await picks([...three, owns(4, 4)], {
      scorer,
      shelf: [named(101, 'Chess'), named(102, 'Cooking'), named(103, 'Cooking')],
    })
    expect(games).toEqual([103, 102, 101])
  })

  it.each<[string, Members]>([
    ['fewer than three agreed', three.slice(0, 2)],
    ['one of three hides their games', [owns(1, 1), owns(2, 2), { kind: 'hidden-games' }]],
    ['one of three owns nothing', [owns(1, 1), owns(2, 2), { kind: 'empty', steamId: id64(3) }]],
    ['Steam does not answer for one of three', [owns(1, 1), owns(2, 2), new Unavailable('steam')]],
    ['Steam refuses our key', Array(4).fill(new Unavailable('steam-key'))],
  ])('are none where %s', async (_why, members) => {
    expect((await picks(members)).games).toEqual([])
  })

  it('ask Steam for nobody where too few agreed', async () => {
    expect((await picks(three.slice(0, 2))).asked).toEqual([])
  })

  it('are none where the model knows the taste of two', async () => {
    const scorer = likings({ 1: [101, 103], 2: [101, 103] })
    expect((await picks(three, { scorer })).games).toEqual([])
  })

  it('are none where the model is away', async () => {
    const scorer = memoryScorer()
    scorer.away = new Unavailable('inference')
    expect((await picks(three, { scorer })).games).toEqual([])
  })

  it('go on where one of four cannot be read', async () => {
    expect((await picks([...three, new Unavailable('steam')])).games.length).toBeGreaterThan(0)
  })

  it('hide no loss of the database and no fault of ours', async () => {
    await expect(picks([...three, new Unavailable('database')])).rejects.toThrow(Unavailable)
    await expect(picks([...three, new TypeError('ours')])).rejects.toThrow(TypeError)
  })
})
