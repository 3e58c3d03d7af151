import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type GameId, gameId } from '../core/ids.ts'
import type { Catalogue } from '../core/ports.ts'
import type { Db } from './connect.ts'
import type { Database } from './schema.ts'
import { storableText } from './storable-text.ts'

type Named = Awaited<ReturnType<Catalogue['games']>>[number]

/** Names are shorter; what is typed beyond that finds nothing anyway. */
const MAX_TYPED = 100

/** The index of letter triples is of no help to fewer letters. */
const LETTERS_FOR_TRIPLES = 3

/** A name of fewer letters is a short one. */
const SHORT = 8

/**
 * Least share of letter triples in common. One wrong letter spoils half of a short name ("Hadse" and "Hades" have .33),
 * and a long one has so many that a low bar would let thousands through ("slay teh spire" and "Slay the Spire": .6).
 */
const SIMILAR = { short: 0.3, long: 0.4 }

/**
 * Games by name, indie or not: those that are called so, those that begin with it, then those that contain it; where
 * there is none, similar ones. Of equals the one with more reviews comes first.
 */
export async function readGameNames(db: Db, typed: string, limit: number): Promise<readonly Named[]> {
  const text = storableText([...typed.trim()].slice(0, MAX_TYPED).join(''))
  if (text === '') return []
  const long = [...text].length >= LETTERS_FOR_TRIPLES
  const found = new Map<GameId, Named>()
  for (const step of long ? [called, beginning, containing] : [called, beginning]) {
    if (found.size >= limit) break
    for (const named of await step(db, text, limit)) found.set(named.game, named)
  }
  if (found.size > 0 || !long) return [...found.values()].slice(0, limit)
  return similar(db, text, limit)
}

type Step = (db: Db, text: string, limit: number) => Promise<readonly Named[]>

const called: Step = (db, text, limit) => read(db, { where: sql`lower(name) = lower(${text})`, limit })

const beginning: Step = (db, text, limit) =>
  read(db, { where: sql`lower(name) like lower(${literally(text)}) || '%'`, limit })

const containing: Step = (db, text, limit) =>
  read(db, { where: sql`lower(name) like '%' || lower(${literally(text)}) || '%'`, limit })

const similar: Step = (db, text, limit) =>
  db.transaction().execute(async (trx) => {
    const least = text.length >= SHORT ? SIMILAR.long : SIMILAR.short
    await sql`select set_config('pg_trgm.similarity_threshold', ${String(least)}, true)`.execute(trx)
    const nearest = sql`similarity(lower(name), lower(${text})) desc,`
    return read(trx, { where: sql`lower(name) % lower(${text})`, first: nearest, limit })
  })

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

/** What was typed stands for itself: no wildcard in it. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
