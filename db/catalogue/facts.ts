import type { Selectable } from 'kysely'
import type { Game, Price, Release, Reviews } from '../../core/catalogue/game.ts'
import { type GameId, gameId } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import type { GameTable } from '../postgres/schema.ts'

type Row = Omit<Selectable<GameTable>, 'label_keys'>

const COLUMNS = [
  'appid',
  'name',
  'description',
  'developers',
  'publishers',
  'genres',
  'categories',
  'tags',
  'languages',
  'platforms',
  'price_cents',
  'initial_cents',
  'discount',
  'currency',
  'positive',
  'negative',
  'review_percent',
  'release_date',
  'release_precision',
  'website',
  'image_url',
  'mature',
] as const satisfies (keyof Row)[]

type FactRow = Pick<Row, (typeof COLUMNS)[number]>

/** Facts for those of the games that the catalogue knows. */
export async function readFacts(db: Db, games: readonly GameId[]): Promise<ReadonlyMap<GameId, Game>> {
  if (games.length === 0) return new Map()
  const rows = await db
    .selectFrom('warehouse.game')
    .select(COLUMNS)
    .where('appid', '=', (eb) => eb.fn.any(eb.val([...games])))
    .orderBy('appid')
    .execute()
  return new Map(rows.map((row) => [gameId(row.appid), toGame(row)]))
}

function toGame(row: FactRow): Game {
  return {
    id: gameId(row.appid),
    name: row.name,
    description: row.description ?? undefined,
    developers: row.developers,
    publishers: row.publishers,
    genres: row.genres,
    categories: row.categories,
    tags: mostVotedFirst(row.tags),
    languages: row.languages,
    platforms: row.platforms,
    price: toPrice(row),
    reviews: toReviews(row),
    release: toRelease(row),
    website: row.website ?? undefined,
    imageUrl: row.image_url ?? undefined,
    mature: row.mature ?? false,
  }
}

function mostVotedFirst(tags: Readonly<Record<string, number>>): string[] {
  return Object.entries(tags)
    .sort(([a, votes], [b, others]) => others - votes || (a < b ? -1 : 1))
    .map(([name]) => name)
}

function toPrice({ price_cents, initial_cents, discount, currency }: FactRow): Price | undefined {
  if (price_cents === null || currency === null) return undefined
  return { cents: price_cents, initialCents: initial_cents ?? price_cents, discount: discount ?? 0, currency }
}

/** Counted reviews say more than a stated share. */
function toReviews({ positive, negative, review_percent }: FactRow): Reviews | undefined {
  if (positive !== null && negative !== null) {
    const count = positive + negative
    return { share: count === 0 ? 0 : positive / count, count }
  }
  return review_percent === null ? undefined : { share: review_percent / 100, count: undefined }
}

function toRelease({ release_date, release_precision }: FactRow): Release | undefined {
  if (release_date === null || release_precision === null) return undefined
  return { at: release_date, precision: release_precision }
}
