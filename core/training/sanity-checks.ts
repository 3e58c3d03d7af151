import type { Catalogue } from '../catalogue/catalogue.ts'
import { NO_FILTER } from '../catalogue/filter.ts'
import type { Game } from '../catalogue/game.ts'
import { type GameId, gameId } from '../ids.ts'
import type { OwnedGame } from '../players/library.ts'
import { recommendFor } from '../recommend/recommend.ts'
import type { Scorer } from '../recommend/scorer.ts'
import type { Pinned } from './refresh.ts'

/** A library that nobody owns but anybody might, of one taste. */
export type PinnedLibrary = { readonly name: string; readonly games: readonly OwnedGame[] }

const pinned = (name: string, games: readonly number[]): PinnedLibrary => ({
  name,
  games: games.map((id) => ({ game: gameId(id), minutes: 600, name: undefined })),
})

/** By Steam's numbers: well known, and never out of the store. */
export const PINNED_LIBRARIES: readonly PinnedLibrary[] = [
  // The Binding of Isaac: Rebirth, Enter the Gungeon, FTL, Spelunky, Rogue Legacy, Nuclear Throne, Dead Cells, Slay the Spire
  pinned('roguelikes', [250900, 311690, 212680, 239350, 241600, 242680, 588650, 646570]),
  // Super Meat Boy, VVVVVV, FEZ, LIMBO, Ori and the Blind Forest, Shovel Knight, Hollow Knight, Celeste
  pinned('platformers', [40800, 70300, 224760, 48000, 261570, 250760, 367520, 504230]),
  // Factorio, RimWorld, Prison Architect, Banished, Kerbal Space Program, Cities: Skylines, Starbound, Stardew Valley
  pinned('builders', [427520, 294100, 233450, 242920, 220200, 255710, 211820, 413150]),
  // Portal, Portal 2, Antichamber, The Talos Principle, The Witness, World of Goo, SpaceChem, Baba Is You
  pinned('puzzles', [400, 620, 219890, 257510, 210970, 22000, 92800, 736260]),
  // Amnesia, Outlast, SOMA, Alien: Isolation, The Forest, INSIDE, Little Nightmares
  pinned('horror', [57300, 238320, 282140, 214490, 242760, 304430, 424840]),
  // Gone Home, Firewatch, To the Moon, The Stanley Parable, Oxenfree, Undertale, What Remains of Edith Finch
  pinned('stories', [232430, 383870, 206440, 221910, 388880, 391540, 501300]),
  // XCOM, Into the Breach, Invisible Inc., The Banner Saga, Darkest Dungeon, Wargroove, Crusader Kings II
  pinned('tactics', [200510, 590380, 243970, 237990, 262060, 607050, 203770]),
]

/** A model that knows fewer of the games cannot be asked for this taste. */
const KNOWN_AT_LEAST = 3

const PICKS = 10
const PICKS_AT_LEAST = 5
const TASTE = 8
const SHARED_AT_LEAST = 2
/** Of the picks; of games drawn by chance it is one in ten or twenty. */
const ALIKE_AT_LEAST = 0.3
/** Of the library's games: what fewer carry is no mark of it. */
const CARRIED_AT_LEAST = 1 / 3

type Ports = { readonly catalogue: Catalogue; readonly scorer: Scorer }

/**
 * What a model picks for a library by the rules that players' picks obey, and whether that is sane: there are picks, they
 * are indie games that are not owned, and at least three in ten carry two of the eight tags that mark the library off
 * from the catalogue.
 */
export async function checkPinned(
  { catalogue, scorer }: Ports,
  { name, games }: PinnedLibrary,
  knows: (game: GameId) => boolean,
): Promise<Pinned> {
  const known = games.filter(({ game }) => knows(game)).length
  if (known < KNOWN_AT_LEAST) return { name, known, picks: 0, alike: 0 }
  const search = { owned: games, filter: NO_FILTER, count: PICKS }
  const { picks, facts } = await recommendFor({ catalogue, scorer }, search)
  // What fills up from the catalogue has no reasons.
  const own = picks.filter(({ reasons }) => reasons.length > 0).map(({ game }) => game)
  const taste = await tasteOf(catalogue, games)
  const alike = own.filter((game) => sharedTags(facts.get(game), taste) >= SHARED_AT_LEAST).length
  const fault = faultOf({ picks: own, alike, taste, owned: games, indie: await catalogue.indie() })
  return { name, known, picks: own.length, alike, ...(fault !== undefined && { fault }) }
}

type Found = {
  readonly picks: readonly GameId[]
  readonly alike: number
  readonly taste: ReadonlySet<string>
  readonly owned: readonly OwnedGame[]
  readonly indie: readonly GameId[]
}

function faultOf({ picks, alike, taste, owned, indie }: Found): string | undefined {
  const [isIndie, isOwned] = [new Set(indie), new Set(owned.map(({ game }) => game))]
  if (picks.length < PICKS_AT_LEAST) return `only ${picks.length} picks of ${PICKS}`
  if (picks.some((game) => !isIndie.has(game))) return 'a pick is no indie game'
  if (picks.some((game) => isOwned.has(game))) return 'a pick is owned already'
  if (alike < ALIKE_AT_LEAST * picks.length) {
    return `only ${alike} of ${picks.length} picks share its tags (${[...taste].join(', ')})`
  }
  return undefined
}

/**
 * The tags that mark a library: those that most of its games carry, counting one the less the more indie games of the
 * catalogue carry it (tf · idf).
 */
async function tasteOf(catalogue: Catalogue, games: readonly OwnedGame[]): Promise<ReadonlySet<string>> {
  const facts = await catalogue.facts(games.map(({ game }) => game))
  const carried = new Map<string, number>()
  for (const tag of [...facts.values()].flatMap(({ tags }) => tags)) {
    carried.set(tag, (carried.get(tag) ?? 0) + 1)
  }
  const all = (await catalogue.indie()).length
  const least = Math.max(2, CARRIED_AT_LEAST * facts.size)
  const shared = [...carried].filter(([, count]) => count >= least)
  const worths = await Promise.all(
    shared.map(async ([tag, count]) => {
      const common = (await catalogue.label(tag))?.games ?? 0
      return { tag, worth: count * Math.log((all + 1) / (common + 1)) }
    }),
  )
  const best = worths.toSorted((a, b) => b.worth - a.worth || (a.tag < b.tag ? -1 : 1))
  return new Set(best.slice(0, TASTE).map(({ tag }) => tag))
}

function sharedTags(game: Game | undefined, taste: ReadonlySet<string>): number {
  return game?.tags.filter((tag) => taste.has(tag)).length ?? 0
}
