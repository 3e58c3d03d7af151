import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql, type Transaction } from 'kysely'
import {
  type DigestOwner,
  isDigestOwner,
  type PlaceKey,
  placeOfUser,
  type SteamId,
  type UserKey,
} from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'

/**
 * Erasure wins over whatever is in hand, in any process: a command notes when it began which transactions were done, and
 * writes nothing of somebody whose erasure is not among them.
 */

/** What can be erased: all of somebody, of a place or of a digest, what belongs to somebody's link, or a library. */
export type Scope = UserKey | PlaceKey | DigestOwner | `link ${UserKey}` | `library ${SteamId}`

/** PostgreSQL's snapshot that saw no transaction. */
const BEFORE_ALL = '3:3:'

/** PostgreSQL's snapshot of when the command in hand began. */
const begun = new AsyncLocalStorage<Promise<string>>()

/** Runs a command from its beginning to its end. */
export function duringCommand<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const seen = currentSnapshot(db)
  // Whoever writes hears of it.
  seen.catch(() => {})
  return begun.run(seen, work)
}

async function currentSnapshot(db: Db): Promise<string> {
  const { rows } = await sql<{ seen: string }>`select pg_current_snapshot()::text as seen`.execute(db)
  return rows[0]?.seen ?? ''
}

/** Their own, and that of the workspace to which they belong. */
export function scopesOf(user: UserKey | DigestOwner): readonly Scope[] {
  if (isDigestOwner(user)) return [user]
  const place = placeOfUser(user)
  return place === undefined ? [user] : [user, place]
}

/**
 * Writes in one transaction. Nothing, and undefined, where one of these was erased since the command in hand began; whoever
 * erases them meanwhile waits, and then deletes what was written.
 */
export function unlessErased<T>(
  db: Db,
  scopes: readonly Scope[],
  write: (within: Transaction<Database>) => Promise<T>,
): Promise<T | undefined> {
  return db
    .transaction()
    .execute(async (within) => ((await isErased(within, scopes)) ? undefined : write(within)))
}

export async function isErased(within: Transaction<Database>, scopes: readonly Scope[]): Promise<boolean> {
  // No digest comes again: of one that was erased, nothing is written however late its process began.
  const seen = scopes.some((scope) => scope.startsWith('digest:')) ? BEFORE_ALL : await begun.getStore()
  if (seen === undefined) return false
  const { rows } = await sql<{ erased: boolean }>`
    select warehouse.erased_since(${[...scopes]}::text[], ${seen}::pg_snapshot) as erased
  `.execute(within)
  return rows[0]?.erased ?? false
}

/** Goes before the deleting itself, so that all that was written by then is deleted. */
export async function erase(within: Kysely<Database>, scopes: readonly Scope[]): Promise<void> {
  if (scopes.length > 0) await sql`call warehouse.erase(${[...scopes]}::text[])`.execute(within)
}
