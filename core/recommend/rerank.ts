import type { Game } from '../catalogue/game.ts'
import type { Discovery } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import type { Feedback } from '../players/feedback.ts'
import { createLikeness } from './likeness.ts'
import type { Ranked } from './scorer.ts'

/**
 * Powers of the owners' number. For held-out players of the real data the median owners of the first ten go from 454 over
 * 291.5 and 213 to 84, and NDCG@100 from .477 over .489 and .461 to .406 (`npm run evaluate -- --discovery`).
 */
const POPULARITY: Readonly<Record<Discovery, number>> = {
  popular: 0.3,
  balanced: 0,
  adventurous: -0.12,
  'hidden-gems': -0.25,
}

/** What is left of a score for each time that a game was shown without an answer: about four of ten picks stay for a day. */
const SHOWN_AGAIN = 0.7

/** How strongly one game that is not for somebody speaks against its like. */
const AVERSION = 2

/**
 * Of somebody who names a few games hardly anything is known, and what many own is the safer guess: with three games left
 * of a library, NDCG@100 of held-out players goes from .100 to .131, with ten from .139 to .170
 * (`npm run evaluate -- --thin`). Whoever asks for anything but the balanced gets what they ask for.
 */
const COLD_START = { games: 10, popularity: 0.3 }

export type Bent = {
  readonly discovery: Discovery
  readonly feedback: Feedback
  /** How many games speak for the asker's taste; many unless it is said. */
  readonly games?: number
}

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
  { discovery, feedback, games = Number.POSITIVE_INFINITY }: Bent,
): Ranked[] {
  const likeness = createLikeness(facts)
  const unwanted = feedback.skipped.flatMap((game) => facts.get(game) ?? [])
  const popularity = popularityOf(discovery, games)
  return reweigh(ranked, ({ game, owners }) => {
    const fact = facts.get(game)
    const alike = fact ? unwanted.map((other) => likeness.of(fact, other)) : []
    return (
      popularity({ owners }) *
      SHOWN_AGAIN ** (feedback.shown.get(game) ?? 0) *
      (1 - Math.max(0, ...alike)) ** AVERSION
    )
  })
}

/** owners^popularity; 1 for a game of which the model does not say how many own it. */
export function popularityOf(
  discovery: Discovery,
  games = Number.POSITIVE_INFINITY,
): (candidate: Pick<Ranked, 'owners'>) => number {
  const thin = discovery === 'balanced' && games <= COLD_START.games
  const exponent = thin ? COLD_START.popularity : POPULARITY[discovery]
  return ({ owners }) => (owners === undefined ? 1 : Math.max(1, owners) ** exponent)
}

/** Multiplies what speaks for a game. */
export function reweigh(ranked: readonly Ranked[], factor: (candidate: Ranked) => number): Ranked[] {
  return ranked
    .map((each) => (each.score > 0 ? { ...each, score: each.score * factor(each) } : each))
    .sort((a, b) => b.score - a.score || a.game - b.game)
}
