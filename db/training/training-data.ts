import { type Kysely, sql } from 'kysely'
import type { Ingested } from '../../core/training/refresh.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { refreshInteractions } from './average-taste.ts'
import { trainingAccounts } from './consent.ts'
import { AGREED, MAX_MINUTES } from './interactions.ts'

/** Seconds, as a rule. PostgreSQL goes on with a statement whose process was killed, and the next refresh waits for it. */
const TIME_LIMIT = `set local statement_timeout = '10min'`

/** What a liked game counts that no library lists: as one that is named in `/recommend like:` does. */
const MINUTES_OF_SAID = 60

/**
 * Takes what is new in the lake into the training rows: the libraries of players who have proven their account and agreed,
 * and the games that they liked or said to have played. What is malformed is left out. Whoever no longer agrees goes.
 * All in one transaction, and the same again when it is repeated.
 */
export async function ingest(db: Db): Promise<Ingested> {
  const taken = await db.transaction().execute(async (within) => {
    await sql.raw(TIME_LIMIT).execute(within)
    const gone = await removeWhoLeft(within)
    await stageAgreed(within)
    const players = await addPlayers(within)
    await stagePlays(within)
    return { players, gone, ...(await replacePlays(within)) }
  })
  await refreshInteractions(db)
  return taken
}

type Within = Kysely<Database>

async function removeWhoLeft(within: Within): Promise<number> {
  const agreed = trainingAccounts(within).select('link.steam_id')
  const { numAffectedRows = 0n } = await sql`
    delete from warehouse.player where source = ${AGREED} and key not in ${agreed}
  `.execute(within)
  return Number(numAffectedRows)
}

/** Locked until the end: whoever takes the consent back meanwhile waits, and then deletes what is written here. */
async function stageAgreed(within: Within): Promise<void> {
  await sql`
    create temp table agreed on commit drop as
    select user_key, steam_id from warehouse.link limit 0
  `.execute(within)
  const agreed = trainingAccounts(within).select(['link.user_key', 'link.steam_id'])
  await sql`insert into agreed ${agreed.forShare(['consent', 'link'])}`.execute(within)
}

/** Those of whom something is known. */
async function addPlayers(within: Within): Promise<number> {
  await sql`
    insert into warehouse.player (source, key, synthetic)
    select ${AGREED}, steam_id, false from agreed
    where exists (select from lake.library_snapshot as snapshot where snapshot.steam_id = agreed.steam_id)
      or exists (
        select from warehouse.opinion as said
        where said.user_key = agreed.user_key and said.opinion in ('like', 'played')
      )
    order by steam_id
    on conflict (source, key) do nothing
  `.execute(within)
  const { rows } = await sql<{ players: number }>`
    select count(*)::int as players from warehouse.player where source = ${AGREED}
  `.execute(within)
  return rows[0]?.players ?? 0
}

/** What is to stand for each player: the library where there is a new one, and beside it what was said. */
async function stagePlays(within: Within): Promise<void> {
  await sql`
    create temp table library on commit drop as
    with listed as (
      select player.id as player_id,
        case jsonb_typeof(game -> 'game') when 'number' then (game -> 'game')::numeric end as appid,
        case jsonb_typeof(game -> 'minutes') when 'number' then (game -> 'minutes')::numeric end as minutes
      from agreed
      join warehouse.player as player on player.source = ${AGREED} and player.key = agreed.steam_id
      join lake.library_snapshot as snapshot using (steam_id)
      cross join jsonb_array_elements(
        case jsonb_typeof(snapshot.games) when 'array' then snapshot.games else '[]' end
      ) as game
    )
    select player_id, appid::integer as appid, max(round(minutes))::integer as minutes
    from listed
    where appid between 1 and 2147483647 and appid % 1 = 0 and minutes between 0 and ${MAX_MINUTES}
    group by 1, 2
  `.execute(within)
  await sql`
    create temp table said on commit drop as
    select player.id as player_id, opinion.appid
    from agreed
    join warehouse.player as player on player.source = ${AGREED} and player.key = agreed.steam_id
    join warehouse.opinion as opinion using (user_key)
    where opinion.opinion in ('like', 'played')
  `.execute(within)
  // Without an index and figures the planner compares every row with every other one.
  await sql`alter table library add primary key (player_id, appid)`.execute(within)
  await sql`alter table said add primary key (player_id, appid)`.execute(within)
  await sql`analyze library, said`.execute(within)
}

/** A new library stands in place of the one before; what was said counts where no library lists the game. */
async function replacePlays(within: Within): Promise<Pick<Ingested, 'added' | 'removed'>> {
  const before = await countPlays(within)
  const unlisted = await sql`
    delete from warehouse.interaction as play
    where not play.said and play.player_id in (select player_id from library) and not exists (
      select from library where (library.player_id, library.appid) = (play.player_id, play.appid)
    )
  `.execute(within)
  const unsaid = await sql`
    delete from warehouse.interaction as play
    where play.said and not exists (
      select from said where (said.player_id, said.appid) = (play.player_id, play.appid)
    )
  `.execute(within)
  await sql`
    insert into warehouse.interaction as play (player_id, appid, minutes, said)
    select player_id, appid, minutes, false from library order by player_id, appid
    on conflict (player_id, appid) do update set minutes = excluded.minutes, said = false
    where play.minutes <> excluded.minutes or play.said
  `.execute(within)
  await sql`
    insert into warehouse.interaction (player_id, appid, minutes, said)
    select player_id, appid, ${MINUTES_OF_SAID}, true from said order by player_id, appid
    on conflict (player_id, appid) do nothing
  `.execute(within)
  const gone = Number((unlisted.numAffectedRows ?? 0n) + (unsaid.numAffectedRows ?? 0n))
  return { added: (await countPlays(within)) - before + gone, removed: gone }
}

async function countPlays(within: Within): Promise<number> {
  const { rows } = await sql<{ plays: number }>`
    select count(*)::int as plays from warehouse.interaction join warehouse.player on id = player_id
    where source = ${AGREED}
  `.execute(within)
  return rows[0]?.plays ?? 0
}

/**
 * The training rows of these accounts, wherever they came from, and the libraries that are kept for them go at once: the next
 * model is trained without them.
 */
export async function leaveTraining(within: Within, accounts: readonly string[]): Promise<void> {
  const keys = [...accounts]
  await within.deleteFrom('warehouse.player').where('key', 'in', keys).execute()
  await within.deleteFrom('lake.library_snapshot').where('steam_id', 'in', keys).execute()
}

/** Share of the games in the libraries that were asked for lately which are not among these; null where none was. */
export async function unknownShare(db: Db, vocabulary: readonly number[]): Promise<number | null> {
  const { rows } = await sql<{ share: number | null }>`
    select avg((known.appid is null)::int)::double precision as share
    from lake.library_snapshot as snapshot
    cross join jsonb_array_elements(snapshot.games) as game
    left join unnest(${sql.val(vocabulary)}::integer[]) as known(appid) on known.appid = (game ->> 'game')::bigint
  `.execute(db)
  return rows[0]?.share ?? null
}
