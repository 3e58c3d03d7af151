import { beforeEach, describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { filtered } from '../../support/builders/filters.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { emptyCatalogue, storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()

beforeEach(() => emptyCatalogue(db))

describe('what is allowed', () => {
  it('is indie games of type game, in order of their numbers', async () => {
    await storeGames(
      db,
      { appid: 30 },
      { appid: 20 },
      { appid: 40, indie: false },
      { appid: 50, indie: null },
      { appid: 60, type: 'dlc' },
      { appid: 70, type: null },
    )
    const catalogue = createCatalogue(db)
    expect(await catalogue.allowed(filtered({ mature: true }))).toEqual([20, 30])
    expect(await catalogue.indie()).toEqual([20, 30])
  })

  it('leaves out what an operator has blocked, but measures it', async () => {
    await storeGames(db, { appid: 1 }, { appid: 2 })
    await db.insertInto('warehouse.blocked_game').values({ appid: 2, reason: null }).execute()
    const catalogue = createCatalogue(db)
    expect(await catalogue.allowed(filtered({ mature: true }))).toEqual([1])
    expect(await catalogue.indie()).toEqual([1, 2])
  })

  it('shows mature games only where the place allows them', async () => {
    await storeGames(db, { appid: 1, mature: true }, { appid: 2, mature: false }, { appid: 3 })
    const catalogue = createCatalogue(db)
    expect(await catalogue.allowed(filtered({ mature: false }))).toEqual([2, 3])
    expect(await catalogue.allowed(filtered({ mature: true }))).toEqual([1, 2, 3])
  })

  it('is nothing that the place has blocked, by whatever it is asked', async () => {
    const priced = (price_cents: number) => ({ price_cents, currency: 'USD', genres: ['Puzzle'] })
    await storeGames(
      db,
      { appid: 1, ...priced(100) },
      { appid: 2, ...priced(200) },
      { appid: 3, ...priced(300), platforms: ['Linux'] },
      { appid: 4, ...priced(50), platforms: ['Linux'] },
    )
    const catalogue = createCatalogue(db)
    const without = [1, 4, 99].map(gameId)
    expect(await catalogue.allowed(filtered({ without }))).toEqual([2, 3])
    expect(await catalogue.allowed(filtered())).toEqual([1, 2, 3, 4])
    expect(
      await catalogue.best({ filter: filtered({ without }), sort: undefined, limit: 9, without: [] }),
    ).toEqual([2, 3])
    expect(await catalogue.cheapest(filtered({ without }))).toBe(200)
    expect(await catalogue.undecided(filtered({ without, platform: 'linux' }))).toBe(1)
    const owned = [{ game: gameId(3), minutes: 60, name: undefined }]
    expect(await catalogue.alike(owned, filtered({ without }), 9)).toEqual([2])
  })

  it('finds a label among genres, categories and tags, however it is spelled', async () => {
    await storeGames(
      db,
      { appid: 1, genres: ['Co-op'] },
      { appid: 2, categories: ['Co-Op'] },
      { appid: 3, tags: { 'co op': 5 } },
      { appid: 4, tags: { 'Co-op Campaign': 5 } },
    )
    expect(await createCatalogue(db).allowed(filtered({ mature: false, genres: ['Co-op'] }))).toEqual([
      1, 2, 3,
    ])
  })

  it('holds a price filter against known prices alone', async () => {
    const priced = { currency: 'USD' }
    await storeGames(
      db,
      { appid: 1, price_cents: 0, ...priced },
      { appid: 2, price_cents: 500, ...priced },
      { appid: 3, price_cents: 501, ...priced },
      { appid: 4 },
    )
    const catalogue = createCatalogue(db)
    expect(await catalogue.allowed(filtered({ mature: false, maxPriceCents: 500 }))).toEqual([1, 2])
    expect(await catalogue.allowed(filtered({ mature: false, maxPriceCents: 0 }))).toEqual([1])
  })

  it('knows a language in any case, and its regions with it', async () => {
    await storeGames(
      db,
      { appid: 1, languages: ['English', 'Spanish - Latin America'] },
      { appid: 2, languages: ['Spanish - Spain'] },
      { appid: 3, languages: ['English'] },
      { appid: 4 },
    )
    const catalogue = createCatalogue(db)
    expect(await catalogue.allowed(filtered({ mature: false, language: ' spanish ' }))).toEqual([1, 2])
    expect(await catalogue.allowed(filtered({ mature: false, language: 'SPANISH - SPAIN' }))).toEqual([2])
    expect(await catalogue.allowed(filtered({ mature: false, language: '%' }))).toEqual([])
  })

  it('joins all filters by and', async () => {
    const both = { genres: ['Puzzle'], price_cents: 100, currency: 'USD', languages: ['Korean'] }
    await storeGames(
      db,
      { appid: 1, ...both },
      { appid: 2, ...both, genres: ['Racing'] },
      { appid: 3, ...both, price_cents: 900 },
      { appid: 4, ...both, languages: ['German'] },
      { appid: 5, ...both, mature: true },
    )
    const filter = filtered({ genres: ['Puzzle'], maxPriceCents: 500, language: 'Korean' })
    expect(await createCatalogue(db).allowed(filter)).toEqual([1])
  })

  it('comes as the same object while it is remembered, one for each filter', async () => {
    await storeGames(db, { appid: 1 }, { appid: 2, mature: true })
    const catalogue = createCatalogue(db)
    const first = await catalogue.allowed(filtered({ mature: false }))
    await storeGames(db, { appid: 3 })
    expect(await catalogue.allowed(filtered({ mature: false, genres: [] }))).toBe(first)
    expect(await catalogue.allowed(filtered({ mature: true }))).toEqual([1, 2, 3])
  })

  it.each(["'; drop table warehouse.game --", 'nul \u0000 byte', '🎮', '\ud800', 'שלום', '\\', '%', ''])(
    'takes %j for a label or a language that nothing has',
    async (hostile) => {
      await storeGames(db, { appid: 1, genres: ['Puzzle'], languages: ['English'] })
      const catalogue = createCatalogue(db)
      expect(await catalogue.allowed(filtered({ mature: false, genres: [hostile] }))).toEqual([])
      expect(await catalogue.allowed(filtered({ mature: false, language: hostile }))).toEqual([])
      expect(await catalogue.label(hostile)).toBeUndefined()
    },
  )
})

describe('facts', () => {
  it('say all that is known', async () => {
    await storeGames(db, {
      appid: 620,
      name: 'Töp “Game” 🎮 שלום',
      description: "It's <b>",
      developers: ['A, B'],
      publishers: ['P'],
      genres: ['Indie'],
      categories: ['Single-player'],
      tags: { Puzzle: 3, Action: 9, 'Co-op': 3 },
      languages: ['English'],
      platforms: ['linux'],
      positive: 3,
      negative: 1,
      price_cents: 499,
      initial_cents: 999,
      discount: 50,
      currency: 'EUR',
      release_date: '2011-04-01',
      release_precision: 'month',
      website: 'https://example.org',
      image_url: 'https://example.org/i.jpg',
      mature: true,
    })
    const facts = await createCatalogue(db).facts([gameId(620), gameId(5)])
    expect([...facts.entries()]).toEqual([
      [
        620,
        {
          id: 620,
          name: 'Töp “Game” 🎮 שלום',
          description: "It's <b>",
          developers: ['A, B'],
          publishers: ['P'],
          genres: ['Indie'],
          categories: ['Single-player'],
          tags: ['Action', 'Co-op', 'Puzzle'],
          languages: ['English'],
          platforms: ['linux'],
          price: { cents: 499, initialCents: 999, discount: 50, currency: 'EUR' },
          reviews: { share: 0.75, count: 4 },
          release: { at: '2011-04-01', precision: 'month' },
          website: 'https://example.org',
          imageUrl: 'https://example.org/i.jpg',
          mature: true,
        },
      ],
    ])
  })

  it('leave unknown what is unknown', async () => {
    await storeGames(db, { appid: 1, name: 'Bare' })
    const bare = (await createCatalogue(db).facts([gameId(1)])).get(gameId(1))
    expect(bare).toMatchObject({ description: undefined, price: undefined, reviews: undefined })
    expect(bare).toMatchObject({ release: undefined, website: undefined, imageUrl: undefined, mature: false })
  })

  it('tell no reviews, a stated share and free apart from unknown', async () => {
    await storeGames(
      db,
      { appid: 1, positive: 0, negative: 0, review_percent: 80 },
      { appid: 2, review_percent: 80, price_cents: 0, currency: 'USD' },
    )
    const facts = await createCatalogue(db).facts([gameId(1), gameId(2)])
    expect(facts.get(gameId(1))?.reviews).toEqual({ share: 0, count: 0 })
    expect(facts.get(gameId(2))?.reviews).toEqual({ share: 0.8, count: undefined })
    expect(facts.get(gameId(2))?.price).toEqual({ cents: 0, initialCents: 0, discount: 0, currency: 'USD' })
  })
})

describe('games alike', () => {
  const owned = (game: number, minutes = 60) => ({ game: gameId(game), minutes, name: undefined })

  it('share the tags of what was played most, and are never owned', async () => {
    await storeGames(
      db,
      { appid: 1, tags: { Puzzle: 1 } },
      { appid: 2, tags: { Racing: 1 } },
      { appid: 3, tags: { Racing: 1 }, review_percent: 90 },
      { appid: 4, tags: { Puzzle: 1 }, review_percent: 90 },
      { appid: 5, tags: { Cooking: 1 }, review_percent: 90 },
    )
    const found = await createCatalogue(db).alike(
      [owned(1, 6000), owned(2, 1)],
      filtered({ mature: false }),
      10,
    )
    expect(found).toEqual([4, 3, 5])
  })

  it('put many good reviews before few, and known ones before none', async () => {
    const tags = { Puzzle: 1 }
    await storeGames(
      db,
      { appid: 1, tags },
      { appid: 2, tags, positive: 2, negative: 0 },
      { appid: 3, tags, positive: 950, negative: 50 },
      { appid: 4, tags },
      { appid: 5, tags: { Other: 1 } },
    )
    expect(await createCatalogue(db).alike([owned(1)], filtered({ mature: false }), 10)).toEqual([3, 2, 4, 5])
  })

  it('are the best reviewed where the library says nothing, ties by number', async () => {
    await storeGames(
      db,
      { appid: 3, review_percent: 70 },
      { appid: 1, review_percent: 70 },
      { appid: 2, review_percent: 99 },
    )
    const catalogue = createCatalogue(db)
    expect(await catalogue.alike([owned(999)], filtered({ mature: false }), 2)).toEqual([2, 1])
    expect(await catalogue.alike([], filtered({ mature: false }), 9)).toEqual([2, 1, 3])
  })

  it('obey the filter', async () => {
    const tags = { Puzzle: 1 }
    await storeGames(
      db,
      { appid: 1, tags },
      { appid: 2, tags, mature: true },
      { appid: 3, tags, genres: ['Free'] },
    )
    const catalogue = createCatalogue(db)
    expect(await catalogue.alike([owned(1)], filtered({ mature: false }), 9)).toEqual([3])
    expect(await catalogue.alike([owned(1)], filtered({ mature: true, genres: ['Free'] }), 9)).toEqual([3])
  })
})
