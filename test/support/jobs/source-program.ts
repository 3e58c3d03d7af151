import { fetchDetails } from '../../../core/steam/sync/fetch-details.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { createRateLimiter } from '../../../db/postgres/pace.ts'
import { sourceBench } from './source-bench.ts'

export type SourceOrders = {
  readonly databaseUrl: string
  readonly store: { readonly url: string }
  readonly everyMs: number
}

// Run as `node source-program.ts <orders>`: another process that reads the store, by the real clock and the real pace, to the end.
const { databaseUrl, everyMs, store } = JSON.parse(process.argv[2] ?? '') as SourceOrders
const db = connect(databaseUrl, () => {})
const { details } = sourceBench({ db, now: () => new Date(), store })
await fetchDetails({ ...details, pace: createRateLimiter(db), everyMs })
await db.destroy()
