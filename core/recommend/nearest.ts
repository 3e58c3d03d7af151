import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Filter } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import type { GameId } from '../ids.ts'
import type { WeightedGame } from '../players/library.ts'
import { createLikeness } from './likeness.ts'
import { isDisliked, nearness, spreadStudios, tellingTags } from './nearness.ts'
import { candidatesFor, complete, NEAR_CANDIDATES, obeyRules, type Recommended } from './recommend.ts'
import { reweigh } from './rerank.ts'
import type { Scorer } from './scorer.ts'

/** So many players of the training own both games, or more: else it is chance. */
const MANY = 20

export type Target = {
  readonly game: Game
  readonly filter: Filter
  readonly count: number
  /** Never given. */
  readonly without: readonly GameId[]
}

/** What a game has in common with the one that was asked about; undefined where nothing that can be said. */
export type InCommon = { readonly studio: boolean; readonly tags: readonly string[] }

/**
 * The games nearest to one: what the model says of a library of this game alone, times how alike their tags are. Only games
 * are given of which it can be said what they have in common with it. By tags alone where the model does not know it.
 */
export async function nearest(
  ports: { readonly catalogue: Catalogue; readonly scorer: Scorer },
  { game, filter, count, without }: Target,
): Promise<Recommended & { readonly inCommon: (other: GameId) => InCommon | undefined }> {
  const counted: WeightedGame[] = [
    ...without.map((other) => ({ game: other, minutes: 0, name: undefined, times: 0 })),
    { game: game.id, minutes: 60, name: game.name },
  ]
  const { ranked, source } = await candidatesFor(ports, counted, filter, NEAR_CANDIDATES)
  const facts = await ports.catalogue.facts(ranked.map((each) => each.game))
  const likeness = createLikeness(facts)
  const telling = await tellingTags(ports.catalogue, game)
  const bothOwn = new Map(ranked.map((each) => [each.game, each.bothOwn ?? 0]))
  const commonWith = (other: Game): InCommon | undefined => {
    const studio = other.developers.some((name) => game.developers.includes(name))
    const tags = likeness.shared(game, other).filter((tag) => telling.has(tag))
    return studio || tags.length > 0 || (bothOwn.get(other.id) ?? 0) >= MANY ? { studio, tags } : undefined
  }
  const open = obeyRules(ranked, counted, facts, filter).filter((each) => {
    const fact = facts.get(each.game)
    if (fact === undefined || isDisliked(fact)) return false
    // A model that doesn't count common owners can't rule them out either.
    return each.bothOwn === undefined || commonWith(fact) !== undefined
  })
  const near = reweigh(open, (each) => nearness(likeness, [game], facts.get(each.game), each))
  const best = { picks: spreadStudios(near, facts, count), source }
  const found = await complete(ports.catalogue, best, counted, { filter, count, known: facts })
  return {
    ...found,
    inCommon(other) {
      const fact = found.facts.get(other)
      return fact && commonWith(fact)
    },
  }
}
