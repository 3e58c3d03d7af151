import { diversify } from './diversity.ts'
import type { Filter } from './filter.ts'
import type { Game } from './game.ts'
import type { GameId } from './ids.ts'
import type { OwnedGame } from './library.ts'
import type { Catalogue, Ranked, Scorer, Source } from './ports.ts'
import { Unavailable } from './unavailable.ts'

export type Recommended = {
  /** Best first. Without reasons where a pick comes from the catalogue. */
  readonly picks: readonly Ranked[]
  readonly source: Source
  /** Facts of every pick, and of those reasons that the catalogue knows. */
  readonly facts: ReadonlyMap<GameId, Game>
}

type Ports = { readonly catalogue: Catalogue; readonly scorer: Scorer }

/** The diversity step needs a choice: this many candidates for each pick, and never fewer than the floor. */
const CANDIDATES_PER_PICK = 6
const CANDIDATES_AT_LEAST = 60

/** Candidates → facts → rules. Only the model's absence is forgiven; a lost database is not. */
export async function recommendFor(
  { catalogue, scorer }: Ports,
  owned: readonly OwnedGame[],
  filter: Filter,
  count: number,
): Promise<Recommended> {
  const limit = Math.max(CANDIDATES_AT_LEAST, count * CANDIDATES_PER_PICK)
  const { ranked, source } = await fromModel({ catalogue, scorer }, owned, filter, limit)
  const facts = await catalogue.facts(ranked.map((candidate) => candidate.game))
  const picks = diversify(obeyRules(ranked, owned, facts, filter), facts, count)
  const filled = await fill(catalogue, picks, owned, filter, count)
  const named = await catalogue.facts([...filled.map((p) => p.game), ...reasonsOf(filled)])
  return {
    picks: filled.filter((pick) => named.has(pick.game)),
    source: picks.length === 0 && source === 'model' ? 'catalogue-unknown' : source,
    facts: named,
  }
}

async function fromModel(
  { catalogue, scorer }: Ports,
  owned: readonly OwnedGame[],
  filter: Filter,
  limit: number,
): Promise<{ ranked: readonly Ranked[]; source: Source }> {
  const allowed = await catalogue.allowed(filter)
  try {
    const ranked = await scorer.rank(owned, allowed, limit)
    return { ranked, source: ranked.length === 0 ? 'catalogue-unknown' : 'model' }
  } catch (error) {
    if (error instanceof Unavailable && error.party === 'inference') {
      return { ranked: [], source: 'catalogue-away' }
    }
    throw error
  }
}

/**
 * The catalogue has applied the filter and the scorer has left the owned games out. Held again here, since a catalogue
 * may change between two questions and nobody may be shown what their place forbids.
 */
function obeyRules(
  ranked: readonly Ranked[],
  owned: readonly OwnedGame[],
  facts: ReadonlyMap<GameId, Game>,
  filter: Filter,
): readonly Ranked[] {
  const taken = new Set(owned.map((entry) => entry.game))
  return ranked.filter(({ game }) => {
    const fact = facts.get(game)
    return fact !== undefined && !taken.has(game) && (filter.mature || !fact.mature)
  })
}

/** The model knows a tenth of the catalogue: what a narrow filter leaves empty, tags and reviews fill. */
async function fill(
  catalogue: Catalogue,
  picks: readonly Ranked[],
  owned: readonly OwnedGame[],
  filter: Filter,
  count: number,
): Promise<readonly Ranked[]> {
  if (picks.length >= count) return picks
  const taken = new Set(picks.map((pick) => pick.game))
  const alike = await catalogue.alike(owned, filter, count + taken.size)
  const more = alike.filter((game) => !taken.has(game)).slice(0, count - picks.length)
  return [...picks, ...more.map((game): Ranked => ({ game, score: 0, reasons: [] }))]
}

function reasonsOf(picks: readonly Ranked[]): readonly GameId[] {
  return picks.flatMap((pick) => pick.reasons.map((reason) => reason.game))
}
