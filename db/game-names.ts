import { sql } from 'kysely'
import { gameId } from '../core/ids.ts'
import type { Catalogue } from '../core/ports.ts'
import type { Db } from './connect.ts'
import { storableText } from './storable-text.ts'

type Named = Awaited<ReturnType<Catalogue['games']>>[number]

/** Names are shorter; what is typed beyond that finds nothing anyway. */
const MAX_TYPED = 100

/** The index of letter triples is of no help to fewer letters. */
const LETTERS_FOR_TRIPLES = 3

/**
 * Games by name, indie or not: those that begin with what was typed, then those that contain it, then similar ones; of
 * equals the one with more reviews. Each step is taken only where those before it left room.
 */
export async function readGameNames(db: Db, typed: string, limit: number): Promise<readonly Named[]> {
  const text = storableText([...typed.trim()].slice(0, MAX_TYPED).join(''))
  if (text === '') return []
  const found = new Map<number, Named>()
  const steps = [beginning, ...([...text].length < LETTERS_FOR_TRIPLES ? [] : [containing, similar])]
  for (const step of steps) {
    if (found.size >= limit) break
    for (const row of await step(db, text, limit)) found.set(row.appid, toNamed(row))
  }
  return [...found.values()].slice(0, limit)
}

type Row = { readonly appid: number; readonly name: string }

const PLAYABLE = sql<boolean>`coalesce(type, 'game') = 'game'`
const BY_FAME = sql`positive desc nulls last, appid`

async function beginning(db: Db, text: string, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select appid, name from warehouse.game
    where lower(name) like lower(${literally(text)}) || '%' and ${PLAYABLE}
    order by lower(name) = lower(${text}) desc, ${BY_FAME} limit ${limit}
  `.execute(db)
  return rows
}

async function containing(db: Db, text: string, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select appid, name from warehouse.game
    where lower(name) like '%' || lower(${literally(text)}) || '%' and ${PLAYABLE}
    order by ${BY_FAME} limit ${limit}
  `.execute(db)
  return rows
}

/** `%` takes the server's threshold of 0.3: "slay teh spire" and "Slay the Spire" have 0.6. */
async function similar(db: Db, text: string, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select appid, name from warehouse.game
    where lower(name) % lower(${text}) and ${PLAYABLE}
    order by similarity(lower(name), lower(${text})) desc, ${BY_FAME} limit ${limit}
  `.execute(db)
  return rows
}

/** What was typed stands for itself: no wildcard in it. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function toNamed({ appid, name }: Row): Named {
  return { game: gameId(appid), name }
}
