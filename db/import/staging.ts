import type { PoolClient } from 'pg'
import { type Db, WITHOUT_TIME_LIMIT, withClient } from '../postgres/connect.ts'

/** How one kind of source is imported: laid down in a temporary table of that name, then merged from there. */
type Steps<Staged, Merged> = {
  readonly stage: (client: PoolClient, table: string, source: string) => Promise<Staged>
  readonly merge: (client: PoolClient, staged: Staged) => Promise<Merged>
}

/** One import at a time: two would merge into the same rows in different orders. Any fixed number does. */
const IMPORT_LOCK = 720_011

/**
 * Work in one transaction, whose temporary tables nobody else sees: the files are laid down there as they are read,
 * however long that takes. Such a table has to be made `on commit drop`, since behind a pooler the session goes to others.
 */
export function withStaging<T>(db: Db, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(db, async (client) => {
    await client.query('begin')
    await client.query(WITHOUT_TIME_LIMIT)
    await client.query('set local idle_in_transaction_session_timeout = 0')
    const result = await work(client)
    await client.query('commit')
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
    await beAlone(client)
    const merged: Merged[] = []
    for (const one of staged) merged.push(await merge(client, one))
    return merged
  })
}

/** Runs the work in one transaction, alone among imports: all of it happens or nothing. */
export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  await beAlone(client)
  const result = await work()
  await client.query('commit')
  return result
}

/** Until the end of the transaction. */
export async function beAlone(client: PoolClient): Promise<void> {
  await client.query(`set local work_mem = '64MB'`)
  await client.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK])
}
