import { beforeEach, describe, expect, it } from 'vitest'
import { type Filter, NO_FILTER } from '../../../core/catalogue/filter.ts'
import type { Sort } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { filtered } from '../../support/builders/filters.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { emptyCatalogue, storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()
const catalogue = createCatalogue(db)

beforeEach(() => emptyCatalogue(db))

const best = (sort: Sort | undefined, filter = NO_FILTER, without: readonly number[] = [], limit = 20) =>
  catalogue.best({ filter, sort, limit, without: without.map(gameId) })

const GOOD = { positive: 95, negative: 5 }

describe('the best games', () => {
  it('acclaimed: many good reviews come before fewer, ties by number, and none with too few to tell', async () => {
    await storeGames(
      db,
      { appid: 5, positive: 3, negative: 0 },
      { appid: 4, positive: 950, negative: 50 },
      { appid: 3, positive: 700, negative: 300 },
      { appid: 2, positive: 950, negative: 50 },
    )
    expect(await best('acclaimed')).toEqual([2, 4, 3])
    expect(await best(undefined)).toEqual([2, 4, 3, 5])
    expect(await best('acclaimed', NO_FILTER, [], 1)).toEqual([2])
  })

  it('hidden gems: well reviewed by enough to tell, and by too few to be known', async () => {
    await storeGames(
      db,
      { appid: 1, positive: 9, negative: 0 },
      { appid: 2, positive: 10, negative: 0 },
      { appid: 3, positive: 990, negative: 10 },
      { appid: 4, positive: 991, negative: 10 },
      { appid: 5, positive: 300, negative: 300 },
      { appid: 6, review_percent: 99 },
    )
    expect(await best('hidden-gems')).toEqual([3, 2])
  })

  it('new: the latest of the well reviewed, and none whose day is unknown', async () => {
    const day = { release_precision: 'day' } as const
    await storeGames(
      db,
      { appid: 1, ...GOOD, release_date: '2020-01-01', ...day },
      { appid: 2, ...GOOD, release_date: '2024-01-01', ...day },
      { appid: 3, release_date: '2025-01-01', ...day },
      { appid: 4, ...GOOD },
    )
    expect(await best('new')).toEqual([2, 1])
  })

  it('popular: the most reviewed of the well reviewed, also where counts are huge', async () => {
    await storeGames(
      db,
      { appid: 1, ...GOOD },
      { appid: 2, positive: 2_147_483_647, negative: 1_147_483_647 },
      { appid: 3, positive: 10_000, negative: 90_000 },
      { appid: 4, positive: 2_000_000_000, negative: 5 },
    )
    expect(await best('popular')).toEqual([2, 4, 1])
  })

  it('on sale: the best received of what is reduced now', async () => {
    const price = { price_cents: 100, currency: 'USD' }
    await storeGames(
      db,
      { appid: 1, ...GOOD, ...price, discount: 10 },
      { appid: 2, ...GOOD, ...price, discount: 0 },
      { appid: 3, positive: 990, negative: 10, ...price, discount: 5 },
      { appid: 4, ...GOOD, ...price },
    )
    expect(await best('on-sale')).toEqual([3, 1])
  })

  it('carry all genres that were asked for, and none of the excluded ones', async () => {
    await storeGames(
      db,
      { appid: 1, tags: { Roguelike: 1 }, genres: ['Puzzle'], ...GOOD },
      { appid: 2, tags: { Roguelike: 1 }, ...GOOD },
      { appid: 3, tags: { 'Rogue-like': 1, puzzle: 2, Horror: 1 }, ...GOOD },
    )
    expect(await best('acclaimed', filtered({ genres: ['Roguelike', 'Puzzle'] }))).toEqual([1, 3])
    const filter = filtered({ genres: ['Roguelike', 'Puzzle'], exclude: ['Horror', 'Sports'] })
    expect(await best('acclaimed', filter)).toEqual([1])
  })

  it('are indie games that are not mature, not blocked and not owned', async () => {
    await storeGames(
      db,
      { appid: 1, ...GOOD, indie: false },
      { appid: 2, ...GOOD, mature: true },
      { appid: 3, ...GOOD },
      { appid: 4, ...GOOD },
      { appid: 5, ...GOOD, type: 'dlc' },
      { appid: 6, ...GOOD },
    )
    await db.insertInto('warehouse.blocked_game').values({ appid: 3, reason: null }).execute()
    expect(await best('acclaimed', NO_FILTER, [4])).toEqual([6])
    expect(await best('acclaimed', filtered({ mature: true }))).toEqual([2, 4, 6])
  })

  it('are none that the place has blocked, whatever else is left out', async () => {
    await storeGames(db, ...[1, 2, 3, 4].map((appid) => ({ appid, ...GOOD })))
    const without = [2, 99, 4].map(gameId)
    expect(await best('acclaimed', filtered({ without }))).toEqual([1, 3])
    expect(await best('acclaimed', filtered({ without }), [1])).toEqual([3])
  })

  it.each(["'; drop table warehouse.game --", 'nul \u0000 byte', '\ud800', '{}', ''])(
    'are none for the hostile label %j',
    async (hostile) => {
      await storeGames(db, { appid: 1, ...GOOD })
      expect(await best('acclaimed', filtered({ genres: [hostile] }))).toEqual([])
    },
  )
})

