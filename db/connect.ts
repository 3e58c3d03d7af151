import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import { Pool, type PoolClient, types } from 'pg'
import { errorFields, type Log } from '../core/log.ts'
import { isConnectionLost, unavailableIfLost } from './lost-connection.ts'
import type { Database } from './schema.ts'

/** Kysely for statements; the pool behind it for COPY alone, by way of `withClient`. */
export type Db = Kysely<Database> & { readonly pool: Pool }

const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const MAX_CONNECTIONS = 10

/**
 * Opens no connection yet. Queries throw `Unavailable('database')` where the connection is at fault, and PostgreSQL's
 * own error otherwise. End it with `destroy()`.
 */
export function connect(url: string, log: Log): Db {
  const pool = new Pool({
    connectionString: url,
    application_name: 'indiescout',
    max: MAX_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types: { getTypeParser },
  })
  // Without listeners a connection that drops, idle or in use, would end the process.
  pool.on('error', (error) => log('warn', 'lost an idle database connection', errorFields(error)))
  pool.on('connect', (client) => client.on('error', () => {}))
  const dialect = new PostgresDialect({
    pool: {
      options: pool.options,
      connect: async () => watched(await acquire(pool)),
      end: () => pool.end(),
    },
  })
  return Object.assign(new Kysely<Database>({ dialect }), { pool })
}

/** A connection of one's own, for COPY. One on which anything failed is not used again. */
export async function withClient<T>(db: Db, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await acquire(db.pool)
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw unavailableIfLost(error)
  }
}

/** For work that may rightly take minutes: within a transaction, lifts the limit until its end. */
export const WITHOUT_TIME_LIMIT = 'set local statement_timeout = 0'

async function acquire(pool: Pool): Promise<PoolClient> {
  return pool.connect().catch((error: unknown) => {
    throw unavailableIfLost(error)
  })
}

/** What Kysely needs of a client, with lost connections told apart from failed statements. */
function watched(client: PoolClient): PostgresPoolClient {
  let lost = false
  const query = async (text: string, values: unknown[]) => {
    try {
      return await client.query(text, values)
    } catch (error) {
      lost ||= isConnectionLost(error)
      throw unavailableIfLost(error)
    }
  }
  return {
    // Its second form, for cursors, is asked for only where a dialect has them.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || lost),
  }
}

/** Dates stay ISO text (a `Date` would shift them by the machine's time zone); our 64-bit integers fit a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === types.builtins.DATE) return (text: string) => text
  if (oid === types.builtins.INT8) return Number
  return format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text')
}
