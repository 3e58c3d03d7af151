import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Filter } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import type { GameId } from '../ids.ts'
import type { WeightedGame } from '../players/library.ts'
import { createLikeness, type Likeness } from './likeness.ts'
import { candidatesFor, complete, obeyRules, type Recommended } from './recommend.ts'
import { reweigh } from './rerank.ts'
import type { Scorer } from './scorer.ts'

/** What the model alone weighs against likeness: a game that shares no tag keeps this part of its score. */
const BY_MODEL = 0.1

export type Target = {
  readonly game: Game
  readonly filter: Filter
  readonly count: number
  /** Never given. */
  readonly without: readonly GameId[]
}

/**
 * The games nearest to one: score · (0.1 + likeness), where the score is that of a library of this game alone. Who owns it
 * owns those as well, and the tags see to it that they are of a kind. By tags alone where the model does not know it.
 */
export async function nearest(
  ports: { readonly catalogue: Catalogue; readonly scorer: Scorer },
  { game, filter, count, without }: Target,
): Promise<Recommended & { readonly likeness: Likeness }> {
  const counted: WeightedGame[] = [
    ...without.map((other) => ({ game: other, minutes: 0, name: undefined, times: 0 })),
    { game: game.id, minutes: 60, name: game.name },
  ]
  const { ranked, source } = await candidatesFor(ports, counted, filter)
  const facts = await ports.catalogue.facts(ranked.map((each) => each.game))
  const likeness = createLikeness(facts)
  const near = reweigh(obeyRules(ranked, counted, facts, filter), (each) => {
    const fact = facts.get(each.game)
    return BY_MODEL + (fact ? likeness.of(game, fact) : 0)
  })
  const best = { picks: near.slice(0, count), source }
  return { ...(await complete(ports.catalogue, best, counted, { filter, count })), likeness }
}
