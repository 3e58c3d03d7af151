import type { Game } from '../catalogue/game.ts'
import type { GameId } from '../ids.ts'
import { createLikeness } from './likeness.ts'
import type { Ranked } from './scorer.ts'

/** How much of a pick's worth is being unlike the picks before it; 0 leaves the model's order as it is. */
const DIVERSITY = 0.3

/**
 * Re-orders so that ten picks are not ten of a kind: greedy maximal marginal relevance (Carbonell and Goldstein 1998),
 * (1 − d)·score − d·(greatest likeness to a pick so far), with what they are worth scaled to 0…1 over the candidates. The best
 * candidate stays first; of equals the one that stood first in `ranked` wins.
 */
export function diversify(
  ranked: readonly Ranked[],
  facts: ReadonlyMap<GameId, Game>,
  count: number,
  worthOf: (candidate: Ranked) => number = ({ score }) => score,
): readonly Ranked[] {
  const likeness = createLikeness(facts)
  const scores = ranked.map(worthOf)
  const lowest = Math.min(...scores)
  const range = Math.max(...scores) - lowest || 1
  const open = ranked.map((candidate) => ({
    candidate,
    game: facts.get(candidate.game),
    worth: (worthOf(candidate) - lowest) / range,
    alike: 0,
  }))
  const chosen: Ranked[] = []
  while (chosen.length < count && open.length > 0) {
    let best = 0
    for (let i = 1; i < open.length; i += 1) if (value(open[i]) > value(open[best])) best = i
    const [pick] = open.splice(best, 1)
    if (!pick) break
    chosen.push(pick.candidate)
    for (const other of open) {
      if (pick.game && other.game) other.alike = Math.max(other.alike, likeness.of(pick.game, other.game))
    }
  }
  return chosen
}

function value(entry: { readonly worth: number; readonly alike: number } | undefined): number {
  return entry ? (1 - DIVERSITY) * entry.worth - DIVERSITY * entry.alike : Number.NEGATIVE_INFINITY
}
