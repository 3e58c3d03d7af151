import { type Kysely, sql } from 'kysely'

/** What keeps a command in hand from writing of somebody who is forgotten meanwhile, and one event from counting twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createErasures(db)
  await createEvents(db)
}

/** Whom it was, only a hash tells, and only for a day. */
async function createErasures(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.erasure (
      scope text primary key,
      done_by xid8 not null default pg_current_xact_id(),
      at timestamptz not null default now()
    )
  `.execute(db)
  await sql`create index erasure_age on warehouse.erasure (at)`.execute(db)
  await sql`
    create function warehouse.hashed(key text) returns text
    language sql immutable strict parallel safe
    return encode(sha256(convert_to(key, 'UTF8')), 'hex')
  `.execute(db)

  await sql`
    create procedure warehouse.erase(scopes text[])
    language plpgsql as $$
    begin
      -- Whoever is writing of them has done so after this, and what was written is seen and deleted.
      perform pg_advisory_xact_lock(hashtextextended('erasure ' || scope, 0))
      from (select distinct unnest(scopes) as scope order by 1) as named;
      insert into warehouse.erasure (scope)
      select distinct warehouse.hashed(unnest(scopes)) order by 1
      on conflict (scope) do update set done_by = pg_current_xact_id(), at = now();
    end
    $$
  `.execute(db)

  // Volatile: its second statement sees what was committed while the first one waited.
  await sql`
    create function warehouse.erased_since(scopes text[], seen pg_snapshot) returns boolean
    language plpgsql volatile as $$
    begin
      perform pg_advisory_xact_lock_shared(hashtextextended('erasure ' || scope, 0))
      from (select distinct unnest(scopes) as scope order by 1) as named;
      return exists (
        select from warehouse.erasure
        where scope in (select warehouse.hashed(unnest(scopes))) and not pg_visible_in_snapshot(done_by, seen)
      );
    end
    $$
  `.execute(db)
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  // The platform's own name of a press.
  await sql`alter table lake.feedback add event text`.execute(db)
  await sql`create unique index feedback_event on lake.feedback (user_key, event)`.execute(db)

  await sql`
    create table warehouse.seen_event (
      event text primary key,
      at timestamptz not null default now()
    )
  `.execute(db)
  await sql`create index seen_event_age on warehouse.seen_event (at)`.execute(db)
  await sql`create index pace_age on warehouse.pace (next_at)`.execute(db)
}
