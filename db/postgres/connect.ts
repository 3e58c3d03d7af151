import { Kysely, PostgresAdapter, PostgresDialect, type PostgresPoolClient, sql } from 'kysely'
import { Client, type ClientBase, Pool, type PoolClient, types } from 'pg'
import { errorFields, type Log } from '../../core/log.ts'
import type { Unavailable } from '../../core/unavailable.ts'
import { inTime, NoAnswerInTime } from './deadline.ts'
import { codeOf, isConnectionLost, READ_ONLY, unavailable, unavailableIfLost } from './lost-connection.ts'
import type { Database } from './schema.ts'

/** Kysely for statements; the connections behind it for COPY alone, by way of `withClient`. */
export type Db = Kysely<Database> & { readonly pool: Pool; readonly connections: Connections }

const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 5_000
const POOL_SIZE = 10

type Options = { readonly poolSize?: number }

/**
 * Opens no connection yet. Queries throw `Unavailable('database')` where the connection is at fault, and PostgreSQL's
 * own error otherwise. End it with `destroy()`.
 */
export function connect(url: string, log: Log, { poolSize = POOL_SIZE }: Options = {}): Db {
  const pool = new Pool({
    connectionString: url,
    application_name: 'indiescout',
    max: poolSize,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: limitStatements,
    types: { getTypeParser },
  })
  // Without listeners a connection that drops, idle or in use, would end the process.
  pool.on('error', (error) => log('warn', 'lost an idle database connection', errorFields(error)))
  pool.on('connect', (client) => client.on('error', () => {}))
  const connections = createConnections(pool, addressOf(url))
  const dialect = new PooledDialect({
    pool: {
      options: pool.options,
      connect: async () => watched(await connections.acquire(), connections),
      end: () => pool.end(),
    },
  })
  return Object.assign(new Kysely<Database>({ dialect }), { pool, connections })
}

class PooledDialect extends PostgresDialect {
  override createAdapter() {
    return new PooledAdapter()
  }
}

/** Kysely's own lock belongs to the session, which a pooler may give to another transaction. */
class PooledAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    // The number of Kysely's lock, for which earlier releases wait.
    await sql`select pg_advisory_xact_lock(3853314791062309107)`.execute(db)
  }

  override async releaseMigrationLock(): Promise<void> {}
}

/** A connection of one's own, for COPY. One on which anything failed is not used again. */
export async function withClient<T>(
  { connections }: Db,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connections.acquire()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw connections.explained(error)
  }
}

/** For work that may rightly take minutes: within a transaction, lifts the limit until its end. */
export const WITHOUT_TIME_LIMIT = 'set local statement_timeout = 0'

/** By a statement, since a pooler such as pgbouncer refuses it as a parameter of the connection. */
async function limitStatements(client: ClientBase): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new NoAnswerInTime()), CONNECT_TIMEOUT_MS)
  try {
    await Promise.race([client.query(`set statement_timeout = ${STATEMENT_TIMEOUT_MS}`), late])
  } finally {
    clearTimeout(timer)
  }
}

type Connections = {
  /** The address, for operators. */
  readonly server: string
  /** Throws `Unavailable` where none can be had. */
  acquire(): Promise<PoolClient>
  /** Tells lost connections apart from failed statements. */
  explained(error: unknown): unknown
  /** Says that the server takes no writes, and gives up all connections to it. */
  readOnly(): Unavailable
}

/** After a failover all connections of before lead to a server that is read-only: one that says so ends them all. */
function createConnections(pool: Pool, server: string): Connections {
  const born = new WeakMap<PoolClient, number>()
  let epoch = 0
  pool.on('connect', (client) => born.set(client, epoch))

  async function acquireFresh(): Promise<PoolClient> {
    const client = await inTime(
      () => pool.connect(),
      (late) => late.release(),
    )
    if (born.get(client) === epoch) return client
    client.release(true)
    return acquireFresh()
  }

  return {
    server,
    acquire: () =>
      acquireFresh().catch((error: unknown) => {
        throw unavailable(error, server)
      }),
    explained(error) {
      if (codeOf(error) === READ_ONLY) epoch += 1
      return unavailableIfLost(error, server)
    },
    readOnly() {
      epoch += 1
      return unavailable(Object.assign(new Error('read-only'), { code: READ_ONLY }), server)
    },
  }
}

/** What Kysely needs of a client. Once lost, it goes on saying why, also to the rollback that follows. */
function watched(client: PoolClient, { explained }: Connections): PostgresPoolClient {
  let lost: unknown
  const query = async (text: string, values: unknown[]) => {
    if (lost) throw lost
    try {
      return await inTime(() => client.query(text, values))
    } catch (error) {
      const explanation = explained(error)
      if (isConnectionLost(error)) lost = explanation
      throw explanation
    }
  }
  return {
    // Its second form, for cursors, is asked for only where a dialect has them.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || lost !== undefined),
  }
}

/** As node-postgres understands it, which also looks into the query and the environment. */
function addressOf(url: string): string {
  try {
    const { host, port } = new Client({ connectionString: url })
    return host.startsWith('/') ? host : `${host}:${port}`
  } catch {
    // A certificate's file that is not there: told when a connection is asked for.
    return new URL(url).host
  }
}

/** Dates stay ISO text (a `Date` would shift them by the machine's time zone); our 64-bit integers fit a number. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === types.builtins.DATE) return (text: string) => text
  if (oid === types.builtins.INT8) return Number
  return format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text')
}
