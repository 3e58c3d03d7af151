import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ModelStore } from './model-store.ts'

export type WorkerMetrics = ReturnType<typeof createMetrics>

/** That this worker answers with: each starts at 0, so that the first is an increase. */
const STATUSES = [200, 400, 404, 413, 500, 503]

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export function createMetrics(store: ModelStore, waiting: () => number) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  gauges(registers, store, waiting)
  const requests = new Counter({
    name: 'inference_requests_total',
    help: 'Inference requests by HTTP status.',
    labelNames: ['status'],
    registers,
  })
  for (const status of STATUSES) requests.inc({ status }, 0)
  return {
    registry,
    requests,
    seconds: new Histogram({
      name: 'inference_request_seconds',
      help: 'From the parsed request to its answer.',
      buckets: SECONDS,
      registers,
    }),
    runSeconds: new Histogram({
      name: 'inference_run_seconds',
      help: 'One run of the model.',
      buckets: SECONDS,
      registers,
    }),
    batch: new Histogram({
      name: 'inference_batch_libraries',
      help: 'Libraries scored in one run of the model.',
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
  }
}

function gauges(registers: Registry[], store: ModelStore, waiting: () => number): void {
  new Gauge({
    name: 'inference_queue',
    help: 'Requests that wait.',
    registers,
    collect() {
      this.set(waiting())
    },
  })
  new Gauge({
    name: 'inference_model_version',
    help: 'The version that answers, by the provider it runs on; absent without one.',
    labelNames: ['provider'],
    registers,
    collect() {
      this.reset()
      const model = store.current()
      if (model) this.set({ provider: model.provider }, model.version)
    },
  })
}
