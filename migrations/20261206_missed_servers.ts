import { type Kysely, sql } from 'kysely'

/** Since when Discord's gateway no longer names a server, so that a restart doesn't begin the count anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.missed_server (
      place_key text primary key,
      since timestamptz not null default now()
    )
  `.execute(db)
}
