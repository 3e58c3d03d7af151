import { type Kysely, sql, type Transaction } from 'kysely'
import type { SteamId, UserKey } from '../../core/ids.ts'
import type { Locale } from '../../core/locale.ts'
import type { Accounts, Pending } from '../../core/players/accounts.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { leaveTraining } from '../training/training-data.ts'
import { erase, scopesOf, unlessErased } from './erasures.ts'

/** What people told about themselves: their language, and which Steam account is theirs. */
export function createAccounts(db: Db, now = () => new Date()): Accounts {
  return {
    async locale(user) {
      const query = db.selectFrom('warehouse.person').select('locale').where('user_key', '=', user)
      return (await query.executeTakeFirst())?.locale ?? undefined
    },

    async setLocale(user, locale) {
      await unlessErased(db, scopesOf(user), (within) => writeLocale(within, user, locale))
    },

    async link(user) {
      const row = await db
        .selectFrom('warehouse.link')
        .select(['steam_id', 'proven_at'])
        .where('user_key', '=', user)
        .executeTakeFirst()
      return row && { steamId: row.steam_id as SteamId, proven: row.proven_at !== null }
    },

    async startLink(pending, until) {
      const { user } = pending
      const started = await unlessErased(db, [...scopesOf(user), `link ${user}`], (within) =>
        startLink(within, pending, { now: now(), until }),
      )
      // Its code has no link to prove.
      return started ?? 'started'
    },

    async pending(by) {
      const row = await db
        .selectFrom('warehouse.link')
        .select(['user_key', 'steam_id', 'code'])
        .where('code_expires_at', '>', now())
        .where('user' in by ? 'user_key' : 'code', '=', 'user' in by ? by.user : by.code)
        .executeTakeFirst()
      if (!row?.code) return undefined
      return { user: row.user_key as UserKey, steamId: row.steam_id as SteamId, code: row.code }
    },

    prove: (pending) => db.transaction().execute((within) => prove(within, pending, now())),

    unlink: (user) => db.transaction().execute((within) => unlink(within, user)),
  }
}

/** For those who save more with it. */
export async function writeLocale(db: Kysely<Database>, user: UserKey, locale: Locale): Promise<void> {
  await db
    .insertInto('warehouse.person')
    .values({ user_key: user, locale })
    .onConflict((conflict) => conflict.column('user_key').doUpdateSet({ locale }))
    .execute()
}

type Within = Transaction<Database>

async function startLink(
  within: Within,
  { user, steamId, code }: Pending,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<'started' | 'taken' | 'proven'> {
  const owner = await ownerOf(within, steamId)
  if (owner !== undefined) return owner === user ? 'proven' : 'taken'
  const fresh = { steam_id: steamId, code, code_expires_at: until, created_at: now }
  const started = await within
    .insertInto('warehouse.link')
    .values({ user_key: user, ...fresh })
    .onConflict((conflict) =>
      conflict.column('user_key').doUpdateSet(fresh).where('warehouse.link.proven_at', 'is', null),
    )
    .executeTakeFirst()
  return started.numInsertedOrUpdatedRows === 1n ? 'started' : 'proven'
}

async function prove(
  within: Within,
  { user, steamId, code }: Pending,
  now: Date,
): Promise<'proven' | 'taken' | 'expired'> {
  const owner = await ownerOf(within, steamId)
  if (owner !== undefined && owner !== user) return 'taken'
  const { numUpdatedRows } = await within
    .updateTable('warehouse.link')
    .set({ proven_at: now, code: null, code_expires_at: null })
    .where('user_key', '=', user)
    .where('steam_id', '=', steamId)
    .where('code', '=', code)
    .where('code_expires_at', '>', now)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return 'expired'
  await within
    .deleteFrom('warehouse.link')
    .where('steam_id', '=', steamId)
    .where('user_key', '!=', user)
    .execute()
  return 'proven'
}

/** With the link goes what was agreed to for that account, and what was learnt from by it. */
async function unlink(within: Within, user: UserKey): Promise<boolean> {
  await erase(within, [`link ${user}`])
  // First: a refresh that is under way holds it, as in `consents.ts`.
  await within
    .deleteFrom('warehouse.consent')
    .where('user_key', '=', user)
    .where('purpose', '=', 'training')
    .execute()
  const gone = await within
    .deleteFrom('warehouse.link')
    .where('user_key', '=', user)
    .returning(['steam_id', 'proven_at'])
    .executeTakeFirst()
  if (gone?.proven_at) {
    await erase(within, [`library ${gone.steam_id as SteamId}`])
    await leaveTraining(within, [gone.steam_id])
  }
  return gone !== undefined
}

/** Whoever has proven the account. All who link or prove it wait for each other, so that one of them is first. */
async function ownerOf(within: Within, steamId: SteamId): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`link ${steamId}`}, 0))`.execute(within)
  const proven = await within
    .selectFrom('warehouse.link')
    .select('user_key')
    .where('steam_id', '=', steamId)
    .where('proven_at', 'is not', null)
    .executeTakeFirst()
  return proven?.user_key
}
