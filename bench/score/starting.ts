import { rename } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { versionFolder } from '../../inference/model/model-files.ts'
import type { ModelSize } from '../../inference/model/serving-graph.ts'
import type { Provider } from '../../inference/runtime/session.ts'
import { load } from './load.ts'
import { makeRequests } from './requests.ts'
import { start } from './running.ts'

/** Seconds from the start of the process until the model answers; its file was just written, so that the disk is warm. */
export async function measureStart(modelDir: string, provider: Provider): Promise<number> {
  const from = performance.now()
  const worker = await start(modelDir, provider, true)
  try {
    const { status } = await fetch(`${worker.url}/v2/models/ease/ready`)
    if (status !== 200) throw new Error(`the worker is not ready: ${status}`)
    return (performance.now() - from) / 1000
  } finally {
    await worker.stop()
  }
}

/** The longest that a request took, in milliseconds, without a swap of versions and with one. */
export type Swap = { readonly without: number; readonly during: number }

type SwapTask = {
  readonly modelDir: string
  readonly provider: Provider
  /** Where the next version lies ready, as version 1. */
  readonly nextDir: string
  readonly size: ModelSize
  readonly seconds: number
}

/** Loading takes seconds on a busy machine, so that it is asked until the newer version answers. */
const STRETCHES = 10

export async function measureSwap({ modelDir, provider, nextDir, size, seconds }: SwapTask): Promise<Swap> {
  const worker = await start(modelDir, provider, true)
  const requests = makeRequests(worker.url, size, 100)
  const longest = async () =>
    (await load({ url: worker.url, requests, clients: 2, seconds })).milliseconds.at(-1) ?? Number.NaN
  try {
    const without = await longest()
    const first = longest()
    await pause(seconds * 200)
    await rename(versionFolder(nextDir, 1), versionFolder(modelDir, 2))
    let during = await first
    for (let tries = 0; !(await serves(worker.url, '2')); tries++) {
      if (tries === STRETCHES) throw new Error('the newer version was not served in time')
      during = Math.max(during, await longest())
    }
    return { without, during }
  } finally {
    await worker.stop()
  }
}

async function serves(url: string, version: string): Promise<boolean> {
  const { versions } = (await (await fetch(`${url}/v2/models/ease`)).json()) as { versions: string[] }
  return versions.includes(version)
}
