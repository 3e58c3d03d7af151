import { type Kysely, sql } from 'kysely'

/** How the model goes on learning: who is kept out to judge it, what players said, and how each refresh went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Of the key, so that one account is on the same side in whatever file it came, on every machine, for good. 2³² / 20.
  await sql`
    alter table warehouse.player add held_out boolean not null generated always as (
      ('x' || substr(md5(key), 1, 8))::bit(32)::bigint < 214748365
    ) stored
  `.execute(db)

  // What is known of an account is looked for, and deleted, whatever its source.
  await sql`create index player_key on warehouse.player (key)`.execute(db)

  // Known by a press on a card alone: the library that Steam tells does not list it.
  await sql`alter table warehouse.interaction add said boolean not null default false`.execute(db)

  await sql`
    create table lake.refresh (
      id text primary key,
      kind text not null check (kind in ('refresh', 'rollback')),
      started_at timestamptz not null default now(),
      state text not null default 'running' check (
        state in ('running', 'promoted', 'unchanged', 'refused', 'failed', 'abandoned', 'rolled-back')
      ),
      phase text not null,
      served integer,
      version integer,
      reason text,
      findings jsonb not null default '{}',
      ended_at timestamptz,
      told_at timestamptz,
      check ((state = 'running') = (ended_at is null))
    )
  `.execute(db)
  await sql`create index refresh_started on lake.refresh (started_at)`.execute(db)
  await sql`create index refresh_untold on lake.refresh (started_at) where told_at is null`.execute(db)
}
