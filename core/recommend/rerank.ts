import type { Game } from '../catalogue/game.ts'
import type { Discovery } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import type { Feedback } from '../players/feedback.ts'
import { createLikeness } from './likeness.ts'
import type { Ranked } from './scorer.ts'

/** Powers of the owners' number, on top of what the model itself takes off (`npm run evaluate -- --discovery`). */
const POPULARITY: Readonly<Record<Discovery, number>> = {
  popular: 0.3,
  balanced: 0,
  adventurous: -0.3,
  'hidden-gems': -0.75,
}

/** A gem is well liked, and few know of it; what is none stands behind all that are. */
const GEM = { share: 0.8, reviews: 10_000, otherwise: 1e-6 }

/** What is left of a score for each time that a game was shown without an answer: about four of ten picks stay for a day. */
const SHOWN_AGAIN = 0.7

/** How strongly one game that is not for somebody speaks against its like. */
const AVERSION = 2

export type Bent = { readonly discovery: Discovery; readonly feedback: Feedback }

/**
 * What the candidates are worth to this asker, best first, ties by id:
 *
 *     score · owners^popularity · 0.7^shown · (1 − greatest likeness to a game that is not for them)²
 *
 * A score that speaks against a game stays as it is, and so behind all that speak for one.
 */
export function rerank(
  ranked: readonly Ranked[],
  facts: ReadonlyMap<GameId, Game>,
  { discovery, feedback }: Bent,
): Ranked[] {
  const likeness = createLikeness(facts)
  const unwanted = feedback.skipped.flatMap((game) => facts.get(game) ?? [])
  return reweigh(ranked, (candidate) => {
    const { game } = candidate
    const fact = facts.get(game)
    const alike = fact ? unwanted.map((other) => likeness.of(fact, other)) : []
    return (
      bend(discovery, candidate, fact) *
      SHOWN_AGAIN ** (feedback.shown.get(game) ?? 0) *
      (1 - Math.max(0, ...alike)) ** AVERSION
    )
  })
}

/** What a setting makes of a candidate: owners^popularity, and hardly anything of what is no gem where gems are asked for. */
export function bend(
  discovery: Discovery,
  { owners }: Pick<Ranked, 'owners'>,
  fact: Pick<Game, 'reviews'> | undefined,
): number {
  const popularity = owners === undefined ? 1 : Math.max(1, owners) ** POPULARITY[discovery]
  return discovery === 'hidden-gems' && fact && !isGem(fact) ? GEM.otherwise * popularity : popularity
}

function isGem({ reviews: { share, count = 0 } = { share: 0, count: 0 } }: Pick<Game, 'reviews'>): boolean {
  return share >= GEM.share && count <= GEM.reviews
}

/** Multiplies what speaks for a game. */
export function reweigh(ranked: readonly Ranked[], factor: (candidate: Ranked) => number): Ranked[] {
  return ranked
    .map((each) => (each.score > 0 ? { ...each, score: each.score * factor(each) } : each))
    .sort((a, b) => b.score - a.score || a.game - b.game)
}
