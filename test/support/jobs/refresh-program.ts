import { refresh } from '../../../bot/jobs/refresh/refresh.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { createFated, type Fate } from '../digest/fate.ts'
import { refreshParts } from './refreshing.ts'

/** A refresh in another process, with the fate that it meets. */
export type RefreshOrders = {
  readonly databaseUrl: string
  readonly modelDir: string
  /** Of `refreshes`, `warehouse`, `steps` (`begin`, as each step of training begins) and `operators` (`tell`). */
  readonly fate?: Fate
}

// Run as `node refresh-program.ts <orders>`. Says what became of it on its standard output.
const { databaseUrl, modelDir, fate } = JSON.parse(process.argv[2] ?? '') as RefreshOrders
const db = connect(databaseUrl, () => {})
const fated = createFated(fate, () => {})
const steps = fated('steps', { begin: async (_name: string) => {} })
const parts = refreshParts(db, modelDir, { watch: { onBegin: (name) => void steps.begin(name) } })
const operators = fated('operators', { tell: parts.tell })
const outcome = await refresh({
  ...parts,
  ...{ tell: (done) => operators.tell(done) },
  refreshes: fated('refreshes', parts.refreshes),
  warehouse: fated('warehouse', parts.warehouse),
})
process.stdout.write(typeof outcome === 'string' ? outcome : outcome.state)
await db.destroy()
