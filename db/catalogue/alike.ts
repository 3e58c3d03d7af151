import { sql } from 'kysely'
import type { Filter } from '../../core/catalogue/filter.ts'
import type { GameId } from '../../core/ids.ts'
import type { OwnedGame } from '../../core/players/library.ts'
import type { Db } from '../postgres/connect.ts'
import { allowedGames } from './allowed-games.ts'

/** Labels with their weights, greatest first. */
type Taste = { readonly keys: readonly string[]; readonly weights: readonly number[] }

const TASTE_LABELS = 40

/** A candidate shares one of the strongest labels… */
const STRONGEST = 10

/** …and is among the best reviewed of those: this many are compared in full. */
const POOL = 2_000

/** How well a game without reviews is thought of: better than a bad one, below any that people like. */
const UNREVIEWED = 0.2

/** Allowed games that share the labels of the library, weighed by their reviews; the well reviewed where it has none. */
export async function readAlike(
  db: Db,
  { owned, filter, limit }: { owned: readonly OwnedGame[]; filter: Filter; limit: number },
): Promise<GameId[]> {
  const taste = await readTaste(db, owned)
  const near = await rank(db, { taste, owned, filter, limit, among: taste.keys.slice(0, STRONGEST) })
  return near.length < limit ? rank(db, { taste, owned, filter, limit, among: undefined }) : near
}

/** What was played long counts more, by the logarithm; what most games carry says little. */
async function readTaste(db: Db, owned: readonly OwnedGame[]): Promise<Taste> {
  const games = owned.map((entry) => entry.game)
  const minutes = owned.map((entry) => Math.max(0, entry.minutes))
  const { rows } = await sql<{ key: string; weight: number }>`
    select key, sum(1 + ln(1 + minutes)) * ln(1 + (select max(games) from warehouse.label) * 1.0 / min(games)) as weight
    from unnest(${games}::integer[], ${minutes}::double precision[]) as owned(appid, minutes)
    join warehouse.game using (appid)
    cross join unnest(label_keys) as carried(key)
    join warehouse.label using (key)
    where kinds <> '{category}'
    group by key
    order by weight desc, key
    limit ${TASTE_LABELS}
  `.execute(db)
  return { keys: rows.map((row) => row.key), weights: rows.map((row) => row.weight) }
}

type Ranking = {
  readonly taste: Taste
  readonly owned: readonly OwnedGame[]
  readonly filter: Filter
  readonly limit: number
  /** One of these labels must be carried; undefined: any. */
  readonly among: readonly string[] | undefined
}

async function rank(db: Db, { taste, owned, filter, limit, among }: Ranking): Promise<GameId[]> {
  const games = owned.map((entry) => entry.game)
  let pool = allowedGames(db, filter)
    .select(['appid', 'label_keys', 'review_score'])
    .where(sql<boolean>`not exists (select from unnest(${games}::integer[]) as own where own = appid)`)
    .orderBy('review_score', (order) => order.desc().nullsLast())
    .orderBy('appid')
    .limit(POOL)
  if (among) pool = pool.where(sql<boolean>`label_keys && ${among}::text[]`)
  const { rows } = await sql<{ appid: GameId }>`
    with pool as (${pool}),
    taste as (select * from unnest(${taste.keys}::text[], ${taste.weights}::double precision[]) as taste(key, weight)),
    shared as (
      select appid, sum(weight) as weight
      from pool cross join unnest(label_keys) as carried(key) join taste using (key)
      group by appid
    )
    select appid
    from pool left join shared using (appid)
    order by
      coalesce(weight / sqrt(cardinality(label_keys)), 0) * coalesce(review_score, ${UNREVIEWED}) desc,
      review_score desc nulls last,
      appid
    limit ${limit}
  `.execute(db)
  return rows.map((row) => row.appid)
}
