import type { ClientBase } from 'pg'
import type { Cell } from '../copy.ts'
import type { GameFacts } from './game-facts.ts'

/** What is written beside what the store's own pages say. */
export const STORE = 'steam-store'

/** How a known value gives way to a newer one; an unknown one never erases it. */
type Column = {
  readonly name: string
  readonly type: string
  /** SQL that is true where a row knows the value; columns of one group stand or fall together. */
  readonly isKnown: (row: 'staged' | 'game') => string
  readonly cell: (facts: GameFacts) => Cell
}

const scalar = (name: string, type: string, cell: Column['cell'], known = name): Column => ({
  name,
  type,
  isKnown: (row) => `${row}.${known} is not null`,
  cell,
})

const list = (name: string, cell: Column['cell']): Column => ({
  name,
  type: 'text[]',
  isKnown: (row) => `${row}.${name} <> '{}'`,
  cell,
})

const COLUMNS: readonly Column[] = [
  scalar('name', 'text', (game) => game.name),
  scalar('description', 'text', (game) => game.description),
  list('developers', (game) => game.developers),
  list('publishers', (game) => game.publishers),
  list('genres', (game) => game.genres),
  list('categories', (game) => game.categories),
  { name: 'tags', type: 'jsonb', isKnown: (row) => `${row}.tags <> '{}'`, cell: (game) => tagsJson(game) },
  scalar('type', 'text', (game) => game.type),
  scalar('indie', 'boolean', (game) => game.indie),
  scalar('mature', 'boolean', (game) => game.mature),
  scalar('positive', 'integer', (game) => game.positiveReviews),
  scalar('negative', 'integer', (game) => game.negativeReviews),
  scalar('review_percent', 'smallint', (game) => game.reviewPercent),
  scalar('price_cents', 'integer', (game) => game.price?.cents),
  scalar('initial_cents', 'integer', (game) => game.price?.initialCents, 'price_cents'),
  scalar('discount', 'smallint', (game) => game.price?.discount, 'price_cents'),
  scalar('currency', 'char(3)', (game) => game.price?.currency, 'price_cents'),
  scalar('concurrent_players', 'integer', (game) => game.concurrentPlayers),
  scalar('owners_min', 'bigint', (game) => game.owners?.least),
  scalar('owners_max', 'bigint', (game) => game.owners?.most),
  list('languages', (game) => game.languages),
  list('platforms', (game) => game.platforms),
  scalar('release_date', 'date', (game) => game.release?.at),
  scalar('release_precision', 'text', (game) => game.release?.precision),
  scalar('required_age', 'smallint', (game) => game.requiredAge),
  scalar('website', 'text', (game) => game.website),
  scalar('image_url', 'text', (game) => game.imageUrl),
]

/** What the store's pages do not tell: of the rest a file, which is older than a page, changes nothing. */
const NOT_THE_STORES = new Set([
  'tags',
  'positive',
  'negative',
  'review_percent',
  'concurrent_players',
  'owners_min',
  'owners_max',
])

function tagsJson(game: GameFacts): string {
  return JSON.stringify(Object.fromEntries(game.tags.map(({ name, votes }) => [name, votes])))
}

const NAMES = COLUMNS.map(({ name }) => name)

export const STAGING_COLUMNS = ['line', 'appid', 'stated_at', ...NAMES]

export const STAGING_TABLE = [
  'line bigint, appid integer, stated_at timestamptz',
  ...COLUMNS.map(({ name, type }) => `${name} ${type}`),
].join(', ')

export function stagedGame(line: number, game: GameFacts): Cell[] {
  return [line, game.appid, game.statedAt?.toISOString(), ...COLUMNS.map(({ cell }) => cell(game))]
}

export type Merged = {
  /** Distinct games in the file. */
  readonly games: number
  readonly added: number
  readonly changed: number
}

/** Writes what the staged rows add to the catalogue; of several rows for one game the last counts. */
export async function mergeGames(client: ClientBase, staging: string, source: string): Promise<Merged> {
  const { rows } = await client.query<Merged>(mergeSql(staging), [source])
  return rows[0] ?? { games: 0, added: 0, changed: 0 }
}

/** The same for one game alone. */
export async function mergeGame(client: ClientBase, game: GameFacts, source: string): Promise<Merged> {
  const cells = stagedGame(0, game)
  const types = ['bigint', 'integer', 'timestamptz', ...COLUMNS.map(({ type }) => type)]
  const row = STAGING_COLUMNS.map((name, at) => `$${at + 2}::${types[at]} as ${name}`)
  const { rows } = await client.query<Merged>(mergeSql(`(select ${row.join(', ')}) as one`), [
    source,
    ...cells,
  ])
  return rows[0] ?? { games: 0, added: 0, changed: 0 }
}

/** A file, or an older page of the store, does not gainsay what the store said. */
const KEEPS_STORE = `(game.store_at is not null and ($1 <> '${STORE}' or staged.stated_at < game.store_at))`

/** The value that holds from now on. */
function newerSql({ name, isKnown }: Column): string {
  // One sign that a game is for adults is enough, whoever gives it.
  if (name === 'mature') {
    return `case when ${KEEPS_STORE} and game.mature then true when staged.mature is not null then staged.mature
      else game.mature end`
  }
  const gives = NOT_THE_STORES.has(name)
    ? isKnown('staged')
    : `${isKnown('staged')} and not (${KEEPS_STORE} and ${isKnown('game')})`
  return `case when ${gives} then staged.${name} else game.${name} end`
}

/** Rows that would stay as they are are not touched, so that a second import writes nothing. */
function mergeSql(staging: string): string {
  const newer = COLUMNS.map((column) => `${newerSql(column)} as ${column.name}`)
  const inserted = NAMES.map((name) => (name === 'type' ? `coalesce(type, 'game')` : fallback(name)))
  return `
    with staged as (
      select distinct on (appid) * from ${staging} order by appid, line desc
    ), merged as (
      select staged.appid, staged.stated_at, game.appid is null as is_new,
        case when $1 = '${STORE}' then greatest(staged.stated_at, game.store_at) else game.store_at end as store_at,
        ${newer.join(', ')},
        row(${NAMES.map((name) => `game.${name}`).join(', ')}) as before
      from staged left join warehouse.game as game using (appid)
    ), written as (
      insert into warehouse.game (appid, source, stated_at, store_at, updated_at, ${NAMES.join(', ')})
      select appid, $1, stated_at, store_at, now(), ${inserted.join(', ')} from merged
      where is_new or row(${NAMES.join(', ')}) is distinct from before
      order by appid
      on conflict (appid) do update set
        source = excluded.source, stated_at = excluded.stated_at, store_at = excluded.store_at,
        updated_at = excluded.updated_at,
        ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}
      returning appid
    )
    select count(*)::integer as games,
      count(*) filter (where is_new)::integer as added,
      count(written.appid) filter (where not is_new)::integer as changed
    from merged left join written using (appid)`
}

/** A game that is new has no older value to fall back on. */
function fallback(name: string): string {
  const column = COLUMNS.find((each) => each.name === name)
  if (column?.type === 'text[]') return `coalesce(${name}, '{}')`
  return column?.type === 'jsonb' ? `coalesce(${name}, '{}'::jsonb)` : name
}
