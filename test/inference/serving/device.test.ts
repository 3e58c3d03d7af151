import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { versionFolder } from '../../../inference/model/model-files.ts'
import type { Answer, Question } from '../../../inference/model/question.ts'
import { type LoadedModel, type Loading, loadModel } from '../../../inference/serving/loaded-model.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publishModel, smallModel } from '../../support/inference/model.ts'
import { canRunWebGpu, useSwiftshader } from '../../support/inference/swiftshader.ts'
import { keepLog, type Logged } from '../../support/inference/worker.ts'
import { eventually } from '../../support/waiting.ts'

const GAMES = 300

beforeEach(() => {
  useSwiftshader()
  return () => vi.unstubAllEnvs()
})

type Opened = { readonly model: LoadedModel; readonly lines: Logged[]; readonly pid: number }

/** A real model on the software adapter, whose patience nobody tries who does not say so. */
async function open(options: Partial<Loading> & { bufferLimit?: number } = {}): Promise<Opened> {
  const modelDir = await temporaryFolder()
  const version = await publishModel(modelDir, smallModel(appids(GAMES)))
  const { log, lines } = keepLog()
  const { bufferLimit, ...rest } = options
  const chosen = { provider: 'webgpu', why: 'a test', bufferLimit } as const
  const loading = { choice: 'auto', chosen, log, patienceMs: 240_000, ...rest } as const
  const model = await loadModel(versionFolder(modelDir, version), version, loading)
  onTestFinished(() => model.release())
  const opened = lines.find(({ message }) => message.startsWith('opened'))?.fields as
    | { pid: number }
    | undefined
  return { model, lines, pid: opened?.pid ?? 0 }
}

async function onProcessor(question: Question): Promise<Answer> {
  const { model } = await open({ chosen: { provider: 'cpu', why: '' } })
  return model.run(question)
}

function library(owned: number, { count = 8, batch = 1 } = {}): Question {
  const many = batch * owned
  return {
    ...{ batch, owned, count, explained: true },
    rows: Int32Array.from({ length: many }, (_, at) => (at * 37) % GAMES),
    weights: Float32Array.from({ length: many }, (_, at) => 1 + (at % 3) / 2),
    played: Uint8Array.from({ length: many }, (_, at) => at % 2),
    allowed: Uint8Array.from({ length: batch * GAMES }, (_, at) => +(at % 5 !== 0)),
    also: Int32Array.from({ length: batch * 2 }, (_, at) => (at * 11) % GAMES),
  }
}

function close({ games, scores, reasons, shares, contributions }: Answer) {
  const about = (values: Float32Array = new Float32Array()) =>
    Array.from(values, (value) => expect.closeTo(value, 4))
  return { games, reasons, scores: about(scores), shares: about(shares), contributions: about(contributions) }
}

function plain({ games, scores, reasons, shares, contributions = new Float32Array() }: Answer) {
  return {
    games,
    reasons,
    scores: [...scores],
    shares: [...shares],
    contributions: [...contributions],
  }
}

/** Beyond the 1 GiB that SwiftShader gives one buffer: batch × owned games × targets × 4 bytes. */
const TOO_LARGE = { owned: 250, batch: 3_700 }

describe.runIf(canRunWebGpu)('a model on WebGPU', () => {
  it('answers as the processor does, also where a question is too large for it, and where its driver dies', async () => {
    const { model, lines, pid } = await open()
    const told = () => lines.filter(({ level }) => level !== 'debug').map(({ message }) => message)
    const question = library(11, { batch: 2 })
    const expected = close(await onProcessor(question))
    expect(plain(await model.run(question))).toEqual(expected)
    expect(told()).toEqual([])

    const large = { ...library(TOO_LARGE.owned, { ...TOO_LARGE, count: 3 }), explained: false }
    expect((await model.run(large)).games).toEqual((await onProcessor(large)).games)
    await eventually(() => expect(told()).toEqual(['webgpu failed on a request; cpu answered it']))
    expect(lines.at(-1)?.fields).toEqual({ why: expect.stringContaining('Invalid Buffer') })
    expect([model.provider, model.why]).toEqual(['webgpu', 'a test'])

    const answers = [1, 2, 3].map(() => model.run(question))
    process.kill(pid, 'SIGKILL')
    for (const answer of await Promise.all(answers)) expect(plain(answer)).toEqual(expected)
    await eventually(() => expect(model.provider).toBe('cpu'))
    expect(model.why).toBe('webgpu was lost: its process ended with SIGKILL')
    expect(lines.at(-1)).toEqual({
      level: 'error',
      message: 'inference falls back to cpu until the next model version or start',
      fields: { why: model.why },
    })
    expect(plain(await model.run(question))).toEqual(expected)
  })

  it('answers from pieces of the weights, and leaves to the processor what its driver is late with', async () => {
    // Three pieces of 100 rows of 1,200 bytes.
    const { model, lines, pid } = await open({ bufferLimit: 2 * 150_000, patienceMs: 2_000 })
    const messages = () => lines.map(({ message }) => message)
    const question = library(250)
    const expected = close(await onProcessor(question))
    const settled = () => eventually(() => expect(messages()).toContain('webgpu recovered'))
    process.kill(pid, 'SIGSTOP')
    expect(plain(await model.run(question))).toEqual(expected)
    expect(messages()).toContain('webgpu is slow; cpu answers until it recovers')
    expect(plain(await model.run(question))).toEqual(expected)
    process.kill(pid, 'SIGCONT')
    await settled()
    expect(plain(await model.run(question))).toEqual(expected)
    expect(model.provider).toBe('webgpu')
  })
})

describe('a GPU that cannot be had when a model is loaded', () => {
  beforeEach(() => {
    vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json')
    vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json')
  })

  it('leaves the model to the processor, and a line says so', async () => {
    const { model, lines } = await open()
    const question = library(5)
    expect(plain(await model.run(question))).toEqual(close(await onProcessor(question)))
    expect(model).toMatchObject({
      provider: 'cpu',
      why: expect.stringMatching(/^webgpu cannot run this model: ./),
    })
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'inference falls back to cpu for model version 1',
        fields: { why: model.why },
      },
    ])
  })

  it('refuses the model where the GPU was asked for by name', async () => {
    await expect(open({ choice: 'webgpu' })).rejects.toThrow(/^webgpu cannot run this model: ./)
  })
})
