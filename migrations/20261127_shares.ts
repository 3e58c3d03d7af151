import { type Kysely, sql } from 'kysely'

/** Of an answer, one page and each of its games can be shared by themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // It says of nobody who they are, and goes with the answer, which does.
  await sql`
    create table lake.share (
      answer text not null references lake.recommendation on delete cascade,
      what text not null check (what ~ '^(page|[1-9][0-9]*)$'),
      at timestamptz not null default now(),
      primary key (answer, what)
    )
  `.execute(db)
  await sql`
    insert into lake.share (answer, what, at)
    select id, 'page', shared_at from lake.recommendation where shared_at is not null
  `.execute(db)
  await sql`alter table lake.recommendation drop shared_at`.execute(db)
}
