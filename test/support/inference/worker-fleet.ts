import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startWorker } from '../../../inference/serving/spawn.ts'
import { publishModel, type SmallModel, smallModel } from './model.ts'
import { keepLog } from './worker.ts'

/** Long enough that a worker which was killed stays dead. */
const NEVER_MS = 600_000

/** Real workers, each a process of its own, on one model folder. */
export async function startFleet(count: number, model: SmallModel = smallModel()) {
  const modelDir = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
  await publishModel(modelDir, model)
  const start = () => startWorker({ modelDir, provider: 'cpu', log: keepLog().log, restartMs: NEVER_MS })
  const workers = await Promise.all(Array.from({ length: count }, start))
  return {
    modelDir,
    urls: workers.map(({ url }) => url),
    kill: (index: number) => signal(workers[index]?.pid, 'SIGKILL'),
    /** It takes connections and answers nothing. */
    freeze: (index: number) => signal(workers[index]?.pid, 'SIGSTOP'),
    thaw: (index: number) => signal(workers[index]?.pid, 'SIGCONT'),
    async stop(): Promise<void> {
      for (const { pid } of workers) signal(pid, 'SIGCONT')
      await Promise.all(workers.map((worker) => worker.stop()))
      await rm(modelDir, { recursive: true, force: true })
    },
  }
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(pid, name)
  } catch {
    // It is gone already.
  }
}

/** How many inferences a worker has answered with 200. */
export async function answeredBy(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/inference_requests_total\{status="200"\} (\d+)/.exec(text)?.[1] ?? 0)
}
