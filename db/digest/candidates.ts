import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { CandidateStore, Candidates } from '../../core/use-cases/digest/candidates.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { storableJson } from '../postgres/storable-text.ts'

type Key = Parameters<CandidateStore['of']>[0]

/**
 * Remembers the week's games, and has them computed once over all processes: whoever holds the lock of a key computes, the
 * others wait and read. It is released with the transaction, also by a process that dies.
 */
export function createCandidateStore(db: Db): CandidateStore {
  const oneByOne = createLine()
  const computing = new Map<string, Promise<Candidates>>()
  return {
    async of(key, compute) {
      const known = await read(db, key)
      if (known) return known
      const name = nameOf(key)
      const begun = computing.get(name)
      if (begun) return begun
      const computed = oneByOne(() => computeOnce(db, key, compute)).finally(() => computing.delete(name))
      computing.set(name, computed)
      return computed
    },
  }
}

function computeOnce(db: Db, key: Key, compute: () => Promise<Candidates>): Promise<Candidates> {
  return db.transaction().execute(async (within) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`candidates ${nameOf(key)}`}, 0))`.execute(
      within,
    )
    const known = await read(within, key)
    if (known) return known
    const candidates = await compute()
    await within
      .insertInto('warehouse.digest_candidates')
      .values({ ...columnsOf(key), candidates: storableJson(candidates) })
      .execute()
    return candidates
  })
}

/**
 * Computing needs connections while the lock holds one: were all of a pool locks, nobody could compute. So a process holds
 * one lock at a time.
 */
function createLine() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run)
    last = turn.catch(() => {})
    return turn
  }
}

async function read(db: Kysely<Database>, key: Key): Promise<Candidates | undefined> {
  const { week, locale, genres } = columnsOf(key)
  const row = await db
    .selectFrom('warehouse.digest_candidates')
    .select('candidates')
    .where('week', '=', week)
    .where('locale', '=', locale)
    .where(sql<boolean>`genres = ${genres}::text[]`)
    .executeTakeFirst()
  return row?.candidates
}

/** The same genres in another order are the same wish. */
function columnsOf({ week, locale, genres }: Key) {
  return { week, locale, genres: genres.toSorted() }
}

function nameOf(key: Key): string {
  return JSON.stringify(Object.values(columnsOf(key)))
}
