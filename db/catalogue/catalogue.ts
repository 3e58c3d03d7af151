import { type SelectQueryBuilder, sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Filter } from '../../core/catalogue/filter.ts'
import type { GameId } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database } from '../postgres/schema.ts'
import { readAlike } from './alike.ts'
import { allowedGames, indieGames, undecidedGames } from './allowed-games.ts'
import { readAverageTaste } from './average-taste.ts'
import { countGames, readBest } from './best-games.ts'
import { readFacts } from './facts.ts'
import { readGameNames } from './game-names.ts'
import { findLabel, suggestLabels } from './labels.ts'

/** An import or a blocked game shows within this time. */
const ALLOWED_LIFE_MS = 60_000

/** Each may hold 80,000 numbers. */
const FILTERS_REMEMBERED = 50

export function createCatalogue(db: Db): Catalogue {
  const allowed = new LRUCache<string, readonly GameId[], Filter>({
    max: FILTERS_REMEMBERED,
    ttl: ALLOWED_LIFE_MS,
    noDeleteOnFetchRejection: true,
    ignoreFetchAbort: true,
    /** Where nothing has changed the same array is handed on, so that callers may key caches on it. */
    async fetchMethod(_key, before, { context: filter }) {
      const after = await readIds(allowedGames(db, filter))
      return before !== undefined && sameGames(before, after) ? before : after
    },
  })
  return {
    allowed: (filter) => allowed.forceFetch(JSON.stringify(filter), { context: filter }),
    indie: () => readIds(indieGames(db)),
    best: (wanted) => readBest(db, wanted),
    count: (wanted) => countGames(db, wanted),
    undecided: (filter) => countUndecided(db, filter),
    cheapest: (filter) => readCheapest(db, filter),
    games: (typed, limit) => readGameNames(db, typed, limit),
    facts: (games) => readFacts(db, games),
    alike: (owned, filter, limit) => readAlike(db, { owned, filter, limit }),
    label: (text) => findLabel(db, text),
    labels: (typed, limit) => suggestLabels(db, typed, limit),
    averageTaste: () => readAverageTaste(db),
  }
}

async function countUndecided(db: Db, filter: Filter): Promise<number> {
  const games = undecidedGames(db, filter)
  if (!games) return 0
  const { count } = await games.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return count
}

async function readCheapest(db: Db, filter: Filter): Promise<number | undefined> {
  const { cents } = await allowedGames(db, filter)
    .select((eb) => eb.fn.min('price_cents').as('cents'))
    .executeTakeFirstOrThrow()
  return cents ?? undefined
}

/** As one array: 80,000 rows would each become an object first. */
async function readIds(
  games: SelectQueryBuilder<Database, 'warehouse.game', unknown>,
): Promise<readonly GameId[]> {
  const { ids } = await games
    .select(sql<GameId[] | null>`array_agg(appid order by appid)`.as('ids'))
    .executeTakeFirstOrThrow()
  return ids ?? []
}

function sameGames(before: readonly GameId[], after: readonly GameId[]): boolean {
  return before.length === after.length && before.every((game, at) => game === after[at])
}
