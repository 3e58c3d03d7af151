import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GameId, gameId } from '../../../core/ids.ts'
import { rankForGroup } from '../../../core/recommend/group.ts'
import type { Ranked } from '../../../core/recommend/scorer.ts'

const ranking = (...scored: readonly (readonly [number, number])[]): Ranked[] =>
  scored.map(([game, score]) => ({ game: gameId(game), score, reasons: [] }))

/** One to eight players, each with a ranking of some of twenty games. */
const rankings = fc.array(
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.double({ min: -1, max: 5, noNaN: true })), {
      selector: ([game]) => game,
      maxLength: 20,
    })
    .map((scored) => ranking(...scored.toSorted((a, b) => b[1] - a[1]))),
  { minLength: 1, maxLength: 8 },
)

/** What a game is worth to a player: the more, the nearer it is to their best. */
function worth(player: readonly Ranked[], game: GameId): number {
  const at = player.findIndex((one) => one.game === game)
  return at < 0 ? Number.NEGATIVE_INFINITY : -at
}

function least(players: readonly (readonly Ranked[])[], game: GameId): number {
  return Math.min(...players.filter((player) => player.length > 0).map((player) => worth(player, game)))
}

describe('a list for several players', () => {
  it('puts what all like before what one loves', () => {
    const ana = ranking([1, 100], [2, 0.6], [4, 0.5], [3, 0.1])
    const ben = ranking([3, 0.9], [2, 0.5], [5, 0])
    const list = rankForGroup([ana, ben], new Set())
    expect(list.map(({ game, fits }) => [game, fits])).toEqual([
      [2, 2],
      [3, 2],
      [1, 1],
      [4, 1],
      [5, 0],
    ])
    expect(list.map(({ score }) => score > 0)).toEqual([true, true, false, false, false])
  })

  it('pleases the least pleased with each pick at least as much as with any that comes after', () => {
    fc.assert(
      fc.property(rankings, (players) => {
        const worths = rankForGroup(players, new Set()).map(({ game }) => least(players, game))
        expect(worths).toEqual(worths.toSorted((a, b) => b - a))
      }),
    )
  })

  it('does not heed in what measure a player scores', () => {
    fc.assert(
      fc.property(rankings, fc.constantFrom(0.25, 2, 1024), (players, factor) => {
        const [first = [], ...others] = players
        const louder = first.map((one) => ({ ...one, score: one.score * factor }))
        const games = (list: ReturnType<typeof rankForGroup>) => list.map(({ game }) => game)
        expect(games(rankForGroup([louder, ...others], new Set()))).toEqual(
          games(rankForGroup(players, new Set())),
        )
      }),
    )
  })

  it('does not heed the order in which the players are named', () => {
    fc.assert(
      fc.property(rankings, (players) => {
        expect(rankForGroup(players.toReversed(), new Set())).toEqual(rankForGroup(players, new Set()))
      }),
    )
  })

  it('never holds a game that any of them owns, and each other game once', () => {
    fc.assert(
      fc.property(rankings, fc.array(fc.integer({ min: 1, max: 20 }).map(gameId)), (players, owned) => {
        const games = rankForGroup(players, new Set(owned)).map(({ game }) => game)
        expect(games.filter((game) => owned.includes(game))).toEqual([])
        expect(new Set(games).size).toBe(games.length)
      }),
    )
  })

  it('leaves out a player whom the model knows nothing of, rather than everybody', () => {
    const ana = ranking([1, 2], [2, 1])
    expect(rankForGroup([ana, []], new Set())).toEqual(rankForGroup([ana], new Set()))
    expect(rankForGroup([[], []], new Set())).toEqual([])
  })
})
