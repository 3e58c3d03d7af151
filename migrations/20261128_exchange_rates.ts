import { type Kysely, sql } from 'kysely'

/** What one euro comes to in other currencies, as of the newest day that an operator has loaded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.exchange_rate (
      currency char(3) primary key,
      per_euro double precision not null check (per_euro > 0),
      day date not null
    )
  `.execute(db)
}
