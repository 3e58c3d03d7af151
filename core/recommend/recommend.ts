import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Filter } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import type { Discovery } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import { allows } from '../places/place.ts'
import { countedGames, type Feedback, NO_FEEDBACK } from '../players/feedback.ts'
import type { OwnedGame, WeightedGame } from '../players/library.ts'
import { Unavailable } from '../unavailable.ts'
import type { Source } from './answers.ts'
import { diversify } from './diversity.ts'
import { createLikeness } from './likeness.ts'
import { isDisliked, nearness } from './nearness.ts'
import { partNewcomers, withNewcomer } from './newcomer.ts'
import { rerank, reweigh } from './rerank.ts'
import type { Ranked, Scorer } from './scorer.ts'

export type Search = {
  readonly owned: readonly OwnedGame[]
  readonly filter: Filter
  readonly count: number
  readonly discovery?: Discovery
  readonly feedback?: Feedback
  /** Games that were named: their like is looked for. */
  readonly named?: readonly GameId[]
}

export type Recommended = {
  /** Best first. Without reasons where a pick comes from the catalogue. */
  readonly picks: readonly Ranked[]
  readonly source: Source
  /** Facts of every pick, and of those reasons that the catalogue knows. */
  readonly facts: ReadonlyMap<GameId, Game>
}

type Ports = { readonly catalogue: Catalogue; readonly scorer: Scorer }

/** Hidden gems lie deep: with fewer candidates their popularity hardly falls, with more their relevance does. */
export const CANDIDATES = 200

/** What is like a few games lies deep as well. */
export const NEAR_CANDIDATES = 400

/** The diversity step needs a choice: this many candidates for each pick, and never fewer than the floor. */
const CANDIDATES_PER_PICK = 6
const CANDIDATES_AT_LEAST = 60

/** Of so many games, the latest, it is looked at what is like them. */
const UNWANTED_AT_MOST = 50

/** Candidates → facts → rules → worth → diversity, and one new game. Only the model's absence is forgiven; a lost database is not. */
export async function recommendFor(ports: Ports, search: Search): Promise<Recommended> {
  const { owned, filter, count, discovery = 'balanced', feedback = NO_FEEDBACK, named = [] } = search
  const counted = countedGames(owned, feedback)
  const limit = named.length > 0 ? NEAR_CANDIDATES : CANDIDATES
  const { ranked, source } = await candidatesFor(ports, counted, filter, limit)
  const unwanted = feedback.skipped.slice(0, UNWANTED_AT_MOST)
  const facts = await ports.catalogue.facts([...ranked.map((each) => each.game), ...unwanted, ...named])
  const allowed = obeyRules(ranked, counted, facts, filter)
  const worth = rerank(likeThose(allowed, facts, named), facts, { discovery, feedback })
  const { known, newcomer } = partNewcomers(worth)
  const choice = known.slice(0, Math.max(CANDIDATES_AT_LEAST, count * CANDIDATES_PER_PICK))
  const picks = withNewcomer(diversify(choice, facts, count, byChance), newcomer, count)
  return complete(ports.catalogue, { picks, source }, counted, { ...search, known: facts })
}

/** By what players say and by how near they are to the named games; as they are where none was named. */
function likeThose(
  ranked: readonly Ranked[],
  facts: ReadonlyMap<GameId, Game>,
  named: readonly GameId[],
): readonly Ranked[] {
  const games = named.flatMap((game) => facts.get(game) ?? [])
  if (games.length === 0) return ranked
  const likeness = createLikeness(facts)
  const open = ranked.filter(({ game }) => {
    const fact = facts.get(game)
    return fact === undefined || !isDisliked(fact)
  })
  return reweigh(open, (each) => nearness(likeness, games, facts.get(each.game), each))
}

/** Scores are chances: twice as likely is one step, wherever it is. */
function byChance({ score }: Ranked): number {
  return Math.log(Math.max(score, Number.MIN_VALUE))
}

/** The model's best, or none where it is away or knows none of the games. */
export async function candidatesFor(
  { catalogue, scorer }: Ports,
  counted: readonly WeightedGame[],
  filter: Filter,
  limit: number,
): Promise<{ ranked: readonly Ranked[]; source: Source }> {
  const allowed = await catalogue.allowed(filter)
  try {
    const ranked = await scorer.rank(counted, allowed, limit)
    return { ranked, source: ranked.length === 0 ? 'catalogue-unknown' : 'model' }
  } catch (error) {
    return { ranked: [], source: sourceWithout(error) }
  }
}

/** What stands in for the model where it is away, or where none has been trained yet; other errors are thrown on. */
export function sourceWithout(error: unknown): Source {
  if (error instanceof Unavailable && error.party === 'inference') return 'catalogue-away'
  if (error instanceof Unavailable && error.party === 'model') return 'catalogue-alone'
  throw error
}

/**
 * The catalogue has applied the filter and the scorer has left the owned games out. Held again here, since a catalogue
 * may change between two questions and nobody may be shown what their place forbids.
 */
export function obeyRules(
  ranked: readonly Ranked[],
  counted: readonly WeightedGame[],
  facts: ReadonlyMap<GameId, Game>,
  filter: Filter,
): readonly Ranked[] {
  const taken = new Set(counted.map((entry) => entry.game))
  return ranked.filter(({ game }) => {
    const fact = facts.get(game)
    return fact !== undefined && !taken.has(game) && allows(filter, fact)
  })
}

/** The model knows a tenth of the catalogue: what a narrow filter leaves empty, tags and reviews fill. */
export async function complete(
  catalogue: Catalogue,
  { picks, source }: Pick<Recommended, 'picks' | 'source'>,
  counted: readonly WeightedGame[],
  { filter, count, known }: Pick<Search, 'filter' | 'count'> & { readonly known: ReadonlyMap<GameId, Game> },
): Promise<Recommended> {
  const more = await fillers(catalogue, picks, counted, { filter, count })
  const filled = [...picks, ...more.map((game): Ranked => ({ game, score: 0, reasons: [] }))]
  const named = new Set(
    filled.flatMap(({ game, reasons }) => [game, ...reasons.map((reason) => reason.game)]),
  )
  const unread = [...named].filter((game) => !known.has(game))
  const facts = unread.length === 0 ? known : new Map([...known, ...(await catalogue.facts(unread))])
  return {
    picks: filled.filter((pick) => facts.has(pick.game)),
    source: picks.length === 0 && source === 'model' ? 'catalogue-unknown' : source,
    facts,
  }
}

async function fillers(
  catalogue: Catalogue,
  picks: readonly Ranked[],
  counted: readonly WeightedGame[],
  { filter, count }: Pick<Search, 'filter' | 'count'>,
): Promise<readonly GameId[]> {
  if (picks.length >= count) return []
  const taken = new Set([...picks, ...counted.filter(({ times }) => times === 0)].map((entry) => entry.game))
  const taste = counted.filter(({ times }) => times !== 0)
  const alike = await catalogue.alike(taste, filter, count + taken.size)
  return alike.filter((game) => !taken.has(game)).slice(0, count - picks.length)
}
