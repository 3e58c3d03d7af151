import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AverageTaste, Shares } from '../../../core/catalogue/average-taste.ts'
import { gameId } from '../../../core/ids.ts'
import type { OwnedGame } from '../../../core/players/library.ts'
import { tasteOf } from '../../../core/recommend/taste.ts'

const NOBODY: AverageTaste = { tag: new Map(), genre: new Map() }

const owns = (game: number, minutes: number): OwnedGame => ({ game: gameId(game), minutes, name: undefined })

const facts = (known: Readonly<Record<number, { tags?: string[]; genres?: string[] }>>) =>
  new Map(
    Object.entries(known).map(([id, { tags = [], genres = [] }]) => [gameId(Number(id)), { tags, genres }]),
  )

const average = (tags: Readonly<Record<string, Shares>>): AverageTaste => ({
  tag: new Map(Object.entries(tags)),
  genre: new Map(),
})

describe('a taste', () => {
  const shelf = facts({
    1: { tags: ['Roguelike', 'Pixel'], genres: ['Indie'] },
    2: { tags: ['Roguelike'], genres: ['Indie'] },
    3: { tags: ['Racing'], genres: ['Sports'] },
    4: {},
  })

  it('is the shares of minutes and of games, of those that carry any label', () => {
    const taste = tasteOf(
      [owns(1, 60), owns(2, 20), owns(3, 20), owns(4, 900), owns(5, 900)],
      shelf,
      NOBODY,
      false,
    )
    expect(taste.games).toBe(3)
    expect(taste.tag).toEqual([
      { name: 'Roguelike', mine: { played: 0.8, owned: expect.closeTo(2 / 3) }, average: undefined },
      { name: 'Pixel', mine: { played: 0.6, owned: expect.closeTo(1 / 3) }, average: undefined },
      { name: 'Racing', mine: { played: 0.2, owned: expect.closeTo(1 / 3) }, average: undefined },
    ])
    expect(taste.genre.map(({ name }) => name)).toEqual(['Indie', 'Sports'])
  })

  it('tells by ownership alone where no minutes are shown', () => {
    const { tag } = tasteOf([owns(1, 0), owns(3, 0)], shelf, NOBODY, false)
    expect(tag.map(({ mine }) => mine)).toEqual(Array(3).fill({ played: 0, owned: 0.5 }))
  })

  it('names the tags that stand out from the average, and not those that everybody has', () => {
    const common = Array.from({ length: 20 }, (_, at) => `Common ${at}`)
    const everybody = average(Object.fromEntries(common.map((name) => [name, { played: 1, owned: 1 }])))
    const { tag } = tasteOf([owns(1, 5)], facts({ 1: { tags: [...common, 'Rare'] } }), everybody, false)
    expect(tag).toHaveLength(8)
    expect(tag.find(({ name }) => name === 'Rare')).toEqual({
      name: 'Rare',
      mine: { played: 1, owned: 1 },
      average: { played: 0, owned: 0 },
    })
  })

  it('keeps labels for adults to places for adults', () => {
    const adult = facts({ 1: { tags: ['Hentai', 'Puzzle', 'NSFW'] } })
    const names = (mature: boolean) =>
      tasteOf([owns(1, 5)], adult, NOBODY, mature).tag.map(({ name }) => name)
    expect(names(false)).toEqual(['Puzzle'])
    expect(names(true)).toEqual(['Hentai', 'NSFW', 'Puzzle'])
  })

  it('is made of shares, whatever the library', () => {
    const library = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat()), {
      selector: ([id]) => id,
    })
    fc.assert(
      fc.property(library, (owned) => {
        const taste = tasteOf(
          owned.map(([game, minutes]) => owns(game, minutes)),
          shelf,
          NOBODY,
          false,
        )
        for (const { mine } of [...taste.tag, ...taste.genre]) {
          for (const share of [mine.played, mine.owned]) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1 + 1e-9)
          }
        }
      }),
    )
  })
})
