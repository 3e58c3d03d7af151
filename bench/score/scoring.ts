import type { ModelSize } from '../../inference/model/serving-graph.ts'
import type { Provider } from '../../inference/runtime/session.ts'
import { load, quantile } from './load.ts'
import { makeRequests } from './requests.ts'
import { readCounted, start } from './running.ts'

/** Libraries of one size, asked for by so many clients at once. Times in milliseconds; processor time for each request. */
export type Cell = {
  readonly owned: number
  readonly clients: number
  readonly batching: boolean
  readonly p50: number
  readonly p99: number
  readonly perSecond: number
  /** Answered with 503, which takes no run. */
  readonly turnedAway: number
  /** Libraries in one run of the model. */
  readonly together: number
  /** One run's time, divided among its libraries. */
  readonly run: number
  readonly workerCpu: number
  readonly clientCpu: number
}

export type Plan = {
  readonly modelDir: string
  readonly provider: Provider
  readonly size: ModelSize
  readonly owned: readonly number[]
  readonly clients: readonly number[]
  /** Of each cell. */
  readonly seconds: number
}

export async function measureScoring(plan: Plan, batching: boolean): Promise<Cell[]> {
  const worker = await start(plan.modelDir, plan.provider, batching)
  const cells: Cell[] = []
  try {
    for (const owned of plan.owned) {
      const requests = makeRequests(worker.url, plan.size, owned)
      for (const clients of plan.clients) {
        const before = await readCounted(worker.url)
        const found = await load({ url: worker.url, requests, clients, seconds: plan.seconds })
        const after = await readCounted(worker.url)
        const asked = after.requests - before.requests
        const { milliseconds, seconds, clientSeconds, turnedAway } = found
        cells.push({
          ...{
            owned,
            clients,
            batching,
            p50: quantile(milliseconds, 0.5),
            p99: quantile(milliseconds, 0.99),
          },
          ...{ perSecond: milliseconds.length / seconds, turnedAway },
          together: asked / (after.runs - before.runs),
          run: ((after.run - before.run) / asked) * 1000,
          workerCpu: ((after.cpu - before.cpu) / asked) * 1000,
          clientCpu: (clientSeconds / milliseconds.length) * 1000,
        })
      }
    }
    return cells
  } finally {
    await worker.stop()
  }
}
