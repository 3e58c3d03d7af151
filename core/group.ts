import type { GameId } from './ids.ts'
import type { Ranked } from './ports.ts'

export type GroupPick = {
  readonly game: GameId
  /** What the least pleased of them gets: 1 is their own best, 0 what was not among their best at all. */
  readonly score: number
  /** How many of the players it fits. */
  readonly fits: number
}

/** A game fits a player from this share of what their own best is worth to them. */
const FITTING = 0.25

/**
 * One list for several players, each with their own ranking of the same games: first what pleases the least pleased most,
 * of equals what pleases all together more, then by id. A player whom the model could not rank for is left out of it.
 */
export function rankForGroup(
  rankings: readonly (readonly Ranked[])[],
  ownedByAny: ReadonlySet<GameId>,
): readonly GroupPick[] {
  const tastes = rankings.filter((ranking) => ranking.length > 0).map(likings)
  const candidates = new Set(tastes.flatMap((taste) => [...taste.keys()]))
  return [...candidates]
    .filter((game) => !ownedByAny.has(game))
    .map((game) => {
      // In order, so that the sum does not depend on who was named first.
      const pleased = tastes.map((taste) => taste.get(game) ?? 0).sort((a, b) => a - b)
      const sum = pleased.reduce((total, one) => total + one, 0)
      return { game, sum, score: Math.min(...pleased), fits: pleased.filter((one) => one >= FITTING).length }
    })
    .sort((a, b) => b.score - a.score || b.sum - a.sum || a.game - b.game)
    .map(({ game, score, fits }) => ({ game, score, fits }))
}

/** Scores of two players have no common measure: each is taken as a share of that player's best. */
function likings(ranking: readonly Ranked[]): ReadonlyMap<GameId, number> {
  const best = Math.max(...ranking.map(({ score }) => score))
  return new Map(ranking.map(({ game, score }) => [game, best > 0 ? Math.max(0, score / best) : 0]))
}
