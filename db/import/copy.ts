import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** What a column of PostgreSQL's COPY takes; undefined becomes NULL. */
export type Cell = string | number | boolean | undefined | readonly (string | number)[]

const CHUNK_CHARACTERS = 64 * 1024

/** Streams rows into a table by COPY, as fast as the server takes them. Names are trusted: they are ours. */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly Cell[]>,
): Promise<void> {
  const into = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`))
  await pipeline(
    Readable.from(encodeChunks(rows), { objectMode: false, highWaterMark: CHUNK_CHARACTERS }),
    into,
  )
}

async function* encodeChunks(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  let chunk = ''
  for await (const row of rows) {
    chunk += `${encodeRow(row)}\n`
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

/** One line of COPY's text format. */
function encodeRow(row: readonly Cell[]): string {
  return row.map(encodeCell).join('\t')
}

function encodeCell(cell: Cell): string {
  switch (typeof cell) {
    case 'undefined':
      return '\\N'
    case 'string':
      return escapeCopy(cell)
    case 'object':
      return escapeCopy(`{${cell.map(encodeElement).join(',')}}`)
    default:
      return String(cell)
  }
}

function encodeElement(element: string | number): string {
  return typeof element === 'number' ? String(element) : `"${element.replace(/["\\]/g, '\\$&')}"`
}

const SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escapeCopy(text: string): string {
  return text.replace(SPECIAL, (mark) => ESCAPES[mark] ?? mark)
}
