import { type Kysely, sql } from 'kysely'

/** Slack workspaces that have installed the app. The token is encrypted, with the key that `key_id` names. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.slack_installation (
      team text primary key,
      key_id text not null,
      token bytea not null,
      scopes text[] not null,
      installed_at timestamptz not null default now()
    )
  `.execute(db)
}
