import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { NO_FILTER } from '../../../core/catalogue/filter.ts'
import type { Sort } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { MAX_BLOCKED } from '../../../core/places/place.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { filtered } from '../../support/builders/filters.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'
import { watched } from '../../support/postgres/watched-queries.ts'

const db = await testDatabase()

beforeAll(async () => {
  const games = Array.from({ length: 3_000 }, (_, at) => ({
    appid: at + 1,
    name: `Name ${String(at).repeat(3)}`,
    indie: at % 3 > 0,
    genres: at % 100 === 0 ? ['Rare'] : ['Common'],
    price_cents: at,
    currency: 'USD',
    discount: at % 4,
    positive: at,
    negative: at % 50,
    platforms: at % 500 === 0 ? ['Linux'] : [],
    languages: at % 500 === 0 ? [] : ['English'],
    release_date: new Date(1e12 + at * 864e5).toISOString().slice(0, 10),
    release_precision: 'day' as const,
  }))
  await storeGames(db, ...games)
  await sql`vacuum analyze warehouse.game`.execute(db)
})

type Catalogue = ReturnType<typeof createCatalogue>

/** A small table is quicker read whole, so the planner is told not to: what shows is which index it could take. */
async function plan(ask: (catalogue: Catalogue) => Promise<unknown>): Promise<string> {
  const { db: seen, plans } = watched(db)
  await ask(createCatalogue(seen))
  return plans({ insist: true })
}

describe('a filter', () => {
  it('on nothing reads the index of what can be recommended, without the table', async () => {
    const plans = await plan((catalogue) => catalogue.allowed(NO_FILTER))
    expect(plans).toContain('Index Only Scan using game_recommendable')
  })

  it('on a rare label reads the index of labels', async () => {
    const plans = await plan((catalogue) => catalogue.allowed(filtered({ genres: ['Rare'] })))
    expect(plans).toContain('game_label_keys')
  })

  it('that wants a label and excludes it reads nothing at all', async () => {
    const never = filtered({ genres: ['Common'], exclude: ['Common'] })
    const plans = await plan((catalogue) =>
      Promise.all([
        catalogue.best({ filter: never, sort: 'acclaimed', limit: 20, without: [] }),
        catalogue.count({ filter: never, sort: undefined, most: 9, without: [] }),
      ]),
    )
    expect(plans).toContain('One-Time Filter: false')
    expect(plans).not.toContain('Scan')
  })

  it('on a low price reads the index of prices', async () => {
    const plans = await plan((catalogue) => catalogue.allowed(filtered({ mature: true, maxPriceCents: 2 })))
    expect(plans).toContain('game_price')
  })

  it('on a platform reads the few whose platforms are known from an index', async () => {
    const plans = await plan((catalogue) => catalogue.allowed(filtered({ platform: 'linux' })))
    expect(plans).toContain('game_platform_known')
  })

  it('on a language reads the few whose languages are unknown from an index', async () => {
    const plans = await plan((catalogue) => catalogue.undecided(filtered({ language: 'Korean' })))
    expect(plans).toContain('game_language_unknown')
  })
})

describe('thresholds of reviews', () => {
  it('read the few of which no number is known from the index of the most reviewed', async () => {
    const plans = await plan((catalogue) => catalogue.undecided(filtered({ minReviews: 100 })))
    expect(plans).toContain('game_popular')
  })
})

describe('the best games', () => {
  const bestOf = (genre: string, sort: Sort) =>
    plan((catalogue) =>
      catalogue.best({ filter: filtered({ genres: [genre] }), sort, limit: 5, without: [] }),
    )

  it.each([
    ['acclaimed', 'game_best'],
    ['hidden-gems', 'game_little_known'],
    ['new', 'game_new'],
    ['popular', 'game_popular'],
    ['on-sale', 'game_best'],
  ] as const)(
    '%s: of a broad genre they are read from the top of %s, without sorting',
    async (sort, index) => {
      const plans = await bestOf('Common', sort)
      expect(plans).toContain(`Index Scan using ${index}`)
      expect(plans).not.toMatch(/\bSort\b/)
    },
  )

  it('of a rare genre are sorted among those that carry it', async () => {
    expect(await bestOf('Rare', 'popular')).toContain('game_label_keys')
  })
})

describe('what a place has blocked', () => {
  const without = Array.from({ length: MAX_BLOCKED }, (_, at) => gameId(3_000 - at))
  const filter = filtered({ without, genres: ['Common'] })

  it('leaves the best to be read from the top of their index', async () => {
    const plans = await plan((catalogue) =>
      catalogue.best({ filter, sort: 'acclaimed', limit: 5, without: [] }),
    )
    expect(plans).toContain('Index Scan using game_best')
    expect(plans).not.toMatch(/\bSort\b/)
  })

  it('leaves what can be recommended to be read from its index, without the table', async () => {
    const plans = await plan((catalogue) => catalogue.allowed(filtered({ without })))
    expect(plans).toContain('Index Only Scan using game_recommendable')
  })

  it('leaves a rare label to the index of labels', async () => {
    const rare = filtered({ without, genres: ['Rare'] })
    expect(await plan((catalogue) => catalogue.allowed(rare))).toContain('game_label_keys')
  })
})

describe('a name', () => {
  it('in another script is found by its pairs of letters', async () => {
    const plans = await plan((catalogue) => catalogue.games('메이플스토리', 5))
    expect(plans.match(/game_name_pairs\b/g)).toHaveLength(2)
    expect(plans).not.toContain('Seq Scan')
  })

  it('is completed by the indexes of beginnings and of letter triples', async () => {
    const plans = await plan((catalogue) => catalogue.games('name 29992999x', 5))
    expect(plans.match(/game_name_key\b/g)).toHaveLength(2)
    expect(plans).toContain('game_name_triples')
    expect(plans).toMatch(/game_name\b/)
  })
})

describe('the review score', () => {
  it.each([
    { positive: 95, negative: 5, score: 0.8882 },
    { positive: 1, negative: 0, score: 0.2065 },
    { positive: 0, negative: 7, score: 0 },
    { positive: 2_147_483_647, negative: 2_147_483_647, score: 0.5 },
    { positive: 0, negative: 0, score: null },
    { review_percent: 100, score: 0.8389 },
    { score: null },
  ])('is the lower bound of the share, as for %o', async ({ score, ...reviews }) => {
    await db.deleteFrom('warehouse.game').where('appid', '=', 9_000).execute()
    await storeGames(db, { appid: 9_000, ...reviews })
    const game = db.selectFrom('warehouse.game').select('review_score').where('appid', '=', 9_000)
    const { review_score } = await game.executeTakeFirstOrThrow()
    expect(review_score).toEqual(score === null ? null : expect.closeTo(score, 3))
  })
})
