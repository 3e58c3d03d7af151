import { describe, expect, it } from 'vitest'
import { gameCard } from '../../../core/cards/game-card.ts'
import { NO_FILTER } from '../../../core/catalogue/filter.ts'
import { DISCOVERY } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { isNewcomer, withNewcomer } from '../../../core/recommend/newcomer.ts'
import { recommendFor } from '../../../core/recommend/recommend.ts'
import type { Ranked, Scorer } from '../../../core/recommend/scorer.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'

const ranked = (id: number, owners?: number): Ranked => ({
  ...{ game: gameId(id), score: 1 / id, reasons: [] },
  ...(owners !== undefined && { owners }),
})

const ids = (picks: readonly Ranked[]) => picks.map((pick) => pick.game)

it('is new what fewer than ten have, and not what nobody knows the owners of', () => {
  expect([ranked(1, 0), ranked(1, 9), ranked(1, 10), ranked(1)].map(isNewcomer)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

describe('the new place', () => {
  const picks = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ranked(id, 100))

  it('ends the first page, and costs the last pick its own', () => {
    expect(ids(withNewcomer(picks, ranked(99, 0), 8))).toEqual([1, 2, 3, 4, 99, 5, 6, 7])
  })

  it('comes last where there are few picks, beside all of them where there is room', () => {
    expect(ids(withNewcomer(picks.slice(0, 2), ranked(99, 0), 2))).toEqual([1, 99])
    expect(ids(withNewcomer(picks.slice(0, 2), ranked(99, 0), 8))).toEqual([1, 2, 99])
    expect(ids(withNewcomer([], ranked(99, 0), 8))).toEqual([99])
  })

  it('is not given where only one game is asked for, nor without a new game', () => {
    expect(ids(withNewcomer(picks.slice(0, 1), ranked(99, 0), 1))).toEqual([1])
    expect(withNewcomer(picks, undefined, 8)).toBe(picks)
  })
})

describe('an answer', () => {
  const shelf = Array.from({ length: 30 }, (_, at) =>
    game({ id: gameId(at + 1), name: `Game ${at + 1}`, tags: [`Tag ${at}`], developers: [] }),
  )
  /** Every third game is new. */
  const scorer: Scorer = {
    rank: async () => shelf.map(({ id }) => ranked(id, id % 3 === 0 ? 0 : 100 + id)),
  }

  it.each(DISCOVERY)('holds one new game, whatever the discovery (%s)', async (discovery) => {
    const search = { owned: [], filter: NO_FILTER, count: 8, discovery }
    const { picks } = await recommendFor({ catalogue: memoryCatalogue(shelf), scorer }, search)
    expect(picks).toHaveLength(8)
    expect(picks.filter(isNewcomer).map((pick) => pick.game)).toEqual([3])
    expect(picks.findIndex(isNewcomer)).toBe(4)
  })

  it('says so on its card', () => {
    const answer = { about: { kind: 'liked', names: [], source: 'model' } } as never
    const card = (pick: object) =>
      gameCard(
        game({ id: gameId(3), name: 'Game 3' }),
        { answer, pick: { game: gameId(3), score: 1, reasons: [], owned: false, ...pick } },
        stringsIn('en', (name) => `/${name}`) as never,
      )
    expect(card({ isNew: true }).mark).toBe('New: few players own it yet')
    expect(card({}).mark).toBeUndefined()
  })
})
