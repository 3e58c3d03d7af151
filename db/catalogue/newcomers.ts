import { sql } from 'kysely'
import type { Db } from '../postgres/connect.ts'
import { indieGames } from './allowed-games.ts'

/** So many people have bought and reviewed it that its labels and its praise are no accident. */
const MIN_REVIEWS = 50
/** Wilson's lower bound of the review share. */
const MIN_REVIEW_SCORE = 0.6

/** Well-reviewed indie games with tags that are not among the known ones, the newest first. */
export async function readNewcomers(db: Db, known: Int32Array, limit: number): Promise<Int32Array> {
  const rows = await indieGames(db)
    .select('appid')
    .where(sql<boolean>`review_score >= ${MIN_REVIEW_SCORE}`)
    .where(sql<boolean>`positive::bigint + negative >= ${MIN_REVIEWS}`)
    .where(sql<boolean>`tags <> '{}'`)
    .where(sql<boolean>`not exists (select from warehouse.blocked_game as b where b.appid = game.appid)`)
    .where(sql<boolean>`not exists (select from unnest(${[...known]}::integer[]) as own where own = appid)`)
    .orderBy('release_date', (order) => order.desc().nullsLast())
    .orderBy('appid', 'desc')
    .limit(limit)
    .execute()
  return Int32Array.from(rows, ({ appid }) => appid)
}
