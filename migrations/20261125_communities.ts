import { type Kysely, sql } from 'kysely'

/** What people tell about themselves, and answers of more than one kind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await widenAnswers(db)
  await createPeople(db)
  await createOpinions(db)
  await createAverageTaste(db)
  await indexNames(db)
  await indexOrders(db)
}

/** What an answer was about moves into one column, since each kind of answer tells something else. */
async function widenAnswers(db: Kysely<unknown>): Promise<void> {
  await sql`alter table lake.recommendation add about jsonb`.execute(db)
  await sql`
    update lake.recommendation set
      about = jsonb_strip_nulls(jsonb_build_object(
        'kind', 'recommend',
        'gamesRead', games_read,
        'playtimeHidden', playtime_hidden,
        'source', source,
        'staleSince', to_char(stale_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      )),
      picks = coalesce(
        (
          select jsonb_agg(pick || '{"owned": false}' order by place)
          from jsonb_array_elements(picks) with ordinality as stored(pick, place)
        ),
        '[]'
      )
  `.execute(db)
  await sql`
    alter table lake.recommendation
      alter about set not null,
      add pages_shown smallint not null default 1,
      drop games_read,
      drop playtime_hidden,
      drop source,
      drop stale_since
  `.execute(db)
}

async function createPeople(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table warehouse.person (
      user_key text primary key,
      locale text,
      created_at timestamptz not null default now()
    )
  `.execute(db)

  // A link gives no rights until it is proven; the code is what proves it, once and for a short time.
  await sql`
    create table warehouse.link (
      user_key text primary key,
      steam_id text not null,
      proven_at timestamptz,
      code text,
      code_expires_at timestamptz,
      created_at timestamptz not null default now(),
      check ((code is null) = (code_expires_at is null)),
      check (proven_at is null or code is null)
    )
  `.execute(db)
  await sql`create index link_steam_id on warehouse.link (steam_id)`.execute(db)
  // Any number of people may say that an account is theirs; one may have proven it.
  await sql`
    create unique index link_proven on warehouse.link (steam_id) where proven_at is not null
  `.execute(db)
  await sql`create unique index link_code on warehouse.link (code) where code is not null`.execute(db)
}

async function createOpinions(db: Kysely<unknown>): Promise<void> {
  // What somebody thinks of a game now.
  await sql`
    create table warehouse.opinion (
      user_key text not null,
      appid integer not null check (appid > 0),
      opinion text not null check (opinion in ('like', 'played', 'skip')),
      at timestamptz not null default now(),
      primary key (user_key, appid)
    )
  `.execute(db)

  // All that was ever pressed, as it came.
  await sql`
    create table lake.feedback (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      user_key text not null,
      appid integer not null check (appid > 0),
      opinion text not null,
      answer text,
      taken_back boolean not null
    )
  `.execute(db)
  await sql`create index feedback_user on lake.feedback (user_key)`.execute(db)
  await sql`create index feedback_age on lake.feedback (at)`.execute(db)
}

async function createAverageTaste(db: Kysely<unknown>): Promise<void> {
  // Made from the imported libraries after each import: shares of minutes and of games, the mean over the players.
  await sql`
    create table warehouse.average_taste (
      kind text not null check (kind in ('tag', 'genre')),
      name text not null,
      played double precision not null,
      owned double precision not null,
      primary key (kind, name)
    )
  `.execute(db)
}

/** What is typed is completed from its first letter on; the index of letter triples needs three. */
async function indexNames(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index game_name_prefix on warehouse.game (lower(name) text_pattern_ops)
  `.execute(db)
}

/** One for each order, so that the best of a broad genre are read from its top; and what few games say or leave unsaid. */
async function indexOrders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index game_new on warehouse.game (release_date desc nulls last, appid)
    where indie and type = 'game'
  `.execute(db)
  await sql`
    create index game_popular on warehouse.game ((positive::bigint + negative) desc nulls last, appid)
    where type = 'game'
  `.execute(db)
  await sql`
    create index game_little_known on warehouse.game (review_score desc nulls last, appid)
    where indie and type = 'game' and positive::bigint + negative between 10 and 1000
  `.execute(db)
  await sql`
    create index game_platform_known on warehouse.game (review_score desc nulls last, appid)
    where indie and type = 'game' and platforms <> '{}'
  `.execute(db)
  await sql`
    create index game_language_unknown on warehouse.game (appid)
    where indie and type = 'game' and languages = '{}'
  `.execute(db)
}
