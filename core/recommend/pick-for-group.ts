import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Filter, NO_FILTER } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import { hasMode, modesFor } from '../catalogue/play-modes.ts'
import type { GameId } from '../ids.ts'
import { allows, type PlaceRules } from '../places/place.ts'
import type { OwnedGame } from '../players/library.ts'
import type { Source, StoredPick } from './answers.ts'
import { diversify } from './diversity.ts'
import { type GroupPick, RANKED_EACH, rankForGroup } from './group.ts'
import { sourceWithout } from './recommend.ts'
import type { Ranked, Scorer } from './scorer.ts'

type Ports = { readonly catalogue: Catalogue; readonly scorer: Scorer }
type Libraries = readonly (readonly OwnedGame[])[]
type Group = {
  readonly libraries: Libraries
  readonly ownedByAny: ReadonlySet<GameId>
  readonly filter: Filter
}

/** So many are looked at for each pick, since the facts have yet to speak. */
const CANDIDATES_PER_PICK = 10

/** The diversity step chooses among so many for each pick: fairness comes before it. */
const CHOICE_PER_PICK = 3

/** Games that nobody owns and all can play with each other. Without reasons, since those would tell who owns what. */
export async function pickForGroup(
  ports: Ports,
  libraries: Libraries,
  { count, rules }: { readonly count: number; readonly rules: PlaceRules },
): Promise<{ readonly picks: readonly StoredPick[]; readonly source: Source }> {
  const ownedByAny = new Set(libraries.flatMap((games) => games.map(({ game }) => game)))
  const filter = { ...NO_FILTER, ...rules, anyOf: modesFor(libraries.length) }
  const group = { libraries, ownedByAny, filter }
  const { rankings, source } = await rankEach(ports, group)
  const best = rankForGroup(rankings, ownedByAny).slice(0, count * CANDIDATES_PER_PICK)
  const picks = await choose(ports.catalogue, best, group, count)
  return { picks: [...picks, ...(await more(ports.catalogue, group, picks, count))], source }
}

/** Each player's own order; none at all where the model is away. */
export async function rankEach(
  { catalogue, scorer }: Ports,
  { libraries, filter }: Pick<Group, 'libraries' | 'filter'>,
): Promise<{ rankings: readonly (readonly Ranked[])[]; source: Source }> {
  const allowed = await catalogue.allowed(filter)
  try {
    const rankings = await Promise.all(libraries.map((owned) => scorer.rank(owned, allowed, RANKED_EACH)))
    return {
      rankings,
      source: rankings.some((ranking) => ranking.length > 0) ? 'model' : 'catalogue-unknown',
    }
  } catch (error) {
    return { rankings: [], source: sourceWithout(error) }
  }
}

async function choose(
  catalogue: Catalogue,
  ranked: readonly GroupPick[],
  { libraries, filter }: Group,
  count: number,
): Promise<readonly StoredPick[]> {
  const facts = await catalogue.facts(ranked.map(({ game }) => game))
  const shown = ranked
    .filter(({ game }) => mayBePlayed(facts.get(game), filter))
    .slice(0, count * CHOICE_PER_PICK)
  const fits = new Map(shown.map((pick) => [pick.game, pick.fits]))
  const candidates = shown.map(({ game, score }) => ({ game, score, reasons: [] }))
  return diversify(candidates, facts, count).map(({ game, score }) => ({
    ...{ game, score, reasons: [], owned: false },
    fits: { players: fits.get(game) ?? 0, of: libraries.length },
  }))
}

/** What the model leaves empty, tags and reviews fill, from all libraries together. */
async function more(
  catalogue: Catalogue,
  { libraries, ownedByAny, filter }: Group,
  picks: readonly StoredPick[],
  count: number,
): Promise<readonly StoredPick[]> {
  const open = count - picks.length
  if (open <= 0) return []
  const taken = new Set(picks.map(({ game }) => game))
  const alike = await catalogue.alike(libraries.flat(), filter, count * CANDIDATES_PER_PICK)
  const facts = await catalogue.facts(alike)
  return alike
    .filter((game) => !taken.has(game) && !ownedByAny.has(game) && mayBePlayed(facts.get(game), filter))
    .slice(0, open)
    .map((game) => ({ game, score: 0, reasons: [], owned: false }))
}

/** The catalogue knows labels, but not which of them are facts; and it may have changed since it was asked. */
function mayBePlayed(game: Game | undefined, filter: Filter): boolean {
  return game !== undefined && allows(filter, game) && hasMode(game, filter.anyOf)
}
