import { createStore } from '../../../core/steam/store.ts'
import type { DetailPorts } from '../../../core/steam/sync/fetch-details.ts'
import type { AppListPorts } from '../../../core/steam/sync/read-app-list.ts'
import type { LibraryPorts } from '../../../core/steam/sync/refresh-libraries.ts'
import { createWebApi } from '../../../core/steam/web-api.ts'
import { createAppList } from '../../../db/ingest/app-list.ts'
import { createAppQueue } from '../../../db/ingest/app-queue.ts'
import { createCallBudget } from '../../../db/ingest/call-budget.ts'
import { createLibraryRefreshes } from '../../../db/ingest/library-refreshes.ts'
import { createSources } from '../../../db/ingest/syncs.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { instantPace } from '../fakes/pace.ts'
import type { LogLine } from '../program.ts'

type Bench = {
  readonly db: Db
  readonly now: () => Date
  readonly steam?: { readonly url: string; readonly key: string }
  readonly store?: { readonly url: string }
  readonly callsPerDay?: number
}

/** What fetches from Steam, as one process has it: the real parts on a clock of the test's, against stand-ins. */
export function sourceBench({ db, now, steam, store, callsPerDay = 100_000 }: Bench) {
  const lines: LogLine[] = []
  const stopping = new AbortController()
  const common = {
    sources: createSources(db),
    pace: instantPace(),
    now,
    log: (level: LogLine['level'], message: string, fields: LogLine['fields'] = {}) =>
      void lines.push({ level, message, fields }),
    signal: stopping.signal,
  }
  const api = createWebApi({
    apiKey: steam?.key ?? '',
    apiUrl: steam?.url ?? 'http://127.0.0.1:9',
    ...{ bodyBytes: 20_000_000, now },
  })
  const budget = createCallBudget(db, { perDay: callsPerDay, log: common.log, now })
  return {
    lines,
    stopping,
    budget,
    sources: common.sources,
    details: {
      ...common,
      queue: createAppQueue(db),
      store: createStore({ storeUrl: store?.url ?? 'http://127.0.0.1:9', now }),
      everyMs: 1_600,
    } satisfies DetailPorts,
    appList: { ...common, api, budget, appList: createAppList(db) } satisfies AppListPorts,
    libraries: {
      ...common,
      ...{ api, budget, refreshes: createLibraryRefreshes(db) },
    } satisfies LibraryPorts,
  }
}
