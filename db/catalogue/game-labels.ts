import { sql } from 'kysely'
import type { GameLabels, StoreFacts } from '../../core/catalogue/game-labels.ts'
import { type Db, WITHOUT_TIME_LIMIT } from '../postgres/connect.ts'

/** What the catalogue says of each of the games, in their order. */
export async function readGameLabels(db: Db, games: Int32Array): Promise<GameLabels[]> {
  const rows = await db.transaction().execute(async (trx) => {
    await sql.raw(WITHOUT_TIME_LIMIT).execute(trx)
    return trx
      .selectFrom('warehouse.game')
      .select([
        'appid',
        'name',
        'description',
        'developers',
        'publishers',
        'genres',
        'categories',
        'release_date',
        'positive',
        'negative',
        'price_cents',
        'initial_cents',
      ])
      .select(sql<boolean>`coalesce(indie and type = 'game', false)`.as('indie'))
      .select(sql<string[]>`array(select jsonb_object_keys(tags))`.as('tags'))
      .where('appid', '=', (eb) => sql`any(${eb.val([...games])}::int[])`)
      .execute()
  })
  const labels = new Map(
    rows.map(({ appid, ...row }): [number, GameLabels] => [
      appid,
      {
        indie: row.indie,
        tag: lowered(row.tags),
        genre: lowered(row.genres),
        category: lowered(row.categories),
        developer: lowered(row.developers),
        publisher: lowered(row.publishers),
        release: halvesOf(row.release_date),
        'title word': wordsOf(row.name),
        'description word': wordsOf(row.description ?? ''),
        store: storeFacts(row),
      },
    ]),
  )
  return Array.from(games, (game) => labels.get(game) ?? {})
}

type StoreRow = {
  readonly positive: number | null
  readonly negative: number | null
  readonly price_cents: number | null
  readonly initial_cents: number | null
  readonly release_date: string | null
}

function storeFacts({ positive, negative, price_cents, initial_cents, release_date }: StoreRow): StoreFacts {
  const price = price_cents ?? undefined
  const [year, month = 1] = release_date?.split('-').map(Number) ?? []
  return {
    ...(positive !== null && negative !== null && { positive, reviews: positive + negative }),
    ...{ price, fullPrice: initial_cents ?? price },
    released: year === undefined ? undefined : year + month / 12,
  }
}

/** The half of the year and the next one, so that games of neighbouring halves have one in common. */
function halvesOf(date: string | null): string[] {
  if (date === null) return []
  const half = 2 * Number(date.slice(0, 4)) + (date.slice(5, 7) > '06' ? 1 : 0)
  return [half, half + 1].map((each) => `${Math.floor(each / 2)} ${each % 2 === 0 ? 'early' : 'late'}`)
}

function lowered(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase())
}

/** Of three letters or more: shorter ones are mostly articles and numbers of a series. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/\p{L}{3,}/gu) ?? [])]
}
