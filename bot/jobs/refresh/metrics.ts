import { Counter, Gauge, type Registry } from 'prom-client'
import type { RefreshState } from '../../../core/training/refresh.ts'
import type { Refreshes } from '../../../db/training/refreshes.ts'

const OUTCOMES = [
  'promoted',
  'unchanged',
  'refused',
  'failed',
  'abandoned',
  'rolled-back',
] as const satisfies readonly RefreshState[]

/** Read from the database, so that every process shows the same, whichever of them refreshed. Absent while it is away. */
export function addRefreshMetrics(registry: Registry, { counts }: Pick<Refreshes, 'counts'>): void {
  const registers = [registry]
  const read = () => counts().catch(() => undefined)
  new Counter({
    name: 'refreshes_total',
    help: 'Refreshes and rollbacks of the model, by how they ended.',
    labelNames: ['outcome'],
    registers,
    async collect() {
      const rows = await read()
      this.reset()
      if (rows) for (const outcome of OUTCOMES) this.inc({ outcome }, timesOf(rows, outcome))
    },
  })
  new Gauge({
    name: 'refresh_last_success_timestamp_seconds',
    help: 'When a refresh last promoted a model, or found nothing new to learn.',
    registers,
    async collect() {
      const good = (await read())?.filter(({ state }) => state === 'promoted' || state === 'unchanged') ?? []
      // A gauge without labels would be reset to 0, which is 1970.
      this.remove()
      if (good.length > 0) this.set(Math.max(...good.map(({ last }) => last.getTime())) / 1000)
    },
  })
}

type Counts = Awaited<ReturnType<Refreshes['counts']>>

function timesOf(rows: Counts, outcome: RefreshState): number {
  return rows.find(({ state }) => state === outcome)?.times ?? 0
}
