import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Log } from '../../../core/log.ts'
import type { OwnedGame } from '../../../core/players/library.ts'
import type { Db } from '../../postgres/connect.ts'
import { refreshInteractions } from '../../training/average-taste.ts'
import { parseFreeGame } from '../games/free-games.ts'
import type { GameFacts } from '../games/game-facts.ts'
import { importGames } from '../games/games.ts'
import { mergePlays, type NumberedPlay, stagePlays } from '../players/merge-plays.ts'
import { beAlone, withStaging } from '../staging.ts'
import { createRandom } from './random.ts'
import { syntheticPlays } from './synthetic-players.ts'

const FILE = path.resolve(import.meta.dirname, '../../sample/free_games.jsonl.gz')

/** Loads the shipped games and generates players for them, so that the first start works offline. Repeatable. */
export async function loadSample(db: Db, log: Log): Promise<void> {
  const [games] = await importGames(db, [FILE], { source: 'sample' })
  log('info', 'loaded the sample games', { games: games?.rows ?? 0 })
  const players = await withStaging(db, async (client) => {
    await stagePlays(client, 'staged', syntheticPlays(readSample()) as Iterable<NumberedPlay>)
    await beAlone(client)
    return mergePlays(client, 'staged', { source: 'synthetic', synthetic: true })
  })
  await refreshInteractions(db)
  log('info', "generated made-up players from the sample games' tags", { plays: players.rows })
}

/** The shipped games, ascending by number. */
function readSample(): GameFacts[] {
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trimEnd().split('\n')
  return lines.map((line) => parseFreeGame(JSON.parse(line))).filter((game) => typeof game !== 'string')
}

export type SampleLibrary = {
  /** Such as "a strategy player". */
  readonly name: string
  /** Ascending by number. */
  readonly games: readonly OwnedGame[]
}

const DEMONSTRATIONS = [
  { name: 'a strategy player', tags: ['Strategy', 'Turn-Based Strategy', 'Tower Defense', 'RTS'] },
  { name: 'a horror fan', tags: ['Horror', 'Psychological Horror', 'Survival Horror'] },
  { name: 'a visual novel reader', tags: ['Visual Novel', 'Romance', 'Dating Sim'] },
  { name: 'a platformer player', tags: ['Platformer', '2D Platformer', 'Precision Platformer'] },
  { name: 'a card player', tags: ['Card Game', 'Card Battler', 'Deckbuilding', 'Trading Card Game'] },
] as const

const DEMONSTRATION_GAMES = 24

/** Libraries that nobody owns, for demonstrations: the best-known games of a taste, always the same. */
export function sampleLibraries(): SampleLibrary[] {
  const games = readSample().filter(({ type = 'game', mature }) => type === 'game' && mature !== true)
  return DEMONSTRATIONS.map(({ name, tags }, index) => ({ name, games: chooseGames(games, tags, index) }))
}

function chooseGames(games: readonly GameFacts[], tags: readonly string[], seed: number): OwnedGame[] {
  const random = createRandom(seed)
  const wanted = new Set(tags)
  const matches = (game: GameFacts) => game.tags.slice(0, 8).filter((tag) => wanted.has(tag.name)).length
  return games
    .filter((game) => matches(game) > 0)
    .toSorted(
      (a, b) =>
        matches(b) - matches(a) ||
        (b.concurrentPlayers ?? 0) - (a.concurrentPlayers ?? 0) ||
        a.appid - b.appid,
    )
    .slice(0, DEMONSTRATION_GAMES)
    .toSorted((a, b) => a.appid - b.appid)
    .map((game) => ({ game: game.appid, name: game.name, minutes: Math.round(20 + 3_000 * random() ** 3) }))
}
