import { sql } from 'kysely'
import { warehouseOf } from '../../../bot/jobs/refresh/open.ts'
import type { RefreshParts } from '../../../bot/jobs/refresh/parts.ts'
import type { Log } from '../../../core/log.ts'
import { HELD_OUT_RULE } from '../../../core/training/refresh.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { AGREED, readInteractions } from '../../../db/training/interactions.ts'
import { createRefreshes } from '../../../db/training/refreshes.ts'
import type { PhaseWatch } from '../../../inference/training/phases.ts'
import { trainAndPublish, trainAside } from '../../../inference/training/train.ts'
import { EASE, type Recipe } from '../../../inference/training/variants.ts'
import { createRandom } from '../builders/interactions.ts'
import { storeGames } from '../postgres/stored-games.ts'

const TASTES = ['Roguelike', 'Puzzle', 'Horror'] as const
const GAMES_OF_EACH = 40
const OWNED = 26
const STRAY = 4

/** 10, 20, 30, …, of which the first forty are roguelikes. */
function gameOf(taste: number, place: number): number {
  return 10 * (1 + taste * GAMES_OF_EACH + place)
}

/** Indie games of three tastes. */
export async function storeTastes(db: Db): Promise<void> {
  const games = TASTES.flatMap((tag, taste) =>
    Array.from({ length: GAMES_OF_EACH }, (_, place) => ({
      ...{ appid: gameOf(taste, place), tags: { [tag]: 9, [`${tag} ${place % 3}`]: 5 } },
    })),
  )
  await storeGames(db, ...games)
}

type Play = { readonly game: number; readonly minutes: number }

/** Mostly one taste, and something of the others. */
function libraryOf(taste: number, random: () => number): Play[] {
  const pick = (of: number) => gameOf(of, Math.floor(GAMES_OF_EACH * random() ** 1.5))
  const games = new Set<number>()
  while (games.size < OWNED) games.add(pick(taste))
  while (games.size < OWNED + STRAY) games.add(pick(Math.floor(TASTES.length * random())))
  return [...games].sort((a, b) => a - b).map((game) => ({ game, minutes: Math.floor(500 * random()) }))
}

/** Players of an import. */
export async function storePlayers(db: Db, count: number, { seed = 1, source = 'test' } = {}): Promise<void> {
  const random = createRandom(seed)
  const keys = Array.from({ length: count }, (_, at) => `${source}-${seed}-${at}`)
  const players = await db
    .insertInto('warehouse.player')
    .values(keys.map((key) => ({ source, key, synthetic: false })))
    .returning('id')
    .execute()
  const plays = players.flatMap(({ id }, at) =>
    libraryOf(at % TASTES.length, random).map(({ game, minutes }) => ({
      player_id: id,
      appid: game,
      minutes,
    })),
  )
  for (let at = 0; at < plays.length; at += BATCH)
    await db
      .insertInto('warehouse.interaction')
      .values(plays.slice(at, at + BATCH))
      .execute()
}

/** PostgreSQL takes 65,535 parameters. */
const BATCH = 10_000

/** Players who have proven their account, agreed to training, and whose library Steam has told. */
export async function agreeing(db: Db, count: number, seed = 2): Promise<string[]> {
  const random = createRandom(seed)
  const ids = Array.from({ length: count }, (_, at) => String(76561197960265728n + BigInt(1000 * seed + at)))
  for (const [at, steamId] of ids.entries()) {
    const games = libraryOf(at % TASTES.length, random)
    await agree(db, `discord:${steamId.slice(-9)}`, steamId)
    await db
      .insertInto('lake.library_snapshot')
      .values({ steam_id: steamId, fetched_at: new Date(), games: JSON.stringify(games) })
      .execute()
  }
  return ids
}

export async function agree(db: Db, user: string, steamId: string): Promise<void> {
  await db
    .insertInto('warehouse.link')
    .values({ user_key: user, steam_id: steamId, proven_at: new Date() })
    .execute()
  await db.insertInto('warehouse.consent').values({ user_key: user, purpose: 'training' }).execute()
}

/** What is known of a player who agreed, by appid. */
export async function learntOf(db: Db, key: string) {
  return db
    .selectFrom('warehouse.interaction as play')
    .innerJoin('warehouse.player as player', 'player.id', 'play.player_id')
    .select(['play.appid', 'play.minutes', 'play.said'])
    .where('player.key', '=', key)
    .where('player.source', '=', AGREED)
    .orderBy('play.appid')
    .execute()
}

const RECIPE: Recipe = { ...EASE, l2: 20 }
const MIN_PLAYERS = 2

type Staging = { readonly minPlayers?: number; readonly log?: Log; readonly watch?: PhaseWatch }

/** The real parts, on a small model folder; operators are told nothing unless a test says otherwise. */
export function refreshParts(
  db: Db,
  modelDir: string,
  { minPlayers = MIN_PLAYERS, log = () => {}, watch = {} }: Staging = {},
): RefreshParts {
  return {
    refreshes: createRefreshes(db),
    warehouse: warehouseOf(db),
    catalogue: createCatalogue(db),
    train: async (candidate) =>
      trainAside({ ...(await taskOn(db, minPlayers)), ...watch, ...candidate, modelDir }),
    modelDir,
    versionsKept: 5,
    pinned: [],
    tell: async () => {},
    log,
  }
}

/** As `npm run train` does. */
export async function publishTrained(db: Db, modelDir: string): Promise<number> {
  return (await trainAndPublish({ ...(await taskOn(db, MIN_PLAYERS)), modelDir })).version
}

async function taskOn(db: Db, minPlayers: number) {
  const interactions = await readInteractions(db, { part: 'learning' })
  return { interactions, recipe: RECIPE, minPlayers, heldOut: HELD_OUT_RULE }
}

/** Everything but the catalogue. */
export async function forgetPlayers(db: Db): Promise<void> {
  await sql`
    truncate warehouse.player, warehouse.interaction, warehouse.link, warehouse.consent, warehouse.opinion,
      lake.library_snapshot, lake.refresh, warehouse.library_refresh restart identity
  `.execute(db)
}
