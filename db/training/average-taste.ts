import { sql } from 'kysely'
import { type Db, WITHOUT_TIME_LIMIT } from '../postgres/connect.ts'
import { TRAINING_PLAYERS } from './interactions.ts'

/** What follows from the players' rows: the average taste, and the planner's figures. */
export async function refreshInteractions(db: Db): Promise<void> {
  await sql`analyze warehouse.player, warehouse.interaction`.execute(db)
  await refreshAverageTaste(db)
}

/**
 * Counts the average anew, after an import. Each player counts alike, however large the library, so the average share of a
 * label is the sum over its games of each game's average share: games are weighed first, and only then their labels read.
 * Readers see the old average until the new one is whole.
 */
export async function refreshAverageTaste(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw(WITHOUT_TIME_LIMIT).execute(trx)
    await sql`lock table warehouse.average_taste in exclusive mode`.execute(trx)
    await sql`delete from warehouse.average_taste`.execute(trx)
    await sql`
      with owned as (
        select player_id, appid, minutes::double precision
        from warehouse.interaction join warehouse.game using (appid)
        where player_id in (${sql.raw(TRAINING_PLAYERS)}) and (tags <> '{}' or genres <> '{}')
      ),
      library as materialized (
        select player_id, count(*) as games, nullif(sum(minutes), 0) as minutes from owned group by player_id
      ),
      average as (
        select appid, sum(owned.minutes / library.minutes) as played, sum(1.0 / games) as owned
        from owned join library using (player_id)
        group by appid
      ),
      label as (
        select appid, 'tag' as kind, jsonb_object_keys(tags) as name from warehouse.game
        union
        select appid, 'genre', unnest(genres) from warehouse.game
      )
      insert into warehouse.average_taste (kind, name, played, owned)
      select kind, name,
        coalesce(sum(played) / nullif((select count(minutes) from library), 0), 0),
        sum(owned) / (select count(*) from library)
      from average join label using (appid)
      group by kind, name
    `.execute(trx)
  })
}
