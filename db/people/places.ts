import { type Kysely, sql, type Transaction } from 'kysely'
import type { ChannelKey, GameId, PlaceKey } from '../../core/ids.ts'
import { MAX_BLOCKED, type PlaceChange, type PlaceSettings, UNSET } from '../../core/places/place.ts'
import type { Places } from '../../core/places/places.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { writeLocale } from './accounts.ts'
import { isErased, scopesOf, unlessErased } from './erasures.ts'

/** What the managers of servers and workspaces have set. */
export function createPlaces(db: Db, now = () => new Date()): Places {
  return {
    settings: (place) => read(db, place),

    async save({ place, change, own }) {
      const saved = await unlessErased(db, [place], async (within) => {
        // Those who change a place wait for each other, so that no two pass the bound together.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`place ${place}`}, 0))`.execute(within)
        const before = await read(within, place)
        const blocked = new Set([...before.blocked, ...change.block])
        for (const game of change.unblock) blocked.delete(game)
        if (blocked.size > MAX_BLOCKED) return 'too-many-blocked'
        await write(within, place, change, now())
        if (own && !(await isErased(within, scopesOf(own.user))))
          await writeLocale(within, own.user, own.locale)
        return read(within, place)
      })
      return saved ?? UNSET
    },
  }
}

async function read(db: Kysely<Database>, place: PlaceKey): Promise<PlaceSettings> {
  const row = await db
    .selectFrom('warehouse.place as place')
    .select(['locale', 'currency', 'mature', 'channels'])
    .select(
      sql<GameId[]>`array(
        select appid from warehouse.place_blocked_game as blocked
        where blocked.place_key = place.place_key order by appid
      )`.as('blocked'),
    )
    .where('place_key', '=', place)
    .executeTakeFirst()
  if (!row) return UNSET
  const { locale, currency, mature, channels, blocked } = row
  return {
    ...{ locale: locale ?? undefined, currency: currency ?? undefined, mature },
    ...{ channels: channels as ChannelKey[], blocked },
  }
}

async function write(
  within: Transaction<Database>,
  place: PlaceKey,
  { locale, currency, mature, channels, block, unblock }: PlaceChange,
  now: Date,
): Promise<void> {
  const changed = {
    ...(locale !== undefined && { locale: locale === 'none' ? null : locale }),
    ...(currency !== undefined && { currency: currency === 'none' ? null : currency }),
    ...(mature !== undefined && { mature }),
    ...(channels !== undefined && { channels: [...channels] }),
    updated_at: now,
  }
  await within
    .insertInto('warehouse.place')
    .values({ place_key: place, ...changed })
    .onConflict((same) => same.column('place_key').doUpdateSet(changed))
    .execute()
  if (block.length > 0)
    await within
      .insertInto('warehouse.place_blocked_game')
      .values(block.map((appid) => ({ place_key: place, appid, at: now })))
      .onConflict((same) => same.doNothing())
      .execute()
  if (unblock.length > 0)
    await within
      .deleteFrom('warehouse.place_blocked_game')
      .where('place_key', '=', place)
      .where('appid', 'in', [...unblock])
      .execute()
}
