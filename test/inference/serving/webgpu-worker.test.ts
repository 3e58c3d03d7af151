import { readFile } from 'node:fs/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startWorker } from '../../../inference/serving/spawn.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { post, question } from '../../support/inference/infer.ts'
import { publishModel, smallModel } from '../../support/inference/model.ts'
import { canRunWebGpu, useSwiftshader } from '../../support/inference/swiftshader.ts'
import { eventually } from '../../support/waiting.ts'

const model = smallModel()

/** A worker process that serves on the software adapter. */
async function start() {
  useSwiftshader()
  vi.stubEnv('LOG_LEVEL', 'error')
  onTestFinished(() => void vi.unstubAllEnvs())
  const modelDir = await temporaryFolder()
  await publishModel(modelDir, model)
  const worker = await startWorker({ modelDir, provider: 'webgpu', log: () => {} })
  onTestFinished(worker.stop)
  return worker
}

/** The process of the GPU is the worker's only child. */
async function deviceOf(pid: number | undefined): Promise<number> {
  return Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim())
}

async function ranked(url: string): Promise<unknown> {
  const response = await post(`${url}/v2/models/ease/infer`, { inputs: question(model.games.length) })
  expect(response.status).toBe(200)
  const { outputs } = (await response.json()) as { outputs: { name: string; data: unknown }[] }
  return outputs.find(({ name }) => name === 'games')?.data
}

async function told(url: string) {
  const json = async (at: string) => (await fetch(url + at)).json() as Promise<Record<string, unknown>>
  const { parameters } = (await json('/v2/models/ease')) as { parameters: Record<string, unknown> }
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return {
    ready: (await json('/v2/health/ready')).provider,
    metadata: parameters.provider,
    why: parameters.provider_reason,
    metrics: /inference_model_version\{provider="(\w+)"\} 1/.exec(metrics)?.[1],
  }
}

describe.runIf(canRunWebGpu)('a worker on WebGPU', () => {
  it('answers over HTTP, and loses no request when its driver dies under load', async () => {
    const { url, pid } = await start()
    const first = await ranked(url)
    expect(await told(url)).toEqual({
      ...{ ready: 'webgpu', metadata: 'webgpu', metrics: 'webgpu' },
      why: 'asked for by name',
    })
    const answers = Array.from({ length: 40 }, () => ranked(url))
    await Promise.race(answers)
    process.kill(await deviceOf(pid), 'SIGKILL')
    for (const answer of await Promise.all(answers)) expect(answer).toEqual(first)
    expect(await ranked(url)).toEqual(first)
    await eventually(async () => expect((await told(url)).ready).toBe('cpu'))
    expect(await told(url)).toEqual({
      ...{ ready: 'cpu', metadata: 'cpu', metrics: 'cpu' },
      why: 'webgpu was lost: its process ended with SIGKILL',
    })
  })
})
