import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { GramRows, GramSource } from '../../core/training/gram-source.ts'
import { type Db, WITHOUT_TIME_LIMIT, withClient } from '../postgres/connect.ts'
import { createFixedRowReader, fieldAt, rowBytesOf } from '../postgres/copy-rows.ts'
import { codeOf, isConnectionLost, READ_ONLY } from '../postgres/lost-connection.ts'
import { checkColumns, createRows, firstRows, REQUIRED, WEIGHT } from './columns.ts'

const NAME = 'the query'
const DOUBLE_BYTES = 8
/** Of COPY in binary, for what is null. */
const NULL = `'NaN'::float8`

/**
 * What an SQL query on the database answers, all of it from one moment and read-only. The diagonal is asked for by a
 * condition that PostgreSQL pushes below the query's grouping, so that the whole is counted once. Throws one sentence.
 */
export async function withQuery<T>(
  db: Db,
  sql: string,
  work: (source: GramSource) => Promise<T>,
): Promise<T> {
  const query = sql.trim().replace(/;$/, '')
  return withClient(db, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    await client.query(WITHOUT_TIME_LIMIT)
    const { fields } = await asked(() => client.query(`select * from (${query}\n) gram limit 0`))
    const { weighted } = checkColumns(
      NAME,
      fields.map(({ name }) => name),
    )
    const result = await work({ name: NAME, weighted, read: (which) => read(client, query, which, weighted) })
    await client.query('commit')
    return result
  })
}

async function* read(
  client: PoolClient,
  query: string,
  which: 'diagonal' | 'all',
  weighted: boolean,
): AsyncGenerator<GramRows> {
  const columns = weighted ? [...REQUIRED, WEIGHT] : REQUIRED
  const numbers = columns.map((column) => `coalesce(${column}::float8, ${NULL})`).join(', ')
  const where = which === 'diagonal' ? 'where i = j' : ''
  const stream = client.query(
    copyTo(`copy (select ${numbers} from (${query}\n) gram ${where}) to stdout (format binary)`),
  )
  const shape = { fields: columns.length, bytes: DOUBLE_BYTES }
  const places = columns.map((_, field) => fieldAt(field, DOUBLE_BYTES))
  let rows = createRows(0, weighted)
  let length = 0
  const take = createFixedRowReader(shape, (buffer, at) => {
    const [i = 0, j = 0, count = 0, weight = 0] = places
    rows.i[length] = buffer.readDoubleBE(at + i)
    rows.j[length] = buffer.readDoubleBE(at + j)
    rows.count[length] = buffer.readDoubleBE(at + count)
    if (rows.weight) rows.weight[length] = buffer.readDoubleBE(at + weight)
    length += 1
  })
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // One more, of which the last chunk held the beginning.
      rows = createRows(Math.ceil(chunk.length / rowBytesOf(shape)) + 1, weighted)
      length = 0
      take(chunk)
      if (length > 0) yield firstRows(rows, length)
    }
  } catch (error) {
    throw explained(error)
  }
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explained(error)
  }
}

/** A lost connection is told as such elsewhere; a query that writes is at fault itself. */
function explained(error: unknown): unknown {
  const isOurs = !(error instanceof Error && 'severity' in error)
  if (isOurs || (isConnectionLost(error) && codeOf(error) !== READ_ONLY)) return error
  return new Error(`the query for the Gram matrix failed: ${error.message}`, { cause: error })
}
