import { fileURLToPath } from 'node:url'
import type { Provider } from '../../inference/runtime/session.ts'
import { startWorker, type Worker } from '../../inference/serving/spawn.ts'

/** A worker as `npm start` makes it, or one that runs each request for itself. */
export function start(modelDir: string, provider: Provider, batching: boolean): Promise<Worker> {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url))
  return startWorker({ modelDir, provider, log: () => {}, ...(!batching && { script }) })
}

/** What a worker has counted since its start. */
export type Counted = {
  readonly requests: number
  /** Seconds of the model's runs. */
  readonly run: number
  readonly runs: number
  readonly cpu: number
}

export async function readCounted(url: string): Promise<Counted> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0)
  return {
    requests: value('inference_batch_libraries_sum'),
    run: value('inference_run_seconds_sum'),
    runs: value('inference_run_seconds_count'),
    cpu: value('process_cpu_seconds_total'),
  }
}
