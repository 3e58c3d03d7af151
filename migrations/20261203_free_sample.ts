import { type Kysely, sql } from 'kysely'

/** Prices the games of the shipped sample, which are free: earlier releases left it unknown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update warehouse.game set price_cents = 0, initial_cents = 0, discount = 0, currency = 'USD', updated_at = now()
    where source in ('sample', 'free-steam-games-list') and price_cents is null
  `.execute(db)
}
