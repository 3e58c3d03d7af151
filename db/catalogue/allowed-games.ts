import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Filter } from '../../core/catalogue/filter.ts'
import type { Platform } from '../../core/commands/filter-input.ts'
import type { Database } from '../postgres/schema.ts'
import { storableText } from '../postgres/storable-text.ts'

/** The only games that are ever offered. Word for word the condition of the partial indexes. */
const RECOMMENDABLE = sql<boolean>`indie and type = 'game'`

export function indieGames(db: Kysely<Database>) {
  return db.selectFrom('warehouse.game').where(RECOMMENDABLE)
}

/** Indie games that pass the filter and that no operator has blocked. An unknown fact passes no filter on it. */
export function allowedGames(db: Kysely<Database>, filter: Filter) {
  let games = offeredGames(db, filter)
  for (const { holds } of factFilters(filter)) games = games.where(holds)
  return games
}

/** Games that pass all but the filters on facts which are unknown for them; undefined where no filter is on such a fact. */
export function undecidedGames(db: Kysely<Database>, filter: Filter) {
  const facts = factFilters(filter)
  if (facts.length === 0) return undefined
  let games = offeredGames(db, filter).where((eb) => eb.or(facts.map(({ unknown }) => unknown)))
  for (const { holds, unknown } of facts) games = games.where((eb) => eb.or([holds, unknown]))
  return games
}

/** What a place, an operator and the labels decide: they are known of every game. */
function offeredGames(db: Kysely<Database>, { mature, without, genres, anyOf, exclude }: Filter) {
  let games = indieGames(db).where(
    sql<boolean>`not exists (select from warehouse.blocked_game as b where b.appid = game.appid)`,
  )
  // Else the server would look through the whole order for what cannot be.
  if (genres.some((label) => exclude.includes(label))) games = games.where(sql<boolean>`false`)
  if (!mature) games = games.where('mature', 'is not', true)
  if (without.length > 0) games = games.where(sql<boolean>`appid != all(${[...without]}::int[])`)
  if (genres.length > 0) games = games.where(sql<boolean>`label_keys @> ${keysOf(genres)}`)
  if (anyOf.length > 0) games = games.where(sql<boolean>`label_keys && ${keysOf(anyOf)}`)
  if (exclude.length > 0) games = games.where(sql<boolean>`not label_keys && ${keysOf(exclude)}`)
  return games
}

type FactFilter = { readonly holds: RawBuilder<boolean>; readonly unknown: RawBuilder<boolean> }

function factFilters(filter: Filter): FactFilter[] {
  const { maxPriceCents, language, platform, releasedSince, onSale, minReviews, minPositive } = filter
  return [
    ...(maxPriceCents === undefined ? [] : [costs(sql<boolean>`price_cents <= ${maxPriceCents}`)]),
    ...(onSale ? [costs(sql<boolean>`discount > 0`)] : []),
    ...(language === undefined ? [] : [speaks(language)]),
    ...(platform === undefined ? [] : [runsOn(platform)]),
    ...(releasedSince === undefined
      ? []
      : [
          {
            holds: sql<boolean>`release_date >= ${releasedSince}::date`,
            unknown: sql<boolean>`release_date is null`,
          },
        ]),
    ...(minReviews === undefined && minPositive === undefined
      ? []
      : [reviewed(minReviews ?? 0, minPositive ?? 0)]),
  ]
}

function costs(holds: RawBuilder<boolean>): FactFilter {
  return { holds, unknown: sql<boolean>`price_cents is null` }
}

/** "Spanish" means "Spanish - Latin America" too. */
function speaks(language: string): FactFilter {
  const wanted = storableText(language).trim().toLowerCase()
  return {
    holds: sql<boolean>`exists (
      select from unnest(languages) as language
      where lower(language) = ${wanted}::text or starts_with(lower(language), ${wanted}::text || ' - ')
    )`,
    unknown: sql<boolean>`languages = '{}'`,
  }
}

/** As sources write them. */
const SPELLINGS: Readonly<Record<Platform, readonly string[]>> = {
  windows: ['Windows', 'windows', 'win'],
  mac: ['macOS', 'Mac', 'mac', 'Mac OS X', 'osx'],
  linux: ['Linux', 'linux', 'SteamOS', 'SteamOS + Linux'],
}

function runsOn(platform: Platform): FactFilter {
  return {
    // The first half says nothing new; it is what lets the planner take the index of the few games whose platforms are known.
    holds: sql<boolean>`(platforms <> '{}' and platforms && ${[...SPELLINGS[platform]]}::text[])`,
    unknown: sql<boolean>`platforms = '{}'`,
  }
}

/** In whole numbers: a share of just so many percent is enough, and no fraction of it is lost. */
function reviewed(minReviews: number, minPositive: number): FactFilter {
  const total = sql<number>`(positive::bigint + negative)`
  return {
    holds: sql<boolean>`(${total} >= ${minReviews} and positive::bigint * 100 >= ${minPositive}::int * ${total})`,
    // Found by the index that sorts by this number.
    unknown: sql<boolean>`${total} is null`,
  }
}

/** Each by itself, so that the planner folds them to constants and knows how many games carry them. */
function keysOf(labels: readonly string[]): RawBuilder<string[]> {
  const keys = labels.map((label) => sql`warehouse.label_key(${storableText(label)})`)
  return sql`array[${sql.join(keys)}]::text[]`
}
