import { describe, expect, it } from 'vitest'
import type { Filter } from '../../../core/catalogue/filter.ts'
import { pricesIn } from '../../../core/catalogue/prices.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { explainProblem, stringsIn } from '../../../core/strings/strings.ts'
import { nothingLeft } from '../../../core/use-cases/nothing-left.ts'
import { readFilter } from '../../../core/use-cases/read-filter.ts'
import { filtered } from '../../support/builders/filters.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'
import { RATES } from '../../support/fakes/rates.ts'

const en = stringsIn('en')
const ko = stringsIn('ko')

const priced = (cents: number) => ({ cents, initialCents: cents, discount: 0, currency: 'USD' })
const catalogue = memoryCatalogue([
  game({ id: gameId(1), tags: ['Roguelike'], price: priced(1500) }),
  game({ id: gameId(2), tags: ['Roguelike'], price: priced(1200) }),
  game({ id: gameId(3), tags: ['Puzzle'], price: priced(300) }),
])

describe('what leaves nothing', () => {
  it('tells what each filter costs, and the least price that would do', async () => {
    const filterInput = { ...ANYTHING, genres: ['Roguelike'], maxPrice: 5 }
    const filter = filtered({ genres: ['Roguelike'], maxPriceCents: 500 })
    const problem = await nothingLeft(catalogue, { filterInput: filterInput, filter }, en)
    expect(problem).toEqual({
      kind: 'nothing-left',
      filters: ['the tag “Roguelike”', 'a price up to $5.00'],
      relax: [
        { how: 'without', filter: 'a price up to $5.00', games: 2 },
        { how: 'without', filter: 'the tag “Roguelike”', games: 1 },
        { how: 'with', filter: 'a price up to $12.00', games: 1 },
      ],
    })
    expect(explainProblem(problem, en)).toBe(
      'No indie game matches the tag “Roguelike” and a price up to $5.00. I’d find 2 games without a price up to $5.00, 1 game without the tag “Roguelike”, or 1 game with a price up to $12.00.',
    )
    expect(
      explainProblem(await nothingLeft(catalogue, { filterInput: filterInput, filter }, ko), ko),
    ).toContain('게임 2개')
  })

  it('speaks in the currency of the place, and what it offers is what to type', async () => {
    const prices = pricesIn('KRW', RATES)
    const filterInput = { ...ANYTHING, genres: ['Roguelike'], maxPrice: 6_500 }
    const filter = filtered({ genres: ['Roguelike'], maxPriceCents: 497 })
    const problem = await nothingLeft(catalogue, { filterInput: filterInput, filter }, { ...en, prices })
    expect(problem).toMatchObject({
      filters: ['the tag “Roguelike”', 'a price up to ₩6,500'],
      relax: [
        { how: 'without' },
        { how: 'without' },
        { how: 'with', filter: 'a price up to ₩15,665', games: 1 },
      ],
    })
    const offered = await readFilter(
      { catalogue, now: () => new Date() },
      { ...filterInput, maxPrice: 15_665 },
      { mature: false, without: [] },
      prices,
    )
    expect(await catalogue.allowed(offered as Filter)).toEqual([2])
  })

  it('counts no further than a thousand', async () => {
    const many = Array.from({ length: 1_002 }, (_, at) => game({ id: gameId(at + 1), tags: ['Roguelike'] }))
    const filterInput = { ...ANYTHING, genres: ['Roguelike'], exclude: ['Roguelike'] }
    const filter = filtered({ genres: ['Roguelike'], exclude: ['Roguelike'] })
    const problem = await nothingLeft(memoryCatalogue(many), { filterInput, filter }, en)
    expect(explainProblem(problem, en)).toContain(
      'more than 1,000 games without the exclusion of “Roguelike”',
    )
    expect(explainProblem(problem, ko)).toContain('게임이 1,000개 넘게 있어요')
  })

  it('shows that a label was both asked for and excluded', async () => {
    const filterInput = { ...ANYTHING, genres: ['Puzzle'], exclude: ['Puzzle'] }
    const filter = filtered({ genres: ['Puzzle'], exclude: ['Puzzle'] })
    const problem = await nothingLeft(catalogue, { filterInput: filterInput, filter }, en)
    expect(explainProblem(problem, en)).toBe(
      'No indie game matches the tag “Puzzle” and the exclusion of “Puzzle”. I’d find 2 games without the tag “Puzzle” or 1 game without the exclusion of “Puzzle”.',
    )
  })

  it('keeps what it can of the first conditions where no single one is to blame', async () => {
    const filterInput = { ...ANYTHING, genres: ['Roguelike'], language: 'Korean', onSale: true }
    const filter = filtered({ genres: ['Roguelike'], language: 'Korean', onSale: true })
    const problem = await nothingLeft(catalogue, { filterInput: filterInput, filter }, en)
    expect(explainProblem(problem, en)).toBe(
      'No indie game matches the tag “Roguelike”, support for Korean, and a discount. I’d find 2 games with only the tag “Roguelike”.',
    )
    expect(
      explainProblem(await nothingLeft(catalogue, { filterInput: filterInput, filter }, ko), ko),
    ).toContain('게임 2개')
  })

  it('names the hiding of owned games where all that fits is owned', async () => {
    const filterInput = { ...ANYTHING, genres: ['Puzzle'] }
    const asked = { filterInput, filter: filtered({ genres: ['Puzzle'] }), hidden: [gameId(3)] }
    expect(await nothingLeft(catalogue, asked, en)).toMatchObject({
      filters: ['the tag “Puzzle”', 'hiding games you own'],
      relax: [
        { how: 'without', filter: 'the tag “Puzzle”', games: 2 },
        { how: 'without', filter: 'hiding games you own', games: 1 },
      ],
    })
  })

  it('says in one sentence that nothing free is on sale', async () => {
    const filterInput = { ...ANYTHING, maxPrice: 0, onSale: true }
    const sale = memoryCatalogue([
      game({ id: gameId(1), price: { cents: 400, initialCents: 800, discount: 50, currency: 'USD' } }),
    ])
    const problem = await nothingLeft(
      sale,
      { filterInput: filterInput, filter: filtered({ maxPriceCents: 0, onSale: true }) },
      en,
    )
    expect(explainProblem(problem, en)).toBe(
      'No indie game matches the price “free” and a discount. I’d find 1 game without the price “free” or 1 game with a price up to $4.00.',
    )
  })

  it('tells what the thresholds of reviews cost', async () => {
    const reviewed = (id: number, share: number, count: number | undefined) =>
      game({ id: gameId(id), reviews: { share, count } })
    const shelf = memoryCatalogue([reviewed(1, 0.9, 99), reviewed(2, 0.89, 2000), reviewed(3, 1, undefined)])
    const thresholds = { minReviews: 1000, minPositive: 90 }
    const asked = { filterInput: { ...ANYTHING, ...thresholds }, filter: filtered(thresholds) }
    expect(explainProblem(await nothingLeft(shelf, asked, en), en)).toBe(
      'No indie game matches at least 1,000 reviews and at least 90% positive reviews. I’d find 1 game without at least 1,000 reviews or 1 game without at least 90% positive reviews.',
    )
    expect(explainProblem(await nothingLeft(shelf, asked, ko), ko)).toBe(
      '조건에 맞는 인디 게임이 없어요: 평가 1,000개 이상, 긍정적인 평가 90% 이상. 평가 1,000개 이상 조건을 빼면 게임 1개가 있어요, 긍정적인 평가 90% 이상 조건을 빼면 게임 1개가 있어요.',
    )
  })

  it('offers no way where nothing would help', async () => {
    const filterInput = { ...ANYTHING, language: 'Korean', onSale: true }
    const filter = filtered({ language: 'Korean', onSale: true })
    expect(await nothingLeft(catalogue, { filterInput: filterInput, filter }, en)).toMatchObject({
      relax: [],
    })
  })

  it('is told of mature games where they alone are of the genre, and none are shown', async () => {
    const shelf = memoryCatalogue([game({ id: gameId(1), tags: ['Bishoujo'], mature: true })])
    const filterInput = { ...ANYTHING, genres: ['Bishoujo'] }
    const problem = await nothingLeft(
      shelf,
      { filterInput: filterInput, filter: filtered({ genres: ['Bishoujo'] }) },
      en,
    )
    expect(problem).toEqual({ kind: 'mature-off', asked: 'Bishoujo' })
    const needs = { catalogue, now: () => new Date() }
    const rules = { mature: false, without: [] }
    for (const word of ['Hentai', 'nsfw', 'Sexual content', '18+'])
      expect(await readFilter(needs, { ...filterInput, genres: [word] }, rules, en.prices)).toMatchObject({
        kind: 'mature-off',
      })
  })

  it('names the order where it is the order that leaves nothing', async () => {
    const asked = { filterInput: ANYTHING, filter: filtered(), sort: 'on-sale' } as const
    expect(await nothingLeft(catalogue, asked, en)).toMatchObject({
      filters: ['the order “On sale”'],
      relax: [{ how: 'reordered', games: 3 }],
    })
  })
})
