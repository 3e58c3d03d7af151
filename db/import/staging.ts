import type { PoolClient } from 'pg'
import { type Db, withClient } from '../connect.ts'

/** How one kind of source is imported: laid down in a temporary table of that name, then merged from there. */
type Steps<Staged, Merged> = {
  readonly stage: (client: PoolClient, table: string, source: string) => Promise<Staged>
  readonly merge: (client: PoolClient, staged: Staged) => Promise<Merged>
}

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

/**
 * Stages every source before the first is merged, in their order. Whatever is wrong with one leaves all tables as they
 * were, and the lock is held no longer than the merges take.
 */
export function stageThenMerge<Staged, Merged>(
  db: Db,
  sources: readonly string[],
  { stage, merge }: Steps<Staged, Merged>,
): Promise<Merged[]> {
  return withStaging(db, async (client) => {
    const staged: Staged[] = []
    for (const source of sources) staged.push(await stage(client, `staged_${staged.length}`, source))
    return inTransaction(client, async () => {
      const merged: Merged[] = []
      for (const one of staged) merged.push(await merge(client, one))
      return merged
    })
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
