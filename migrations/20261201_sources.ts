import { type Kysely, sql } from 'kysely'

/** What is fetched from Steam without anybody waiting for it: the catalogue, and libraries whose owners agreed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // When the store last described it: files that say otherwise are older.
  await sql`alter table warehouse.game add column store_at timestamptz`.execute(db)

  // One row for each app of the store: what we asked it, and whether to ask again. No priority: nothing to ask.
  await sql`
    create table warehouse.store_app (
      appid integer primary key check (appid > 0),
      listed_at timestamptz,
      fetched_at timestamptz,
      found boolean,
      priority smallint check (priority between 0 and 3),
      weight bigint not null default 0,
      failures smallint not null default 0,
      try_at timestamptz,
      lease text,
      leased_until timestamptz,
      check ((fetched_at is null) = (found is null)),
      check ((lease is null) = (leased_until is null))
    )
  `.execute(db)
  await sql`
    create index store_app_waiting on warehouse.store_app (priority, weight desc, appid desc)
    where priority is not null
  `.execute(db)

  // How far the list of all apps has been read, one row: from began_at until it is null again a reading is under way.
  await sql`
    create table warehouse.app_list (
      id smallint primary key default 1 check (id = 1),
      modified_since timestamptz,
      began_at timestamptz,
      after_appid integer not null default 0
    )
  `.execute(db)

  // When each kind of fetching may begin again, and how it went.
  await sql`
    create table warehouse.source (
      name text primary key,
      next_at timestamptz not null default 'epoch',
      failures integer not null default 0,
      succeeded_at timestamptz,
      failed_at timestamptz,
      failure text
    )
  `.execute(db)

  await sql`
    create table warehouse.steam_calls (
      day date primary key,
      players integer not null default 0,
      background integer not null default 0
    )
  `.execute(db)

  // Goes with its link. Whether its owner agreed is told by warehouse.consent alone.
  await sql`
    create table warehouse.library_refresh (
      user_key text primary key references warehouse.link on delete cascade,
      due_at timestamptz not null,
      fetched_at timestamptz,
      outcome text,
      failures smallint not null default 0,
      lease text,
      leased_until timestamptz,
      check ((lease is null) = (leased_until is null))
    )
  `.execute(db)
  await sql`create index library_refresh_due on warehouse.library_refresh (due_at)`.execute(db)
}
