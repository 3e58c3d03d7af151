import type { Kysely } from 'kysely'
import { gameId, type SteamId } from '../../core/ids.ts'
import type { Library, OwnedGame, Snapshots } from '../../core/players/library.ts'
import { daysAfter, RETENTION_DAYS } from '../../core/players/retention.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { storableJson } from '../postgres/storable-text.ts'
import { erase, unlessErased } from './erasures.ts'

/**
 * One library per player, the last one. It serves for a week at most: more than that is nobody's to keep, but of those who
 * agreed to refreshes.
 */
export function createSnapshots(db: Db, now = () => new Date()): Snapshots {
  return {
    async save(library) {
      await unlessErased(db, [`library ${library.steamId}`], (within) => saveSnapshot(within, library))
    },

    forget: (steamId) => db.transaction().execute((within) => forgetSnapshot(within, steamId)),

    async latest(steamId): Promise<Library | undefined> {
      const row = await db
        .selectFrom('lake.library_snapshot')
        .select(['fetched_at', 'games'])
        .where('steam_id', '=', steamId)
        .where('fetched_at', '>=', daysAfter(now(), -RETENTION_DAYS.snapshot))
        .executeTakeFirst()
      return row && { steamId, fetchedAt: row.fetched_at, games: row.games.map(toOwned) }
    },
  }
}

/** For those who save it along with more. An older library changes nothing. */
export async function saveSnapshot(
  db: Kysely<Database>,
  { steamId, fetchedAt, games }: Library,
): Promise<void> {
  await db
    .insertInto('lake.library_snapshot')
    .values({
      steam_id: steamId,
      fetched_at: fetchedAt,
      games: storableJson(games),
    })
    .onConflict((conflict) =>
      conflict
        .column('steam_id')
        .doUpdateSet((eb) => ({
          fetched_at: eb.ref('excluded.fetched_at'),
          games: eb.ref('excluded.games'),
        }))
        .whereRef('lake.library_snapshot.fetched_at', '<=', 'excluded.fetched_at'),
    )
    .execute()
}

/** For those who note more with it. */
export async function forgetSnapshot(within: Kysely<Database>, steamId: SteamId): Promise<void> {
  await erase(within, [`library ${steamId}`])
  await within.deleteFrom('lake.library_snapshot').where('steam_id', '=', steamId).execute()
}

function toOwned(stored: { game: number; minutes: number; name?: string }): OwnedGame {
  return { game: gameId(stored.game), minutes: stored.minutes, name: stored.name }
}
