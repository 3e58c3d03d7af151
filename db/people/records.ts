import { type RawBuilder, sql, type Transaction } from 'kysely'
import {
  type AnswerId,
  type DigestOwner,
  kindOfPlace,
  type PlaceKey,
  type SteamId,
  type UserKey,
} from '../../core/ids.ts'
import type { Records, Stored } from '../../core/players/records.ts'
import type { Db } from '../postgres/connect.ts'
import { forgetPace } from '../postgres/pace.ts'
import type { Database } from '../postgres/schema.ts'
import { leaveTraining } from '../training/training-data.ts'
import { erase } from './erasures.ts'

/** Every table that names a person. A test holds this list, and what belongs to it, against the database. */
const PERSONAL = [
  'warehouse.person',
  // First, since a refresh that is under way holds it until its library is written.
  'warehouse.consent',
  'warehouse.library_refresh',
  'warehouse.link',
  'warehouse.opinion',
  'lake.feedback',
  'lake.recommendation',
  'lake.command',
] as const

/** All that is stored about people, in whatever table. */
export function createRecords(db: Db): Records {
  return {
    count: (user) => count(db, user),

    async export(user) {
      const belonging = {
        'warehouse.subscription': madeBy,
        'lake.share': sharesOf,
        'lake.library_snapshot': provenLibrary,
        'warehouse.player': provenPlays,
      }
      const tables = await Promise.all([
        ...PERSONAL.map(async (table) => [table, await rowsOf(db, table, user)] as const),
        ...Object.entries(belonging).map(async ([table, read]) => [table, await read(db, user)] as const),
      ])
      return Object.fromEntries(tables)
    },

    forget: (user) =>
      db.transaction().execute(async (within) => {
        await erase(within, [user, `link ${user}`])
        return forgetWhere(within, (column) => sql`${column} = ${user}`)
      }),

    forgetPlace: (place) =>
      db.transaction().execute(async (within) => {
        await erase(within, [place])
        // What is blocked there goes with it.
        await within.deleteFrom('warehouse.place').where('place_key', '=', place).execute()
        await within.deleteFrom('warehouse.missed_server').where('place_key', '=', place).execute()
        await forgetDigests(within, place)
        await forgetPace(within, place)
        if (kindOfPlace(place) === 'server') return []
        return forgetWhere(within, (column) => sql`starts_with(${column}, ${`${place}.`})`)
      }),
  }
}

