import type { Kysely } from 'kysely'
import type { Database } from '../postgres/schema.ts'

/**
 * Who agreed that their library is fetched again and trained on, with the account that they proved to be theirs. The one
 * reading of that consent: whatever reads `consent` and `link` for it begins here.
 */
export function trainingAccounts(db: Kysely<Database>) {
  return db
    .selectFrom('warehouse.consent as consent')
    .innerJoin('warehouse.link as link', 'link.user_key', 'consent.user_key')
    .where('consent.purpose', '=', 'training')
    .where('link.proven_at', 'is not', null)
}
