import { type Kysely, sql } from 'kysely'

/**
 * Games are found by letters and digits alone, whatever the case, accents, punctuation and signs of their names: "Sam & Max"
 * is `samandmax`. What somebody types becomes a key by the same function.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Signs are named one by one: which characters are letters depends on the locale of the server.
  await sql`
    create function warehouse.name_key(name text) returns text
    language sql immutable strict parallel safe
    return replace(replace(replace(replace(
      translate(
        regexp_replace(
          lower(replace(
            replace(normalize(translate(name, e'\u2122\u00ae\u00a9\u2120', ''), nfkd), '&amp;', '&'), '&', ' and '
          )),
          ${sql.lit(SIGNS)}, '', 'g'
        ),
        e'\u00f8\u0142\u0111\u0131', 'oldi'
      ),
      e'\u00e6', 'ae'), e'\u0153', 'oe'), e'\u00df', 'ss'), e'\u00fe', 'th')
  `.execute(db)
  await sql`
    alter table warehouse.game
    add column name_key text not null generated always as (warehouse.name_key(name)) stored
  `.execute(db)
  await sql`create index game_name_key on warehouse.game (name_key text_pattern_ops)`.execute(db)
  await sql`create index game_name_triples on warehouse.game using gin (name_key gin_trgm_ops)`.execute(db)
  await sql`drop index warehouse.game_name_prefix`.execute(db)
  await indexOtherScripts(db)
}

/** Where the server's locale knows Latin letters alone, triples hold no others: names in other scripts are found by pairs. */
async function indexOtherScripts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function warehouse.letter_pairs(key text) returns text[]
    language sql immutable strict parallel safe
    return array(select distinct substr(key, at, 2) from generate_series(1, length(key) - 1) as at)
  `.execute(db)
  await sql`
    create index game_name_pairs on warehouse.game using gin (warehouse.letter_pairs(name_key))
    where name_key ~ '[^a-z0-9]'
  `.execute(db)
}

/** Spaces, control characters, punctuation, symbols, combining accents, pictures. */
const SIGNS =
  '[\\u0001-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b1\\u00b4\\u00b6-\\u00b8\\u00bb\\u00bf\\u00d7\\u00f7\\u02c2-\\u02df' +
  '\\u0300-\\u036f\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u245f\\u24ea-\\u2bff\\u3000-\\u3004\\u3008-\\u3020\\u3030\\u30fb' +
  '\\ufe00-\\ufe0f\\ufeff\\ufff0-\\uffff\\U0001f000-\\U0001faff\\U000e0000-\\U000e01ef]+'
