import type { Filter } from './filter.ts'
import type { Game } from './game.ts'
import type { GameId } from './ids.ts'
import { likeness } from './likeness.ts'
import type { Catalogue, Counted, Scorer } from './ports.ts'
import { candidatesFor, complete, obeyRules, type Recommended } from './recommend.ts'
import { reweigh } from './worth.ts'

/** What the model alone weighs against likeness: a game that shares no tag keeps this part of its score. */
const BY_MODEL = 0.3

export type Target = { readonly game: Game; readonly filter: Filter; readonly count: number }

/**
 * The games nearest to one: score · (0.3 + likeness), where the score is that of a library of this game alone. Who owns it
 * owns those as well, and the tags see to it that they are of a kind. By tags alone where the model does not know it.
 */
export async function nearest(
  ports: { readonly catalogue: Catalogue; readonly scorer: Scorer },
  { game, filter, count }: Target,
  skipped: readonly GameId[] = [],
): Promise<Recommended> {
  const counted: Counted[] = [
    { game: game.id, minutes: 60, name: game.name },
    ...skipped
      .filter((other) => other !== game.id)
      .map((other) => ({ game: other, minutes: 0, name: undefined, times: 0 })),
  ]
  const { ranked, source } = await candidatesFor(ports, counted, filter)
  const facts = await ports.catalogue.facts(ranked.map((each) => each.game))
  const near = reweigh(obeyRules(ranked, counted, facts, filter), (each) => {
    const fact = facts.get(each.game)
    return BY_MODEL + (fact ? likeness(game, fact) : 0)
  })
  const picks = near.slice(0, count)
  return complete(ports.catalogue, { picks, source }, counted, { filter, count })
}
