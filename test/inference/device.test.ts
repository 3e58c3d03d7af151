import { writeFile } from 'node:fs/promises'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type LoadedModel, type Loading, loadModel } from '../../inference/loaded-model.ts'
import { versionFolder } from '../../inference/model-files.ts'
import type { Answer, Question } from '../../inference/question.ts'
import { temporaryFolder } from '../support/folder.ts'
import { appids, publishModel, smallModel } from '../support/model.ts'
import { canRunWebGpu, useSwiftshader } from '../support/swiftshader.ts'
import { keepLog, type Logged } from '../support/worker.ts'

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
  const loading = { choice: 'auto', chosen, log, patienceMs: 60_000, ...rest } as const
  const model = await loadModel(versionFolder(modelDir, version), version, loading)
  onTestFinished(() => model.release())
  const opened = lines.find(({ message }) => message.startsWith('opened'))?.fields as { pid: number } | undefined
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
    allowed: Uint8Array.from({ length: batch * GAMES }, (_, at) => +(at % 5 !== 0)),
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

describe.runIf(canRunWebGpu)('a model on WebGPU', () => {
  it('answers as on the processor, in one piece', async () => {
    const { model, lines } = await open()
    const question = library(11, { batch: 2 })
    expect(plain(await model.run(question))).toEqual(close(await onProcessor(question)))
    expect(model.provider).toBe('webgpu')
    expect(lines.filter(({ level }) => level !== 'debug')).toEqual([])
  }, 120_000)

})
