import { Counter, Gauge, type Registry } from 'prom-client'
import type { Refreshes } from '../../db/refreshes.ts'

/** Read from the database, so that every process shows the same, whichever of them refreshed. Absent while it is away. */
export function addRefreshMetrics(registry: Registry, { counts }: Pick<Refreshes, 'counts'>): void {
  const registers = [registry]
  const read = () => counts().catch(() => [])
  new Counter({
    name: 'refreshes_total',
    help: 'Refreshes and rollbacks of the model, by how they ended.',
    labelNames: ['outcome'],
    registers,
    async collect() {
      const rows = await read()
      this.reset()
      for (const { state, times } of rows) this.inc({ outcome: state }, times)
    },
  })
  new Gauge({
    name: 'refresh_last_success_timestamp_seconds',
    help: 'When a refresh last promoted a model, or found nothing new to learn.',
    registers,
    async collect() {
      const good = (await read()).filter(({ state }) => state === 'promoted' || state === 'unchanged')
      this.reset()
      if (good.length > 0) this.set(Math.max(...good.map(({ last }) => last.getTime())) / 1000)
    },
  })
}