async function count(db: Db, user: UserKey): Promise<Stored> {
  const { rows } = await sql<{
    locale: Stored['locale'] | null
    steam_id: string | null
    proven: boolean
    since: Date
    opinions: number
    feedback: number
    answers: number
    commands: number
    digests: number
    learnt: number
    library_at: Date | null
  }>`
    select
      person.locale, link.steam_id, link.proven_at is not null as proven, link.created_at as since,
      snapshot.fetched_at as library_at,
      (select count(*)::int from warehouse.opinion where user_key = asker.key) as opinions,
      (select count(*)::int from lake.feedback where user_key = asker.key) as feedback,
      (select count(*)::int from lake.recommendation where user_key = asker.key) as answers,
      (select count(*)::int from lake.command where user_key = asker.key) as commands,
      (select count(*)::int from warehouse.subscription where created_by = asker.key) as digests,
      (
        select count(distinct appid)::int from warehouse.interaction join warehouse.player on id = player_id
        where key = link.steam_id and link.proven_at is not null
      ) as learnt
    from (values (${user}::text)) as asker(key)
    left join warehouse.person as person on person.user_key = asker.key
    left join warehouse.link as link on link.user_key = asker.key
    left join lake.library_snapshot as snapshot on snapshot.steam_id = link.steam_id and link.proven_at is not null
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('one row comes for every user')
  const { opinions, feedback, answers, commands, digests, learnt } = row
  return {
    ...{ opinions, feedback, answers, commands, digests, learnt },
    locale: row.locale ?? undefined,
    link:
      row.steam_id === null
        ? undefined
        : { steamId: row.steam_id as SteamId, proven: row.proven, since: row.since },
    libraryAt: row.library_at ?? undefined,
  }
}

type Personal = (typeof PERSONAL)[number]

async function rowsOf(db: Db, table: Personal, user: UserKey): Promise<unknown[]> {
  const { rows } = await sql<{ row: unknown }>`
    select to_jsonb(stored) as row from ${sql.table(table)} as stored where user_key = ${user} order by ctid
  `.execute(db)
  return rows.map(({ row }) => row)
}

/** Deleted with their answers. */
function sharesOf(db: Db, user: UserKey): Promise<unknown[]> {
  return db
    .selectFrom('lake.share as share')
    .innerJoin('lake.recommendation as answer', 'answer.id', 'share.answer')
    .selectAll('share')
    .where('answer.user_key', '=', user)
    .orderBy('share.answer')
    .orderBy('share.what')
    .execute()
}

/** Subscriptions are their channel's, and outlive whoever made them. */
function madeBy(db: Db, user: UserKey): Promise<unknown[]> {
  return db
    .selectFrom('warehouse.subscription')
    .selectAll()
    .where('created_by', '=', user)
    .orderBy('place_key')
    .orderBy('number')
    .execute()
}

/** What models are trained on, by where it came from. */
async function provenPlays(db: Db, user: UserKey): Promise<unknown[]> {
  const { rows } = await sql`
    select player.source, jsonb_agg(
      jsonb_build_object('appid', appid, 'minutes', minutes, 'said', said) order by appid
    ) as games
    from warehouse.link as link
    join warehouse.player as player on player.key = link.steam_id
    join warehouse.interaction as play on play.player_id = player.id
    where link.user_key = ${user} and link.proven_at is not null
    group by player.source
    order by player.source
  `.execute(db)
  return rows
}

/** An unproven link hands out nobody's library: that person may have hidden it since. */
async function provenLibrary(db: Db, user: UserKey): Promise<unknown> {
  const row = await db
    .selectFrom('lake.library_snapshot as snapshot')
    .innerJoin('warehouse.link as link', 'link.steam_id', 'snapshot.steam_id')
    .select(['snapshot.steam_id', 'snapshot.fetched_at', 'snapshot.games'])
    .where('link.user_key', '=', user)
    .where('link.proven_at', 'is not', null)
    .executeTakeFirst()
  return row ?? null
}

/** What a server or workspace had posted, and what players agreed to there. */
export async function forgetDigests(within: Transaction<Database>, place: PlaceKey): Promise<void> {
  // First, so that whoever is planning for it has done so.
  await within.deleteFrom('warehouse.subscription').where('place_key', '=', place).execute()
  const deliveries = await within
    .selectFrom('lake.delivery')
    .select('id')
    .where('place_key', '=', place)
    .execute()
  // The answer under a digest has its id.
  const ids = deliveries.map(({ id }) => id as AnswerId)
  await erase(
    within,
    ids.map((id): DigestOwner => `digest:${id}`),
  )
  await sql`delete from lake.recommendation where id = any(${ids}::text[])`.execute(within)
  await within.deleteFrom('lake.delivery').where('place_key', '=', place).execute()
  await within.deleteFrom('warehouse.consent').where('place_key', '=', place).execute()
}

/** Whatever is stored of those whom the condition names. */
export async function forgetWhere(
  within: Transaction<Database>,
  names: (column: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<readonly SteamId[]> {
  const condition = names(sql.ref('user_key'))
  const { rows: links } = await sql<{ steam_id: string; proven: boolean }>`
    select steam_id, proven_at is not null as proven from warehouse.link where ${condition}
  `.execute(within)
  for (const table of PERSONAL) await sql`delete from ${sql.table(table)} where ${condition}`.execute(within)
  const made = names(sql.ref('created_by'))
  await sql`update warehouse.subscription set created_by = null where ${made}`.execute(within)
  const linked = links.map((link) => link.steam_id)
  await erase(
    within,
    linked.map((steamId) => `library ${steamId as SteamId}` as const),
  )
  // A cached copy costs nobody anything; what was imported for training goes by its owner's word alone.
  const proven = links.filter((link) => link.proven).map((link) => link.steam_id)
  await sql`delete from lake.library_snapshot where steam_id = any(${linked}::text[])`.execute(within)
  if (proven.length > 0) await leaveTraining(within, proven)
  return linked as SteamId[]
}
