import { type Kysely, sql } from 'kysely'
import type { Filter } from '../core/filter.ts'
import type { Database } from './schema.ts'
import { storableText } from './storable-text.ts'

/** The only games that are ever offered. Word for word the condition of the partial indexes. */
const RECOMMENDABLE = sql<boolean>`indie and type = 'game'`

export function indieGames(db: Kysely<Database>) {
  return db.selectFrom('warehouse.game').where(RECOMMENDABLE)
}

/** Indie games that pass the filter and that no operator has blocked. An unknown fact passes no filter on it. */
export function allowedGames(db: Kysely<Database>, filter: Filter) {
  let games = indieGames(db).where(
    sql<boolean>`not exists (select from warehouse.blocked_game as b where b.appid = game.appid)`,
  )
  if (!filter.mature) games = games.where('mature', 'is not', true)
  if (filter.maxPriceCents !== undefined) games = games.where('price_cents', '<=', filter.maxPriceCents)
  if (filter.genre !== undefined) games = games.where(carries(filter.genre))
  if (filter.anyOf.length > 0) games = games.where(carriesAny(filter.anyOf))
  if (filter.language !== undefined) games = games.where(speaks(filter.language))
  return games
}

function carries(label: string) {
  return sql<boolean>`label_keys @> array[warehouse.label_key(${storableText(label)})]`
}

function carriesAny(labels: readonly string[]) {
  return sql<boolean>`label_keys && array(
    select warehouse.label_key(label) from unnest(${labels.map(storableText)}::text[]) as label
  )`
}

/** "Spanish" means "Spanish - Latin America" too. */
function speaks(language: string) {
  const wanted = storableText(language).trim().toLowerCase()
  return sql<boolean>`exists (
    select from unnest(languages) as language
    where lower(language) = ${wanted}::text or starts_with(lower(language), ${wanted}::text || ' - ')
  )`
}
