import type { PoolClient } from 'pg'
import { copyRows } from '../copy.ts'
import type { Play } from './player-formats.ts'

/** A play whose game is known by number. */
export type NumberedPlay = Omit<Play, 'game'> & { readonly game: number }

/** Lays plays down in a temporary table of that name. */
export async function stagePlays(
  client: PoolClient,
  table: string,
  plays: AsyncIterable<NumberedPlay> | Iterable<NumberedPlay>,
): Promise<void> {
  await client.query(
    `create temp table ${table} (player text, appid integer, minutes integer, is_playtime boolean) on commit drop`,
  )
  await copyRows(client, table, ['player', 'appid', 'minutes', 'is_playtime'], cellsOf(plays))
  await client.query(`analyze ${table}`)
}

async function* cellsOf(plays: AsyncIterable<NumberedPlay> | Iterable<NumberedPlay>) {
  for await (const { player, game, minutes, isPlaytime } of plays) yield [player, game, minutes, isPlaytime]
}

export type MergedPlays = {
  /** Distinct pairs of player and game in the table. */
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly duplicates: number
}

/** Whose plays they are. */
export type Players = { readonly source: string; readonly synthetic: boolean }

/** Writes what the staged plays add; of several rows for one pair the longest playtime counts. */
export async function mergePlays(client: PoolClient, table: string, players: Players): Promise<MergedPlays> {
  await client.query(
    `insert into warehouse.player (source, key, synthetic)
     select $1, player, $2 from (select distinct player from ${table}) as named order by player
     on conflict (source, key) do nothing`,
    [players.source, players.synthetic],
  )
  const { rows } = await client.query<MergedPlays>(mergeSql(table), [players.source])
  return rows[0] ?? { rows: 0, added: 0, changed: 0, duplicates: 0 }
}

function mergeSql(table: string): string {
  return `
    with merged as (
      select player.id as player_id, staged.appid, max(staged.minutes) as minutes,
        count(*) - bool_or(is_playtime)::integer - bool_or(not is_playtime)::integer as duplicates
      from ${table} as staged join warehouse.player as player on player.source = $1 and player.key = staged.player
      group by player.id, staged.appid
    ), compared as (
      select merged.*, known.minutes as before
      from merged left join warehouse.interaction as known using (player_id, appid)
    ), written as (
      insert into warehouse.interaction (player_id, appid, minutes)
      select player_id, appid, minutes from compared where minutes is distinct from before
      order by player_id, appid
      on conflict (player_id, appid) do update set minutes = excluded.minutes
    )
    select count(*)::integer as rows,
      count(*) filter (where before is null)::integer as added,
      count(*) filter (where before <> minutes)::integer as changed,
      coalesce(sum(duplicates), 0)::integer as duplicates
    from compared`
}
