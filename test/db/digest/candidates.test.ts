import { beforeEach, describe, expect, it } from 'vitest'
import type { GameId } from '../../../core/ids.ts'
import type { Candidates } from '../../../core/use-cases/digest/candidates.ts'
import { type Audience, candidatesFor } from '../../../core/use-cases/digest/candidates.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { importGames } from '../../../db/import/games/games.ts'
import { memoryCandidates } from '../../support/fakes/ports.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { emptyCatalogue, storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()
beforeEach(() => emptyCatalogue(db))

const NOW = new Date('2026-11-25T12:00:00Z')
const EVERYBODY: Audience = { locale: 'en', genres: [] }

/** As it is read anew: a catalogue remembers for a minute what may be offered. */
const read = (audience: Audience = EVERYBODY, now = NOW, candidates = memoryCandidates()) =>
  candidatesFor({ catalogue: createCatalogue(db), candidates, now: () => now }, audience)

const GOOD = { positive: 9_500, negative: 500, languages: ['English'] }
const on = (release_date: string) => ({ release_date, release_precision: 'day' }) as const
const reduced = { price_cents: 500, initial_cents: 1000, discount: 50, currency: 'USD' }

describe("a week's candidates", () => {
  it('are found by section, best first', async () => {
    await storeGames(
      db,
      { appid: 1, ...GOOD, ...on('2026-11-01') },
      { appid: 2, ...GOOD, ...on('2026-11-20') },
      { appid: 3, ...GOOD, positive: 500, negative: 10 },
      { appid: 4, ...GOOD, ...reduced },
    )
    expect(await read()).toEqual({
      new: [2, 1],
      'hidden-gem': [3],
      'on-sale': [4],
      acclaimed: [3, 1, 2, 4],
    })
  })

  it('are new where enough have reviewed them to tell', async () => {
    const reviewed = (positive: number) => ({ ...GOOD, ...on('2026-11-01'), positive, negative: 0 })
    await storeGames(
      db,
      { appid: 1, ...reviewed(9) },
      { appid: 2, ...reviewed(10) },
      { appid: 3, languages: ['English'], ...on('2026-11-01'), review_percent: 90 },
    )
    expect((await read()).new).toEqual([2, 3])
  })

  it('are new for 90 days and not before their day', async () => {
    await storeGames(
      db,
      { appid: 1, ...GOOD, ...on('2026-08-27') },
      { appid: 2, ...GOOD, ...on('2026-08-26') },
      { appid: 3, ...GOOD, ...on('2026-11-25') },
      { appid: 4, ...GOOD, ...on('2026-11-26') },
    )
    expect((await read()).new).toEqual([3, 1])
  })

  it('are never for adults, blocked or unproven, and carry all genres', async () => {
    const puzzle = { ...GOOD, genres: ['Puzzle', 'Indie'], tags: { Cozy: 1 } }
    await storeGames(
      db,
      { appid: 1, ...puzzle },
      { appid: 2, ...puzzle, mature: true },
      { appid: 3, ...puzzle },
      { appid: 4, ...puzzle, positive: 3, negative: 3 },
      { appid: 5, ...puzzle, tags: {} },
    )
    await db.insertInto('warehouse.blocked_game').values({ appid: 3, reason: null }).execute()
    const found = await read({ locale: 'en', genres: ['Puzzle', 'Cozy'] })
    expect(found.acclaimed).toEqual([1])
  })

  it('are known to support the language of the digest', async () => {
    await storeGames(
      db,
      { appid: 1, ...GOOD, languages: ['English', 'Korean'] },
      { appid: 2, ...GOOD, languages: ['Korean'] },
      { appid: 3, ...GOOD, languages: [] },
    )
    expect((await read()).acclaimed).toEqual([1])
    expect((await read({ locale: 'ko', genres: [] })).acclaimed).toEqual([1, 2])
  })

  it('are asked for no language where the catalogue knows of none', async () => {
    await storeGames(db, { appid: 1, ...GOOD, languages: [] })
    expect((await read({ locale: 'ko', genres: [] })).acclaimed).toEqual([1])
  })

  it('are computed once for all channels of a language and genres, in whatever order', async () => {
    const store = memoryCandidates()
    await storeGames(db, { appid: 1, ...GOOD, genres: ['A', 'B'] })
    await read({ locale: 'en', genres: ['B', 'A'] }, NOW, store)
    await read({ locale: 'en', genres: ['A', 'B'] }, new Date('2026-11-29T23:59:59Z'), store)
    await read({ locale: 'ko', genres: ['A', 'B'] }, NOW, store)
    await read({ locale: 'en', genres: ['A', 'B'] }, new Date('2026-11-30T00:00:00Z'), store)
    expect(store.computed).toEqual(['2026-W48 en A B', '2026-W48 ko A B', '2026-W49 en A B'])
  })

  it('lose within the week what is blocked and what is no longer on sale', async () => {
    const store = memoryCandidates()
    await storeGames(db, { appid: 1, ...GOOD, ...reduced }, { appid: 2, ...GOOD, ...reduced })
    expect((await read(EVERYBODY, NOW, store))['on-sale']).toEqual([1, 2])
    await db.insertInto('warehouse.blocked_game').values({ appid: 1, reason: null }).execute()
    await db.updateTable('warehouse.game').set({ discount: 0 }).where('appid', '=', 2).execute()
    const later = await read(EVERYBODY, NOW, store)
    expect([later['on-sale'], later.acclaimed]).toEqual([[], [2]])
  })

  it('are no more than twelve weeks take', async () => {
    const games = Array.from({ length: 250 }, (_, at) => ({ appid: at + 1, ...GOOD, ...on('2026-11-01') }))
    await storeGames(db, ...games)
    const { new: fresh, acclaimed } = await read()
    expect([fresh.length, acclaimed.length]).toEqual([200, 200])
  })
})

describe("the sample's candidates", () => {
  const all = (found: Candidates): readonly GameId[] => Object.values(found).flat()

  it('fill a digest in both languages, though it counts no reviews', async () => {
    await importGames(db, ['db/sample/free_games.jsonl.gz'], { source: 'sample' })
    const catalogue = createCatalogue(db)
    for (const locale of ['en', 'ko'] as const) {
      const found = await read({ locale, genres: [] })
      expect(found.acclaimed.length).toBeGreaterThan(100)
      const facts = await catalogue.facts(all(found))
      const language = locale === 'ko' ? 'Korean' : 'English'
      for (const fact of facts.values()) {
        expect(fact.languages).toContain(language)
        expect(fact.mature).toBe(false)
        expect(fact.reviews?.share).toBeGreaterThan(0.7)
      }
    }
  })
})
