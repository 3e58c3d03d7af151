import { type RawBuilder, sql } from 'kysely'
import type { Filter } from '../../core/catalogue/filter.ts'
import type { Sort } from '../../core/commands/filter-input.ts'
import type { GameId } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import { allowedGames } from './allowed-games.ts'

export type BestGames = {
  readonly filter: Filter
  readonly sort: Sort | undefined
  readonly limit: number
  /** Never among them. */
  readonly without: readonly GameId[]
}

/** Wilson's lower bound of the review share: what at least so many players out of a hundred are sure to like. */
const WELL_REVIEWED = sql<boolean>`review_score >= 0.6`

/** Enough reviews to tell that it is good, too few for most to have heard of it. Word for word as its index has it. */
const LITTLE_KNOWN = sql<boolean>`positive::bigint + negative between 10 and 1000`

const REVIEWS = sql<number>`(positive::bigint + negative)`
const ACCLAIM = sql<number>`review_score`

type Order = { readonly by: RawBuilder<number | string>; readonly where: readonly RawBuilder<boolean>[] }

const ANY: Order = { by: ACCLAIM, where: [] }

const ORDERS: Readonly<Record<Sort, Order>> = {
  acclaimed: { by: ACCLAIM, where: [WELL_REVIEWED] },
  'hidden-gems': { by: ACCLAIM, where: [WELL_REVIEWED, LITTLE_KNOWN] },
  new: { by: sql<string>`release_date`, where: [WELL_REVIEWED, sql<boolean>`release_date is not null`] },
  popular: { by: REVIEWS, where: [WELL_REVIEWED] },
  'on-sale': { by: ACCLAIM, where: [WELL_REVIEWED, sql<boolean>`discount > 0`] },
}

/** The best of what is allowed, best first, ties by number. */
export async function readBest(db: Db, { limit, ...wanted }: BestGames): Promise<readonly GameId[]> {
  const rows = await wantedGames(db, wanted)
    .select('appid')
    .orderBy(orderOf(wanted).by, (order) => order.desc().nullsLast())
    .orderBy('appid')
    .limit(limit)
    .execute()
  return rows.map((row) => row.appid as GameId)
}

/** How many there are of them, up to `most`. */
export async function countGames(db: Db, { most, ...wanted }: Wanted & { readonly most: number }) {
  const { count } = await db
    .selectFrom(wantedGames(db, wanted).select('appid').limit(most).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

type Wanted = Omit<BestGames, 'limit'>

function orderOf({ sort }: Wanted): Order {
  return sort === undefined ? ANY : ORDERS[sort]
}

function wantedGames(db: Db, wanted: Wanted) {
  const { filter, without } = wanted
  let games = allowedGames(db, filter)
  for (const condition of orderOf(wanted).where) games = games.where(condition)
  if (without.length > 0) games = games.where('appid', '!=', (eb) => sql`all(${eb.val([...without])}::int[])`)
  return games
}