describe("the seed's rule", () => {
  const rule = filtered({
    ...{ mature: true, minReviews: 100, minPositive: 90 },
    exclude: ['Nudity', 'Sexual Content'],
    language: 'Korean',
  })
  const fits = { positive: 90, negative: 10, languages: ['English', 'Korean'], tags: { Puzzle: 1 } }

  it('is a filter: of all games, those that it names one by one', async () => {
    const reviews = [
      [90, 10],
      [89, 10],
      [89, 11],
      [99, 0],
      [100, 0],
      [1_800_000_000, 200_000_000],
      [1_799_999_999, 200_000_001],
      [null, null],
    ] as const
    const tags: Readonly<Record<string, number>>[] = [
      ...[{}, { Puzzle: 1 }, { Nudity: 1 }, { 'Sexual Content': 2 }, { nudity: 1, 'Sexual Content': 1 }],
    ]
    const all = ['game', 'demo', 'dlc', null].flatMap((type) =>
      [true, false, null].flatMap((indie) =>
        reviews.flatMap(([positive, negative]) =>
          tags.flatMap((carried) =>
            [['Korean'], ['English', 'Korean'], ['English'], []].map((languages) => ({
              ...{ type, indie, positive, negative, tags: carried, languages },
              /** What a place allows, and no part of the rule. */
              mature: Object.keys(carried).length > 0,
            })),
          ),
        ),
      ),
    )
    const games = all.map((facts, at) => ({ ...facts, appid: at + 1 }))
    await storeGames(db, ...games)
    const expected = games.filter(
      ({ type, indie, positive, negative, tags: carried, languages }) =>
        type === 'game' &&
        indie === true &&
        positive !== null &&
        negative !== null &&
        positive + negative >= 100 &&
        positive / (positive + negative) >= 0.9 &&
        !Object.keys(carried).some((tag) => /nudity|sexual/i.test(tag)) &&
        languages.includes('Korean'),
    )
    expect(expected).toHaveLength(12)
    expect(await catalogue.allowed(rule)).toEqual(expected.map(({ appid }) => appid))
    expect((await best(undefined, rule)).toSorted((a, b) => a - b)).toEqual(await catalogue.allowed(rule))
  })

  it.each([
    [7, 93],
    [29, 71],
    [57, 43],
  ])(
    'takes %i of a hundred for just so many percent, and one less for too few',
    async (positive, negative) => {
      await storeGames(
        db,
        { appid: 1, positive, negative },
        { appid: 2, positive: positive - 1, negative: negative + 1 },
      )
      expect(await best(undefined, filtered({ minPositive: positive }))).toEqual([1])
    },
  )

  it('are counted no further than asked', async () => {
    await storeGames(db, ...[1, 2, 3, 4].map((appid) => ({ appid, ...GOOD })))
    const count = (most: number) =>
      catalogue.count({ filter: NO_FILTER, sort: 'acclaimed', most, without: [gameId(2)] })
    expect([await count(9), await count(2)]).toEqual([3, 2])
  })

  it('counts apart what may fit, for all that is known', async () => {
    await storeGames(
      db,
      { appid: 1, ...fits },
      { appid: 2, ...fits, languages: [] },
      { appid: 3, ...fits, positive: null },
      { appid: 4, ...fits, languages: [], negative: 90 },
    )
    expect(await catalogue.undecided(rule)).toBe(2)
  })
})

