import { diversify } from './diversity.ts'
import { type Filter, NO_FILTER } from './filter.ts'
import { type GroupPick, rankForGroup } from './group.ts'
import type { GameId } from './ids.ts'
import type { OwnedGame } from './library.ts'
import type { Catalogue, Ranked, Scorer, Source, StoredPick } from './ports.ts'
import { Unavailable } from './unavailable.ts'

type Ports = { readonly catalogue: Catalogue; readonly scorer: Scorer }
type Libraries = readonly (readonly OwnedGame[])[]
type Group = {
  readonly libraries: Libraries
  readonly ownedByAny: ReadonlySet<GameId>
  readonly filter: Filter
}

/** What any number can join over a network… */
const ONLINE = ['Multi-player', 'Co-op', 'Online Co-op', 'Online PvP', 'MMO', 'Massively Multiplayer']

/** …and what is played before one screen, by as many as fit there. */
const ONE_SCREEN = [
  'Shared/Split Screen',
  'Shared/Split Screen Co-op',
  'Shared/Split Screen PvP',
  'Local Co-Op',
]
const BEFORE_ONE_SCREEN = 4

/** Of each player's best; a game that is not among them pleases that player not at all. */
const RANKED_EACH = 600

/** The diversity step chooses among this many for each pick. */
const CANDIDATES_PER_PICK = 4

/** Games that nobody owns and all can play with each other. Without reasons, since those would tell who owns what. */
export async function pickForGroup(
  ports: Ports,
  libraries: Libraries,
  { count, mature }: { readonly count: number; readonly mature: boolean },
): Promise<{ readonly picks: readonly StoredPick[]; readonly source: Source }> {
  const ownedByAny = new Set(libraries.flatMap((games) => games.map(({ game }) => game)))
  const filter = { ...NO_FILTER, mature, anyOf: modesFor(libraries.length) }
  const group = { libraries, ownedByAny, filter }
  const { rankings, source } = await rankEach(ports, group)
  const best = rankForGroup(rankings, ownedByAny).slice(0, count * CANDIDATES_PER_PICK)
  const picks = await choose(ports.catalogue, best, group, count)
  return { picks: [...picks, ...(await more(ports.catalogue, group, picks, count))], source }
}

function modesFor(players: number): readonly string[] {
  return players <= BEFORE_ONE_SCREEN ? [...ONLINE, ...ONE_SCREEN] : ONLINE
}

async function rankEach(
  { catalogue, scorer }: Ports,
  { libraries, filter }: Group,
): Promise<{ rankings: readonly (readonly Ranked[])[]; source: Source }> {
  const allowed = await catalogue.allowed(filter)
  try {
    const rankings = await Promise.all(libraries.map((owned) => scorer.rank(owned, allowed, RANKED_EACH)))
    return {
      rankings,
      source: rankings.some((ranking) => ranking.length > 0) ? 'model' : 'catalogue-unknown',
    }
  } catch (error) {
    if (error instanceof Unavailable && error.party === 'inference')
      return { rankings: [], source: 'catalogue-away' }
    throw error
  }
}

async function choose(
  catalogue: Catalogue,
  ranked: readonly GroupPick[],
  { libraries, filter: { mature } }: Group,
  count: number,
): Promise<readonly StoredPick[]> {
  const facts = await catalogue.facts(ranked.map(({ game }) => game))
  // The catalogue may have changed since it was asked what is allowed.
  const shown = ranked.filter(({ game }) => facts.has(game) && (mature || !facts.get(game)?.mature))
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
  const alike = await catalogue.alike(libraries.flat(), filter, count + taken.size)
  return alike
    .filter((game) => !taken.has(game) && !ownedByAny.has(game))
    .slice(0, open)
    .map((game) => ({ game, score: 0, reasons: [], owned: false }))
}
