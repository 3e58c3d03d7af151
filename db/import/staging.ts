import type { PoolClient } from 'pg'
import { type Db, withClient } from '../connect.ts'

/** One import at a time: two would merge into the same rows in different orders. Any fixed number does. */
const IMPORT_LOCK = 720_011

/**
 * Work on a connection of its own, whose temporary tables nobody else sees: the files are laid down there as they are
 * read, however long that takes. They are dropped at the end; after a failure the connection itself is closed.
 */
export function withStaging<T>(db: Db, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(db, async (client) => {
    await client.query('set statement_timeout = 0')
    const result = await work(client)
    await client.query('discard temp')
    await client.query('reset statement_timeout')
    return result
  })
}

/** Runs the work in one transaction, alone among imports: all of it happens or nothing. */
export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  await client.query(`set local work_mem = '64MB'`)
  await client.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK])
  const result = await work()
  await client.query('commit')
  return result
}
