import { sql, type Transaction } from 'kysely'
import { type Db, WITHOUT_TIME_LIMIT } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'

/** In the order in which pages are read. */
export const PRIORITIES = {
  /** Games of libraries that the catalogue does not know, those of most libraries first. */
  wanted: 0,
  /** New games, and indie games that the store has changed, the latest first. */
  fresh: 1,
  /** Games that were shown often and whose price is old. */
  shown: 2,
  /** All else that the store has changed since it was read. */
  rest: 3,
} as const

/** In days. */
const FRESH = 30
const PRICE_IS_OLD = 2
const SHOWN_SINCE = 30
/** A game of somebody's library that has no page is looked for again. */
const LOOK_AGAIN = 90

/** So many of the games that were shown most. */
const MOST_SHOWN = 2_000

/** Decides anew which pages are to be read and in which order. What is being read meanwhile stays as it is. */
export async function planApps(db: Db, now: Date): Promise<void> {
  await db.transaction().execute(async (within) => {
    await sql.raw(WITHOUT_TIME_LIMIT).execute(within)
    await sql`select pg_advisory_xact_lock(hashtextextended('plan apps', 0))`.execute(within)
    await collectWanted(within)
    await collectShown(within, now)
    await sql`
      insert into warehouse.store_app (appid)
      select appid from wanted_app union select appid from shown_app
      on conflict (appid) do nothing
    `.execute(within)
    await sql`analyze wanted_app, shown_app, warehouse.store_app`.execute(within)
    await rank(within, now)
    await setPriorities(within)
  })
}

/** Of libraries, whosever they are: a count of games, which names nobody. */
async function collectWanted(within: Transaction<Database>): Promise<void> {
  await sql`
    create temp table wanted_app on commit drop as
    select appid, count(*) as libraries
    from (
      select (owned->>'game')::int as appid
      from lake.library_snapshot, jsonb_array_elements(games) as owned
      union all
      select appid from warehouse.interaction
    ) as in_library
    where not exists (select from warehouse.game where game.appid = in_library.appid)
    group by appid
  `.execute(within)
}

async function collectShown(within: Transaction<Database>, now: Date): Promise<void> {
  await sql`
    create temp table shown_app on commit drop as
    select appid, times
    from (
      select (pick->>'game')::int as appid, count(*) as times
      from lake.recommendation, jsonb_array_elements(picks) as pick
      where at > ${daysBefore(now, SHOWN_SINCE)}
      group by 1
    ) as pick
    where exists (select from warehouse.game where game.appid = pick.appid)
    order by times desc, appid limit ${MOST_SHOWN}
  `.execute(within)
}

async function rank(within: Transaction<Database>, now: Date): Promise<void> {
  const { wanted, fresh, shown, rest } = PRIORITIES
  await sql`
    create temp table ranked_app on commit drop as
    with standing as (
      select app.appid, app.fetched_at, listed_at, libraries, times,
        game.appid is null as is_unknown,
        listed_at > coalesce(app.fetched_at, '-infinity') as is_changed,
        game.indie is not false as may_be_indie
      from warehouse.store_app as app
      left join warehouse.game using (appid)
      left join wanted_app using (appid)
      left join shown_app using (appid)
    ),
    ranked as (
      select *,
        case
          when is_unknown and libraries > 0
            and (is_changed or coalesce(fetched_at, '-infinity') < ${daysBefore(now, LOOK_AGAIN)}) then ${wanted}::int
          when is_changed and may_be_indie and listed_at > ${daysBefore(now, FRESH)} then ${fresh}
          when times > 0 and coalesce(fetched_at, '-infinity') < ${daysBefore(now, PRICE_IS_OLD)} then ${shown}
          when is_changed then ${rest}
        end as priority
      from standing
    )
    select appid, fetched_at, priority,
      case priority
        when ${wanted} then libraries
        when ${fresh} then extract(epoch from listed_at)::bigint
        when ${shown} then times
        when ${rest} then extract(epoch from listed_at)::bigint
        else 0
      end as weight
    from ranked
  `.execute(within)
}

/** From a table of its own: in one statement the planner takes 160,000 apps for one, and needs minutes. */
async function setPriorities(within: Transaction<Database>): Promise<void> {
  await sql`
    update warehouse.store_app as app set priority = ranked.priority, weight = ranked.weight
    from ranked_app as ranked
    where app.appid = ranked.appid
      and app.fetched_at is not distinct from ranked.fetched_at
      and (app.priority, app.weight) is distinct from (ranked.priority, ranked.weight)
  `.execute(within)
}

function daysBefore(now: Date, days: number) {
  return sql`${new Date(now.getTime() - days * 86_400_000)}::timestamptz`
}
