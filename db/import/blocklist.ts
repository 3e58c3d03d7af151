import type { PoolClient } from 'pg'
import { type GameId, parseGameId } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import { copyRows } from './copy.ts'
import { cleanText } from './games/clean-text.ts'
import { readCsv } from './read/csv.ts'
import { type Format, toItem } from './read/format.ts'
import { openFile } from './read/read-file.ts'
import { explainGameId, unwrapId } from './read/rounded-ids.ts'
import { refreshCatalogue } from './refresh.ts'
import { stageThenMerge } from './staging.ts'
import { type ImportOptions, readingOf, type Summary } from './summary.ts'

type Blocked = { readonly appid: GameId; readonly reason: string | undefined }

const HEADER = /^"?app[ _]?id"?\s*(,|$)/i
const MAX_REASON = 500

/** `appid` or `appid,reason` a line; lines that begin with # are remarks. */
const blocklist: Format<Blocked> = {
  name: 'a list of appid or appid,reason',
  matches: (line) => HEADER.test(line) || /^(#|(\d{1,10}|\d\.\d{1,20}E\+\d{1,3})\s*(,|$))/i.test(line),
  async *read(lines) {
    for await (const row of readCsv(lines, ',')) {
      if (row.text.startsWith('#') || HEADER.test(row.text)) continue
      yield [toItem(row.fields ? parseBlocked(row.fields) : row.reason, row.line, row.text)]
    }
  },
}

function parseBlocked(fields: readonly string[]): Blocked | string {
  const id = unwrapId(fields[0] ?? '')
  const appid = parseGameId(id)
  if (appid === undefined) return explainGameId(id)
  return { appid, reason: cleanText(fields.slice(1).join(','), MAX_REASON) }
}

/**
 * Adds games to the operator's blocklist: they are never recommended. Removes none. All files or none; throws an
 * ImportError with one sentence.
 */
export async function importBlocklist(
  db: Db,
  sources: readonly string[],
  options: ImportOptions = {},
): Promise<Summary[]> {
  const summaries = await stageThenMerge(db, sources, {
    stage: (client, table, source) => stage(client, table, source, options),
    merge: async (client, { table, file }) => ({
      ...readingOf(file),
      ...(await merge(client, table)),
      notes: [],
    }),
  })
  await refreshCatalogue(db)
  return summaries
}

async function stage(client: PoolClient, table: string, source: string, options: ImportOptions) {
  const file = await openFile<Blocked, Format<Blocked>>(source, [blocklist], options.onRead)
  await client.query(`create temp table ${table} (line bigint, appid integer, reason text) on commit drop`)
  async function* rows() {
    for await (const { line, value } of file.values) yield [line, value.appid, value.reason]
  }
  await copyRows(client, table, ['line', 'appid', 'reason'], rows())
  return { table, file }
}

type Merged = Pick<Summary, 'rows' | 'added' | 'changed' | 'duplicates'>

async function merge(client: PoolClient, table: string): Promise<Merged> {
  const { rows } = await client.query<Merged>(
    `with staged as (
       select distinct on (appid) appid, reason from ${table} order by appid, line desc
     ), compared as (
       select staged.appid, coalesce(staged.reason, known.reason) as reason, known.appid is null as is_new,
         staged.reason is distinct from known.reason and staged.reason is not null as differs
       from staged left join warehouse.blocked_game as known using (appid)
     ), written as (
       insert into warehouse.blocked_game (appid, reason)
       select appid, reason from compared where is_new or differs
       on conflict (appid) do update set reason = excluded.reason
     )
     select count(*)::integer as rows,
       count(*) filter (where is_new)::integer as added,
       count(*) filter (where differs and not is_new)::integer as changed,
       ((select count(*) from ${table}) - count(*))::integer as duplicates
     from compared`,
  )
  return rows[0] ?? { rows: 0, added: 0, changed: 0, duplicates: 0 }
}
