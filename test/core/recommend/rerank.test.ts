import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Game } from '../../../core/catalogue/game.ts'
import { DISCOVERY, type Discovery } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { type Feedback, NO_FEEDBACK } from '../../../core/players/feedback.ts'
import { rerank } from '../../../core/recommend/rerank.ts'
import type { Ranked } from '../../../core/recommend/scorer.ts'
import { game } from '../../support/builders/games.ts'

const candidate = (id: number, score: number, owners?: number): Ranked => ({
  ...{ game: gameId(id), score, reasons: [] },
  ...(owners !== undefined && { owners }),
})

const facts = (...games: Game[]) => new Map(games.map((one) => [one.id, one]))

const worth = (
  candidates: readonly Ranked[],
  bent: { discovery?: Discovery; feedback?: Partial<Feedback>; games?: Game[] } = {},
) => {
  const { discovery = 'balanced', feedback: heard = {}, games = [] } = bent
  return rerank(candidates, facts(...games), { discovery, feedback: { ...NO_FEEDBACK, ...heard } })
}

const ids = (ranked: readonly Ranked[]) => ranked.map((each) => each.game)

/** By scores that often tie, and owners that are known of some. */
const candidates = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 40 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((id) =>
      fc
        .record({
          score: fc.integer({ min: -3, max: 6 }),
          owners: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
        })
        .map(({ score, owners }) => candidate(id, score, owners)),
    ),
  ),
)

describe('worth', () => {
  it('is the score where nothing was said and nothing is asked', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const sorted = all.toSorted((a, b) => b.score - a.score || a.game - b.game)
        expect(worth(all)).toEqual(sorted)
      }),
    )
  })

  it('does not depend on the order of the candidates, nor loses one', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(...DISCOVERY), (all, discovery) => {
        const shown = new Map(all.filter((each) => each.game % 3 === 0).map((each) => [each.game, 2]))
        const bent = { discovery, feedback: { shown } }
        expect(worth(all.toReversed(), bent)).toEqual(worth(all, bent))
        expect(ids(worth(all, bent)).toSorted()).toEqual(ids(all).toSorted())
      }),
    )
  })

  it('never lets what speaks against a game overtake what speaks for one', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(...DISCOVERY), (all, discovery) => {
        const shown = new Map(all.map((each) => [each.game, each.game % 5]))
        const signs = worth(all, { discovery, feedback: { shown } }).map((each) => Math.sign(each.score))
        expect(signs).toEqual(signs.toSorted((a, b) => b - a))
      }),
    )
  })

  it('goes from what many own to what few own', () => {
    const equals = [1, 10, 100, 1_000].map((owners) => candidate(owners, 1, owners))
    expect(ids(worth(equals, { discovery: 'popular' }))).toEqual([1_000, 100, 10, 1])
    expect(ids(worth(equals, { discovery: 'adventurous' }))).toEqual([1, 10, 100, 1_000])
    const [gem] = worth([candidate(1, 1, 100), candidate(2, 2.5, 10_000)], { discovery: 'hidden-gems' })
    expect(gem).toMatchObject({ game: 1, score: expect.closeTo(100 ** -0.75) })
    expect(ids(worth([candidate(1, 1, 100), candidate(2, 5, 10_000)], { discovery: 'adventurous' }))).toEqual(
      [2, 1],
    )
  })

  it('takes for hidden gems what is well liked and little known, and all else behind them', () => {
    const reviewed = (id: number, share: number, count: number | undefined) =>
      game({ id: gameId(id), reviews: { share, count } })
    const games = [
      reviewed(1, 0.95, 104_000),
      reviewed(2, 0.4, 300),
      reviewed(3, 0.9, 800),
      game({ id: gameId(4), reviews: undefined }),
    ]
    const all = games.map(({ id }) => candidate(id, 5 - id, 100))
    expect(ids(worth(all, { discovery: 'hidden-gems', games }))).toEqual([3, 1, 2, 4])
    expect(ids(worth(all, { discovery: 'adventurous', games }))).toEqual([1, 2, 3, 4])
  })

  it('stays as it is with a model that knows no owners', () => {
    const some = [candidate(1, 3), candidate(2, 2)]
    expect(worth(some, { discovery: 'hidden-gems' })).toEqual(some)
  })

  it('falls with every showing', () => {
    const shown = new Map([
      [gameId(1), 1],
      [gameId(2), 2],
    ])
    const scores = worth(
      [1, 2, 3].map((id) => candidate(id, 1)),
      { feedback: { shown } },
    )
    expect(scores).toMatchObject([
      { game: 3, score: 1 },
      { game: 1, score: expect.closeTo(0.7) },
      { game: 2, score: expect.closeTo(0.49) },
    ])
  })

  it('does not rise by showings where it speaks against a game', () => {
    const shown = new Map([[gameId(2), 5]])
    expect(ids(worth([candidate(1, -1), candidate(2, -2)], { feedback: { shown } }))).toEqual([1, 2])
  })

  it('falls by the likeness to the nearest game that is not for them', () => {
    const games = [
      game({ id: gameId(1), tags: ['Horror', 'Dark'], developers: [] }),
      game({ id: gameId(2), tags: ['Farming', 'Dark'], developers: [] }),
      game({ id: gameId(3), tags: ['Farming', 'Cute'], developers: [] }),
      game({ id: gameId(8), tags: ['Horror', 'Dark'], developers: [] }),
      game({ id: gameId(9), tags: ['Puzzle'], developers: [] }),
    ]
    // Five games, of which three carry Dark, two Horror, two Farming.
    const [dark, two] = [Math.log(1 + 5 / 3), Math.log(1 + 5 / 2)]
    const all = dark + two + two
    const heard = { skipped: [gameId(8), gameId(9), gameId(77)] }
    const scores = worth(
      [1, 2, 3].map((id) => candidate(id, 1)),
      { feedback: heard, games },
    )
    expect(scores).toMatchObject([
      { game: 3, score: 1 },
      { game: 2, score: expect.closeTo((1 - dark / all) ** 2) },
      { game: 1, score: 0 },
    ])
  })
})
