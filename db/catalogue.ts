import { type SelectQueryBuilder, sql } from 'kysely'
import type { Filter } from '../core/filter.ts'
import type { GameId } from '../core/ids.ts'
import type { Catalogue } from '../core/ports.ts'
import { readAlike } from './alike.ts'
import { allowedGames, indieGames } from './allowed-games.ts'
import { readAverageTaste } from './average-taste.ts'
import type { Db } from './connect.ts'
import { readFacts } from './facts.ts'
import { findLabel, suggestLabels } from './labels.ts'
import { createRecent } from './recent.ts'
import type { Database } from './schema.ts'

/** An import or a blocked game shows within this time. */
const ALLOWED_LIFE_MS = 60_000

/** Each may hold 80,000 numbers. */
const FILTERS_REMEMBERED = 50

export function createCatalogue(db: Db): Catalogue {
  const recent = createRecent<readonly GameId[]>({
    lifeMs: ALLOWED_LIFE_MS,
    limit: FILTERS_REMEMBERED,
    same: sameGames,
  })
  return {
    allowed: (filter) => recent(keyOf(filter), () => readIds(allowedGames(db, filter))),
    indie: () => readIds(indieGames(db)),
    facts: (games) => readFacts(db, games),
    alike: (owned, filter, limit) => readAlike(db, { owned, filter, limit }),
    label: (text) => findLabel(db, text),
    labels: (typed, limit) => suggestLabels(db, typed, limit),
    averageTaste: () => readAverageTaste(db),
  }
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

function keyOf(filter: Filter): string {
  return JSON.stringify(filter)
}

function sameGames(before: readonly GameId[], after: readonly GameId[]): boolean {
  return before.length === after.length && before.every((game, at) => game === after[at])
}
