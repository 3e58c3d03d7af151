import { type Kysely, sql } from 'kysely'

/** `lake`: what happened, as it came. `warehouse`: what the program works on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema if not exists lake`.execute(db)
  await sql`create schema if not exists warehouse`.execute(db)
  await sql`create extension if not exists pg_trgm`.execute(db)
  await createFunctions(db)
  await createGame(db)
  await createLabel(db)
  await createInteractions(db)
  await createLake(db)
}

async function createFunctions(db: Kysely<unknown>): Promise<void> {
  // Spelling does not part labels: "Co-op", "co op" and "Coop" are one.
  await sql`
    create function warehouse.label_key(label text) returns text
    language sql immutable strict parallel safe
    return translate(lower(label), e' -_\u00a0''\u2019.', '')
  `.execute(db)

  await sql`
    create function warehouse.label_keys(genres text[], categories text[], tags jsonb) returns text[]
    language sql immutable strict parallel safe
    return array(
      select distinct warehouse.label_key(label)
      from (
        select unnest(genres) union all
        select unnest(categories) union all
        select jsonb_object_keys(tags)
      ) as carried(label)
      where warehouse.label_key(label) <> ''
    )
  `.execute(db)

  // The share of positive reviews that 95 % of such samples would exceed: few reviews count for little.
  await sql`
    create function warehouse.wilson(share double precision, n double precision) returns real
    language sql immutable strict parallel safe
    return case when n > 0 then
      (share + 1.9208 / n - 1.96 * sqrt((share * (1 - share) + 0.9604 / n) / n)) / (1 + 3.8416 / n)
    end
  `.execute(db)
}

async function createGame(db: Kysely<unknown>): Promise<void> {
  // Null and empty mean unknown. A share without a count is weighed as if it came from 20 reviews.
  await sql`
    create table warehouse.game (
      appid integer primary key check (appid > 0),
      name text not null,
      description text,
      developers text[] not null default '{}',
      publishers text[] not null default '{}',
      genres text[] not null default '{}',
      categories text[] not null default '{}',
      tags jsonb not null default '{}' check (jsonb_typeof(tags) = 'object'),
      type text,
      indie boolean,
      mature boolean,
      positive integer check (positive >= 0),
      negative integer check (negative >= 0),
      review_percent smallint check (review_percent between 0 and 100),
      price_cents integer check (price_cents >= 0),
      initial_cents integer check (initial_cents >= 0),
      discount smallint check (discount between 0 and 100),
      currency char(3),
      concurrent_players integer,
      owners_min bigint,
      owners_max bigint,
      languages text[] not null default '{}',
      platforms text[] not null default '{}',
      release_date date,
      release_precision text check (release_precision in ('day', 'month', 'quarter', 'year')),
      required_age smallint,
      website text,
      image_url text,
      source text not null,
      stated_at timestamptz,
      updated_at timestamptz not null default now(),
      label_keys text[] not null generated always as (warehouse.label_keys(genres, categories, tags)) stored,
      review_score real generated always as (
        case
          when positive is not null and negative is not null then warehouse.wilson(
            positive / nullif(positive::double precision + negative, 0),
            positive::double precision + negative
          )
          else warehouse.wilson(review_percent / 100.0::double precision, 20)
        end
      ) stored,
      check (price_cents is null or currency is not null),
      check ((release_date is null) = (release_precision is null))
    )
  `.execute(db)

  // "Recommendable": the only games that may ever be offered.
  await sql`
    create index game_recommendable on warehouse.game (appid) include (mature, price_cents)
    where indie and type = 'game'
  `.execute(db)
  await sql`
    create index game_best on warehouse.game (review_score desc nulls last, appid)
    where indie and type = 'game'
  `.execute(db)
  await sql`
    create index game_price on warehouse.game (price_cents) where indie and type = 'game'
  `.execute(db)
  await sql`create index game_label_keys on warehouse.game using gin (label_keys)`.execute(db)
  await sql`create index game_name on warehouse.game using gin (lower(name) gin_trgm_ops)`.execute(db)

  await sql`
    create table warehouse.blocked_game (
      appid integer primary key,
      reason text,
      at timestamptz not null default now()
    )
  `.execute(db)
}

async function createLabel(db: Kysely<unknown>): Promise<void> {
  // Made from the recommendable games after each import: `games` is how many carry it, `kinds` where it comes from.
  await sql`
    create table warehouse.label (
      key text primary key,
      name text not null,
      kinds text[] not null,
      games integer not null
    )
  `.execute(db)
  await sql`create index label_trgm on warehouse.label using gin (key gin_trgm_ops)`.execute(db)
}

async function createInteractions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.player (
      id integer generated always as identity primary key,
      source text not null,
      key text not null,
      synthetic boolean not null,
      unique (source, key)
    )
  `.execute(db)
  // No reference to game: libraries hold what the store has long delisted.
  await sql`
    create table warehouse.interaction (
      player_id integer not null references warehouse.player on delete cascade,
      appid integer not null check (appid > 0),
      minutes integer not null check (minutes >= 0),
      primary key (player_id, appid)
    )
  `.execute(db)
}

async function createLake(db: Kysely<unknown>): Promise<void> {
  // One library per player, without whoever asked for it; kept for days.
  await sql`
    create table lake.library_snapshot (
      steam_id text primary key,
      fetched_at timestamptz not null,
      games jsonb not null
    )
  `.execute(db)
  await sql`create index library_snapshot_age on lake.library_snapshot (fetched_at)`.execute(db)

  await sql`
    create table lake.recommendation (
      id text primary key,
      user_key text not null,
      at timestamptz not null default now(),
      picks jsonb not null,
      games_read integer not null,
      playtime_hidden boolean not null,
      source text not null,
      stale_since timestamptz,
      shared_at timestamptz
    )
  `.execute(db)
  await sql`create index recommendation_age on lake.recommendation (at)`.execute(db)
  await sql`create index recommendation_user on lake.recommendation (user_key)`.execute(db)

  await sql`
    create table lake.command (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      user_key text not null,
      kind text not null,
      outcome text not null,
      milliseconds integer not null
    )
  `.execute(db)
  await sql`create index command_age on lake.command (at)`.execute(db)
  await sql`create index command_user on lake.command (user_key)`.execute(db)
}