describe('games of which a fact is unknown', () => {
  const price = { price_cents: 100, currency: 'USD' }
  const known = {
    ...{ ...price, discount: 10, languages: ['Korean'], platforms: ['Linux'] },
    ...({ release_date: '2024-05-01', release_precision: 'day' } as const),
  }
  type Stored = Omit<Parameters<typeof storeGames>[1], 'appid'>
  const unpriced: Stored = { ...known, price_cents: null, currency: null, discount: null }
  const unlisted: Stored = { ...known, languages: [], platforms: [] }
  const undated: Stored = { ...known, release_date: null, release_precision: null }

  it.each<[string, Partial<Filter>, Stored]>([
    ['price', { maxPriceCents: 100 }, unpriced],
    ['sale', { onSale: true }, unpriced],
    ['language', { language: 'Korean' }, unlisted],
    ['platform', { platform: 'linux' }, unlisted],
    ['release', { releasedSince: '2024-01-01' }, undated],
  ])('are left out by a filter on the %s, and counted', async (_name, filter, unknown) => {
    await storeGames(
      db,
      { appid: 1, ...known },
      { appid: 2, ...unknown },
      { appid: 3, ...unknown, mature: true },
    )
    expect(await best(undefined, filtered(filter))).toEqual([1])
    expect(await catalogue.undecided(filtered(filter))).toBe(1)
    expect(await catalogue.undecided(NO_FILTER)).toBe(0)
  })

  it('are not counted where another fact rules them out, and once where two are unknown', async () => {
    const { languages: _, ...silent } = known
    await storeGames(
      db,
      { appid: 1, ...silent },
      { appid: 2, ...silent, price_cents: 900 },
      { appid: 3, languages: [] },
    )
    expect(await catalogue.undecided(filtered({ maxPriceCents: 100, language: 'Korean' }))).toBe(2)
  })

  it.each([
    ['windows', 'Windows'],
    ['mac', 'macOS'],
    ['mac', 'Mac OS X'],
    ['linux', 'SteamOS + Linux'],
  ] as const)('do not hide that %s is written %j', async (platform, written) => {
    await storeGames(db, { appid: 1, platforms: [written] }, { appid: 2, platforms: ['Dreamcast'] })
    expect(await best(undefined, filtered({ platform }))).toEqual([1])
  })
})

describe('the cheapest price', () => {
  it('is that of the games which pass the filter', async () => {
    const paid = (price_cents: number) => ({ price_cents, currency: 'USD' })
    await storeGames(
      db,
      { appid: 1, ...paid(1200), genres: ['Puzzle'] },
      { appid: 2, ...paid(1500), genres: ['Puzzle'] },
      { appid: 3, ...paid(100) },
      { appid: 4, genres: ['Puzzle', 'Racing'] },
    )
    expect(await catalogue.cheapest(filtered({ genres: ['Puzzle'] }))).toBe(1200)
    expect(await catalogue.cheapest(filtered({ genres: ['Racing'] }))).toBeUndefined()
  })
})
