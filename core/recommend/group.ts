import type { GameId } from '../ids.ts'
import type { Ranked } from './scorer.ts'

export type GroupPick = {
  readonly game: GameId
  /** What the least pleased of them gets: 1 is their own best, 0 what is not among their best at all. */
  readonly score: number
  /** How many of the players it fits. */
  readonly fits: number
}

/** So many of each player's best are heard of; a game that is not among them pleases that player not at all. */
export const RANKED_EACH = 1_500

/** A game fits a player whose taste speaks for it at all and who has it among so many of their best. */
const FITTING_PLACE = 150

/**
 * One list for several players, each with their own ranking of the same games: first what pleases the least pleased most,
 * of equals what pleases all together more, then by id. A player whom the model could not rank for is left out of it.
 */
export function rankForGroup(
  rankings: readonly (readonly Ranked[])[],
  without: ReadonlySet<GameId>,
): readonly GroupPick[] {
  const tastes = rankings.filter((ranking) => ranking.length > 0).map(likings)
  const candidates = new Set(tastes.flatMap((taste) => [...taste.keys()]))
  return [...candidates]
    .filter((game) => !without.has(game))
    .map((game) => {
      const likings = tastes.map((taste) => taste.get(game) ?? UNHEARD)
      // In order, so that the sum does not depend on who was named first.
      const pleased = likings.map(({ worth }) => worth).sort((a, b) => a - b)
      const sum = pleased.reduce((total, one) => total + one, 0)
      return { game, sum, score: pleased[0] ?? 0, fits: likings.filter(({ fits }) => fits).length }
    })
    .sort((a, b) => b.score - a.score || b.sum - a.sum || a.game - b.game)
    .map(({ game, score, fits }) => ({ game, score, fits }))
}

type Liking = { readonly worth: number; readonly fits: boolean }

const UNHEARD: Liking = { worth: 0, fits: false }

/**
 * The place in a player's own order tells the worth, by its logarithm: scores of two players have no common measure, and
 * one player's single great love would make all else worth nothing to them.
 */
function likings(ranking: readonly Ranked[]): ReadonlyMap<GameId, Liking> {
  return new Map(
    ranking.slice(0, RANKED_EACH).map(({ game, score }, at) => {
      const place = at + 1
      const worth = 1 - Math.log(place) / Math.log(RANKED_EACH + 1)
      return [game, { worth, fits: score > 0 && place <= FITTING_PLACE }]
    }),
  )
}
