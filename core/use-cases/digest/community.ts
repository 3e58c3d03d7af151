import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { GameId, PlaceKey, SteamId } from '../../ids.ts'
import type { Consents } from '../../players/consents.ts'
import type { Libraries, OwnedGame } from '../../players/library.ts'
import { diversify } from '../../recommend/diversity.ts'
import { rankForGroup } from '../../recommend/group.ts'
import { rankEach } from '../../recommend/pick-for-group.ts'
import type { Scorer } from '../../recommend/scorer.ts'
import { Unavailable } from '../../unavailable.ts'
import { type Audience, digestFilter } from './candidates.ts'

type Needs = {
  readonly catalogue: Catalogue
  readonly scorer: Scorer
  readonly libraries: Pick<Libraries, 'of'>
  readonly consents: Pick<Consents, 'community'>
}

/** Of fewer people a list would tell who likes what. */
const MEMBERS_AT_LEAST = 3
const MEMBERS_AT_MOST = 20

/** What fits one of them alone is that one's taste. */
const FITS_AT_LEAST = 2

/** Fairness comes first: among so many of the best the diversity step puts them in order. */
const CHOICE = 60
const OFFERED = 40

type Wanted = {
  readonly place: PlaceKey
  readonly audience: Audience
  readonly without: ReadonlySet<GameId>
}

/**
 * What suits the members who agreed to it, best first, without what most of them own: no name, no reason, nothing to tell
 * one of them by. Empty where too few agreed or can be read; Steam or the model being away is no reason to post nothing.
 */
export async function communityPicks(
  ports: Needs,
  { place, audience, without }: Wanted,
): Promise<readonly GameId[]> {
  const accounts = await ports.consents.community(place, MEMBERS_AT_MOST)
  if (accounts.length < MEMBERS_AT_LEAST) return []
  const libraries = await readLibraries(ports.libraries, accounts)
  const filter = await digestFilter(ports.catalogue, audience)
  const { rankings } = await rankEach(ports, { libraries, filter })
  const tastes = rankings.filter((ranking) => ranking.length > 0)
  if (tastes.length < MEMBERS_AT_LEAST) return []
  const ranked = rankForGroup(tastes, ownedByMost(libraries))
    .filter(({ game, fits }) => fits >= FITS_AT_LEAST && !without.has(game))
    .slice(0, CHOICE)
    // The place is the worth: of many players one will not care, and so the least pleased of them tells nothing.
    .map(({ game }, place) => ({ game, score: -place, reasons: [] }))
  const facts = await ports.catalogue.facts(ranked.map(({ game }) => game))
  return diversify(ranked, facts, OFFERED).map(({ game }) => game)
}

type LibrariesRead = readonly (readonly OwnedGame[])[]

async function readLibraries(
  libraries: Pick<Libraries, 'of'>,
  accounts: readonly SteamId[],
): Promise<LibrariesRead> {
  const read = await Promise.all([...new Set(accounts)].map((id) => readLibrary(libraries, id)))
  return read.filter((games) => games.length > 0)
}

/** Empty where it cannot be read. */
async function readLibrary(libraries: Pick<Libraries, 'of'>, id: SteamId): Promise<readonly OwnedGame[]> {
  try {
    const answer = await libraries.of({ kind: 'id', id })
    return answer.kind === 'library' ? answer.library.games : []
  } catch (error) {
    if (error instanceof Unavailable && error.party !== 'database') return []
    throw error
  }
}

function ownedByMost(libraries: LibrariesRead): ReadonlySet<GameId> {
  const owners = new Map<GameId, number>()
  for (const { game } of libraries.flat()) owners.set(game, (owners.get(game) ?? 0) + 1)
  return new Set([...owners].filter(([, count]) => count * 2 > libraries.length).map(([game]) => game))
}
