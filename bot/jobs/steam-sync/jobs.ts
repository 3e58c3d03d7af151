import { createStore } from '../../../core/steam/store.ts'
import { type DetailPorts, type Fetched, fetchDetails } from '../../../core/steam/sync/fetch-details.ts'
import { type AppListRead, readAppList } from '../../../core/steam/sync/read-app-list.ts'
import { type Refreshed, refreshLibraries } from '../../../core/steam/sync/refresh-libraries.ts'
import { createWebApi } from '../../../core/steam/web-api.ts'
import { createAppList } from '../../../db/ingest/app-list.ts'
import { createAppQueue } from '../../../db/ingest/app-queue.ts'
import { createCallBudget } from '../../../db/ingest/call-budget.ts'
import { keepCatalogueInOrder } from '../../../db/ingest/catalogue-upkeep.ts'
import { createLibraryRefreshes } from '../../../db/ingest/library-refreshes.ts'
import { createSources } from '../../../db/ingest/syncs.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { createRateLimiter } from '../../../db/postgres/pace.ts'
import type { Context } from '../../context/parts.ts'

/** What is fetched from Steam without anybody waiting for it. Each may run in many processes at once, and after a crash. */
export type SourceJobs = {
  /** Undefined where there is no key, or no calls are to be made. */
  readonly appList: (() => Promise<AppListRead | undefined>) | undefined
  readonly libraries: (() => Promise<Refreshed>) | undefined
  /** Undefined where no calls to the store are to be made. */
  readonly details: ((limit?: number, onAnswer?: DetailPorts['onAnswer']) => Promise<Fetched>) | undefined
  /** What is to be fetched next, and what follows from what came. Once an hour, unless `now`. */
  readonly upkeep: (when?: 'now') => Promise<boolean>
}

/** A page of the list holds 50,000 apps. */
const BODY_BYTES = 20_000_000

const MINUTE_MS = 60_000

export function createSourceJobs({ config, log }: Context, db: Db, signal: AbortSignal): SourceJobs {
  const { apiKey, apiUrl, storeUrl, callsPerDay, storeCallsPerMinute } = config.steam
  const now = () => new Date()
  const common = { sources: createSources(db), pace: createRateLimiter(db), now, log, signal }
  const budget = createCallBudget(db, { perDay: callsPerDay, log })
  const api =
    apiKey === undefined || callsPerDay === 0
      ? undefined
      : createWebApi({ apiKey, apiUrl, bodyBytes: BODY_BYTES, now })
  const store = createStore({ storeUrl })
  const everyMs = MINUTE_MS / storeCallsPerMinute
  return {
    appList: api && (() => readAppList({ ...common, api, budget, appList: createAppList(db) })),
    libraries:
      api && (() => refreshLibraries({ ...common, api, budget, refreshes: createLibraryRefreshes(db) })),
    details:
      storeCallsPerMinute === 0
        ? undefined
        : (limit, onAnswer) =>
            fetchDetails(
              { ...common, store, everyMs, queue: createAppQueue(db), ...(onAnswer && { onAnswer }) },
              limit,
            ),
    upkeep: (when) => keepCatalogueInOrder(db, common.sources, now(), when),
  }
}
