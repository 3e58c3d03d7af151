import { type Kysely, sql } from 'kysely'

/** What the managers of servers and workspaces have set for everybody there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.place (
      place_key text primary key,
      locale text,
      currency char(3),
      mature boolean not null default false,
      channels text[] not null default '{}',
      updated_at timestamptz not null default now()
    )
  `.execute(db)
  // No reference to game: what is blocked stays so while the catalogue is imported anew.
  await sql`
    create table warehouse.place_blocked_game (
      place_key text not null references warehouse.place on delete cascade,
      appid integer not null check (appid > 0),
      at timestamptz not null default now(),
      primary key (place_key, appid)
    )
  `.execute(db)
}
