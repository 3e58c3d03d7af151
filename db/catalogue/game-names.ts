import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { nameKey, readings } from '../../core/catalogue/titles.ts'
import { type GameId, gameId } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { storableText } from '../postgres/storable-text.ts'

type Named = Awaited<ReturnType<Catalogue['games']>>[number]

/** Names are shorter; what is typed beyond that finds nothing anyway. */
const MAX_TYPED = 300

/** The index of letter triples is of no help to fewer letters, nor that of pairs, which serves the other scripts. */
const LETTERS = { latin: 3, other: 2 }

/** A name of fewer letters is a short one. */
const SHORT = 8

/**
 * Least share of letter triples in common. One wrong letter spoils half of a short name ("Hadse" and "Hades" have .33),
 * and a long one has so many that a low bar would let thousands through ("slay teh spire" and "Slay the Spire": .6).
 */
const SIMILAR = { short: 0.3, long: 0.4 }

/** The same of letter pairs: "메이플스토라" and "메이플스토리" have .8. */
const SIMILAR_PAIRS = 0.5

/**
 * Games by name, indie or not: those that are called so in some spelling, those that begin with it, then those that contain
 * it; where there is none, similar ones. Of equals the one with more reviews comes first.
 */
export async function readGameNames(db: Db, typed: string, limit: number): Promise<readonly Named[]> {
  const text = storableText([...typed.trim()].slice(0, MAX_TYPED).join(''))
  if (text === '') return []
  const key = nameKey(text)
  const script = isLatin(key) ? latin : other
  const long = [...key].length >= script.letters
  const found = new Map<GameId, Named>()
  for (const step of long ? [called, beginning, script.containing] : [called, beginning]) {
    if (found.size >= limit) break
    for (const named of await step(db, text, limit)) found.set(named.game, named)
  }
  if (found.size > 0 || !long) return [...found.values()].slice(0, limit)
  return script.similar(db, text, limit)
}

function isLatin(key: string): boolean {
  return /^[a-z0-9]*$/.test(key)
}

type Step = (db: Db, text: string, limit: number) => Promise<readonly Named[]>

/** A name without a letter, such as "***", is called so only as it is written. */
const called: Step = (db, text, limit) =>
  read(db, {
    where: sql`name_key = any(array(
      select warehouse.name_key(reading) from unnest(${readings(text)}::text[]) as reading
    )) and (name_key <> '' or lower(btrim(name)) = lower(${text}))`,
    first: sql`name_key = warehouse.name_key(${text}) desc,`,
    limit,
  })

const beginning: Step = (db, text, limit) =>
  read(db, {
    where: sql`name_key like warehouse.name_key(${text}) || '%' and warehouse.name_key(${text}) <> ''`,
    limit,
  })

type Script = { readonly letters: number; readonly containing: Step; readonly similar: Step }

const latin: Script = {
  letters: LETTERS.latin,
  containing: (db, text, limit) =>
    read(db, { where: sql`name_key like '%' || warehouse.name_key(${text}) || '%'`, limit }),
  similar: (db, text, limit) =>
    db.transaction().execute(async (trx) => {
      const least = text.length >= SHORT ? SIMILAR.long : SIMILAR.short
      await sql`select set_config('pg_trgm.similarity_threshold', ${String(least)}, true)`.execute(trx)
      const nearest = sql`similarity(lower(name), lower(${text})) desc,`
      return read(trx, { where: sql`lower(name) % lower(${text})`, first: nearest, limit })
    }),
}

const OTHER_SCRIPTS = sql`name_key ~ '[^a-z0-9]'`
const PAIRS = sql`warehouse.letter_pairs(name_key)`

const other: Script = {
  letters: LETTERS.other,
  containing: (db, text, limit) =>
    read(db, {
      where: sql`${OTHER_SCRIPTS} and ${PAIRS} @> warehouse.letter_pairs(warehouse.name_key(${text}))
        and name_key like '%' || warehouse.name_key(${text}) || '%'`,
      limit,
    }),
  similar: (db, text, limit) => {
    const typed = sql`warehouse.letter_pairs(warehouse.name_key(${text}))`
    const shared = sql`cardinality(array(select unnest(${PAIRS}) intersect select unnest(${typed})))`
    const share = sql`2.0 * ${shared} / (cardinality(${PAIRS}) + cardinality(${typed}))`
    // Pairs of Latin letters beside them are in too many names.
    const telling = sql`array(select pair from unnest(${typed}) as pair where pair ~ '[^a-z0-9]')`
    return read(db, {
      where: sql`${OTHER_SCRIPTS} and ${PAIRS} && ${telling} and ${share} >= ${SIMILAR_PAIRS}`,
      first: sql`${share} desc,`,
      limit,
    })
  },
}

type Wanted = {
  readonly where: RawBuilder<unknown>
  readonly first?: RawBuilder<unknown>
  readonly limit: number
}

/** Word for word the order of the index of the popular ones, which it reads where many names fit. */
async function read(db: Kysely<Database>, { where, first = sql``, limit }: Wanted): Promise<Named[]> {
  const { rows } = await sql<{ appid: number; name: string }>`
    select appid, name from warehouse.game
    where ${where} and type = 'game'
    order by ${first} (positive::bigint + negative) desc nulls last, appid
    limit ${limit}
  `.execute(db)
  return rows.map(({ appid, name }) => ({ game: gameId(appid), name }))
}
