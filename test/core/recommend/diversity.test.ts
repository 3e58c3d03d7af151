import { describe, expect, it } from 'vitest'
import type { Game } from '../../../core/catalogue/game.ts'
import { gameId } from '../../../core/ids.ts'
import { diversify } from '../../../core/recommend/diversity.ts'
import type { Ranked } from '../../../core/recommend/scorer.ts'
import { game } from '../../support/builders/games.ts'

const ranked = (...ids: number[]): Ranked[] =>
  ids.map((id, place) => ({ game: gameId(id), score: 1 - place / 100, reasons: [] }))

const facts = (...games: Game[]) => new Map(games.map((one) => [one.id, one]))

const ids = (picks: readonly Ranked[]) => picks.map((pick) => pick.game)

describe('diversify', () => {
  const twins = [1, 2, 3].map((id) => game({ id: gameId(id), tags: ['Roguelike', 'Deckbuilder'] }))
  const other = game({ id: gameId(4), tags: ['Farming', 'Relaxing'] })

  it('keeps the best pick first', () => {
    expect(ids(diversify(ranked(1, 2, 3, 4), facts(...twins, other), 4))[0]).toBe(1)
  })

  it('prefers another kind of game to a twin of nearly the same score', () => {
    const close = ranked(1, 2, 3, 4).map((pick, i) => ({ ...pick, score: i === 3 ? 0.9 : pick.score }))
    close.push({ game: gameId(5), score: 0, reasons: [] })
    const far = game({ id: gameId(5), tags: ['Farming', 'Relaxing'] })
    expect(ids(diversify(close, facts(...twins, other, far), 2))).toEqual([1, 4])
  })

  it('treats two games of one studio as alike whatever their tags', () => {
    const [a, b, c] = [1, 2, 3].map((id) =>
      game({ id: gameId(id), tags: [`tag ${id}`], developers: [id === 3 ? 'Another' : 'One Studio'] }),
    )
    const close = [1, 0.95, 0.93, 0].map((score, i) => ({ game: gameId(i + 1), score, reasons: [] }))
    expect(ids(diversify(close, facts(a as Game, b as Game, c as Game), 2))).toEqual([1, 3])
  })

  it('never gives more than it was asked for, nor a game twice', () => {
    const picks = ids(diversify(ranked(1, 2, 3, 4), facts(...twins, other), 10))
    expect([...picks].sort()).toEqual([1, 2, 3, 4])
    expect(diversify(ranked(1, 2, 3), facts(...twins), 2)).toHaveLength(2)
    expect(diversify([], facts(), 5)).toEqual([])
  })
})
