import { type Kysely, sql } from 'kysely'

/** Weekly digests: who asked, what was posted, what players agreed to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.subscription (
      id text primary key,
      number smallint not null check (number between 1 and 10),
      place_key text not null,
      channel text not null,
      created_by text,
      weekday text not null check (
        weekday in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
      ),
      time text not null check (time ~ '^[0-9]{2}:[0-9]{2}$'),
      timezone text not null,
      genres text[] not null default '{}',
      count smallint not null check (count between 1 and 10),
      locale text not null,
      call jsonb,
      paused_why text,
      paused_at timestamptz,
      telling text check (telling in ('told', 'untold')),
      next_slot text not null,
      next_due_at timestamptz not null,
      created_at timestamptz not null default now(),
      unique (place_key, number),
      check ((paused_why is null) = (paused_at is null))
    )
  `.execute(db)
  await sql`
    create index subscription_due on warehouse.subscription (next_due_at) where paused_why is null
  `.execute(db)
  await sql`create index subscription_created_by on warehouse.subscription (created_by)`.execute(db)

  // No reference to the subscription: what a channel was shown outlives it.
  await sql`
    create table lake.delivery (
      id text primary key,
      subscription_id text not null,
      place_key text not null,
      channel text not null,
      slot text not null,
      due_at timestamptz not null,
      state text not null,
      failures smallint not null default 0,
      picks jsonb,
      begun_at timestamptz,
      leaves_by timestamptz,
      try_at timestamptz not null,
      lease text,
      leased_until timestamptz,
      message text,
      note text,
      ended_at timestamptz,
      unique (subscription_id, slot),
      check (state in ('due', 'posting', 'posted', 'empty', 'skipped', 'refused', 'dead', 'uncertain')),
      check (state <> 'posting' or (begun_at is not null and leaves_by is not null)),
      check ((lease is null) = (leased_until is null))
    )
  `.execute(db)
  await sql`
    create index delivery_open on lake.delivery (try_at) where state in ('due', 'posting')
  `.execute(db)
  await sql`create unique index delivery_lease on lake.delivery (lease) where lease is not null`.execute(db)
  await sql`create index delivery_channel on lake.delivery (channel, due_at)`.execute(db)

  await sql`
    create table warehouse.digest_candidates (
      week text not null,
      locale text not null,
      genres text[] not null,
      candidates jsonb not null,
      made_at timestamptz not null default now(),
      primary key (week, locale, genres)
    )
  `.execute(db)

  // When the next request may leave, by platform or workspace.
  await sql`
    create table warehouse.pace (
      key text primary key,
      next_at timestamptz not null
    )
  `.execute(db)

  // An empty place: everywhere.
  await sql`
    create table warehouse.consent (
      user_key text not null,
      purpose text not null check (purpose in ('community', 'training')),
      place_key text not null default '',
      at timestamptz not null default now(),
      primary key (user_key, purpose, place_key)
    )
  `.execute(db)
  await sql`create index consent_place on warehouse.consent (place_key) where place_key <> ''`.execute(db)
}
