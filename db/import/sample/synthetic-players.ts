import type { GameId } from '../../../core/ids.ts'
import type { GameFacts } from '../games/game-facts.ts'
import type { Play } from '../players/player-formats.ts'
import { createDraw, createRandom } from './random.ts'

/** What people are known to like; each is a tag of the sample. */
const TASTES = [
  'Visual Novel',
  'MMORPG',
  'Horror',
  'Strategy',
  'Card Game',
  'FPS',
  'Platformer',
  'Puzzle',
  'RPG',
  'Simulation',
  'Racing',
  'Survival',
  'Roguelike',
  'Clicker',
  'Point & Click',
  'Sports',
  'Rhythm',
  'Fighting',
  'Hidden Object',
  'Romance',
] as const

/** Games of a taste with how likely its players are to own each. */
type Shelf = { readonly games: readonly GameId[]; readonly draw: () => number }

export type SyntheticOptions = { readonly seed?: number; readonly players?: number }

/**
 * Players who never lived: each likes one to three tags, owns 20 to 120 games mostly of them, the known ones more often,
 * and has played some for long. The same games and seed give the same players, in the same order.
 */
export function* syntheticPlays(
  games: readonly GameFacts[],
  options: SyntheticOptions = {},
): Generator<Play> {
  const { seed = 20_261_124, players = 3_000 } = options
  const random = createRandom(seed)
  const fame = fameOf(games)
  const shelves = TASTES.map((tag) =>
    createShelf(games, (game) => nearness(game, tag) * (fame.get(game) ?? 0), random),
  )
  const anything = createShelf(games, (game) => fame.get(game) ?? 0, random)
  const liked = shelves.filter((shelf) => shelf.games.length > 0)
  for (let number = 1; number <= players; number++) {
    const player = `synthetic-${String(number).padStart(5, '0')}`
    for (const [game, minutes] of fillLibrary(chooseShelves(liked, random), anything, random)) {
      yield { player, game, minutes, isPlaytime: false }
    }
  }
}

/** By the square root of the place in the order of players now online, then of reviews: known games are owned more often. */
function fameOf(games: readonly GameFacts[]): ReadonlyMap<GameFacts, number> {
  const byFame = games
    .filter(({ type = 'game' }) => type === 'game')
    .toSorted(
      (a, b) =>
        (b.concurrentPlayers ?? 0) - (a.concurrentPlayers ?? 0) ||
        (b.reviewPercent ?? 0) - (a.reviewPercent ?? 0) ||
        a.appid - b.appid,
    )
  return new Map(byFame.map((game, place) => [game, 1 / Math.sqrt(place + 20)]))
}

/** 1 where the tag comes first, less further down, 0 where it is missing: the sample lists the most voted tags first. */
function nearness(game: GameFacts, tag: string): number {
  const place = game.tags.findIndex(({ name }) => name === tag)
  return place < 0 ? 0 : 1 / (1 + place / 3)
}

function createShelf(
  games: readonly GameFacts[],
  weigh: (game: GameFacts) => number,
  random: () => number,
): Shelf {
  const fitting = games.map((game) => ({ game, weight: weigh(game) })).filter(({ weight }) => weight > 0)
  const weights = fitting.map(({ weight }) => weight)
  return { games: fitting.map(({ game }) => game.appid), draw: createDraw(weights, random) }
}

/** One to three tastes, the first of them strongest. */
function chooseShelves(shelves: readonly Shelf[], random: () => number): readonly Shelf[] {
  const main = shelves[Math.floor(random() * shelves.length)]
  const second = random() < 0.6 ? shelves[Math.floor(random() * shelves.length)] : undefined
  const third = random() < 0.3 ? shelves[Math.floor(random() * shelves.length)] : undefined
  return [main, main, main, second, second ?? main, third].filter((shelf) => shelf !== undefined)
}

const LEAST_GAMES = 20
const MOST_GAMES = 120
const STRAY_SHARE = 0.12

function fillLibrary(liked: readonly Shelf[], anything: Shelf, random: () => number): Map<GameId, number> {
  const size = Math.round(LEAST_GAMES + (MOST_GAMES - LEAST_GAMES) * random() ** 2)
  const library = new Map<GameId, number>()
  // A shelf may hold fewer games than the library wants, so the tries are counted too.
  for (let tries = 0; library.size < size && tries < 5 * size; tries++) {
    const shelf = random() < STRAY_SHARE ? anything : (liked[Math.floor(random() * liked.length)] ?? anything)
    const game = shelf.games[shelf.draw()]
    if (game !== undefined && !library.has(game)) library.set(game, drawMinutes(random))
  }
  return library
}

/** A fifth is never started; of the rest most is tried for an hour or two, and little is played for weeks. */
function drawMinutes(random: () => number): number {
  if (random() < 0.2) return 0
  return 1 + Math.floor(90 * random() * Math.exp(4 * random() ** 2))
}
