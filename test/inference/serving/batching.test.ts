import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { versionFolder } from '../../../inference/model/model-files.ts'
import { type Answer, pickCount, type Question } from '../../../inference/model/question.ts'
import { BATCH_LIMITS, createBatcher, Overloaded } from '../../../inference/serving/batching.ts'
import { type LoadedModel, loadModel } from '../../../inference/serving/loaded-model.ts'
import { mergeQuestions, splitAnswer } from '../../../inference/serving/merge.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { appids, publishModel, smallModel } from '../../support/inference/model.ts'
import { keepLog } from '../../support/inference/worker.ts'

const GAMES = 40
/** Not all of them may be picked. */
const TARGETS = appids(GAMES).filter((_, row) => row % 3 !== 0)

async function load(): Promise<LoadedModel> {
  const modelDir = await temporaryFolder()
  const version = await publishModel(modelDir, smallModel(appids(GAMES), 1, TARGETS))
  const chosen = { provider: 'cpu', why: '' } as const
  const loading = { choice: 'cpu', chosen, log: keepLog().log } as const
  const model = await loadModel(versionFolder(modelDir, version), version, loading)
  onTestFinished(() => model.release())
  return model
}

/** A library of the given size whose games, weights, mask and count depend on its number. */
function library(number: number, owned: number): Question {
  return {
    batch: 1,
    owned,
    rows: Int32Array.from({ length: owned }, (_, i) => (number * 7 + i * 3) % GAMES),
    weights: Float32Array.from({ length: owned }, (_, i) => 1 + ((number + i) % 3) / 2),
    played: Uint8Array.from({ length: owned }, (_, i) => (number + i) % 2),
    allowed: Uint8Array.from(TARGETS, (_, column) => +((column + number) % 4 !== 0)),
    count: 1 + (number % 9),
    also: Int32Array.from({ length: 1 + (number % 4) }, (_, i) => (number + 5 * i) % TARGETS.length),
    explained: number % 2 === 0,
  }
}

function batcher(limits: Partial<typeof BATCH_LIMITS> = {}) {
  const runs: number[] = []
  return { runs, ...createBatcher({ ...BATCH_LIMITS, ...limits }, (libraries) => runs.push(libraries)) }
}

/** As if rounding were nothing. */
function close({ games, scores, reasons, shares, speaking, contributions }: Answer) {
  const approx = (values: Float32Array) => Array.from(values, (value) => expect.closeTo(value, 5))
  const [explained] = [contributions && { contributions: approx(contributions) }]
  const told = { scores: approx(scores), shares: approx(shares), speaking: approx(speaking) }
  return { games, reasons, ...told, ...explained }
}

function plain({ games, scores, reasons, shares, speaking, contributions }: Answer) {
  const [explained] = [contributions && { contributions: Array.from(contributions) }]
  const told = { scores: Array.from(scores), shares: Array.from(shares), speaking: Array.from(speaking) }
  return { games, reasons, ...told, ...explained }
}

describe('requests that arrive together', () => {
  it('are run together, and answered as if each were alone', async () => {
    const model = await load()
    const questions = [3, 1, 12, 7, 30, 2].map((owned, number) => library(number, owned))
    const { ask, runs } = batcher()
    const together = await Promise.all(questions.map((question) => ask(model, question)))
    expect(runs).toEqual([6])
    for (const [i, question] of questions.entries()) {
      const answer = together[i] as Answer
      expect(plain(answer)).toEqual(close(await model.run(question)))
      const { owned, explained } = question
      expect(answer.contributions?.length).toBe(explained ? pickCount(question) * owned : undefined)
      expect(answer.reasons).toHaveLength(pickCount(question) * Math.min(3, owned))
    }
  })

  it('are answered alike in whatever company', async () => {
    const model = await load()
    const company = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 9 })), {
      minLength: 2,
      maxLength: 7,
    })
    await fc.assert(
      fc.asyncProperty(company, async (asked) => {
        const questions = asked.map(([number, owned]) => library(number, owned))
        const merged = mergeQuestions(questions)
        const answers = splitAnswer(questions, merged, await model.run(merged))
        for (const [i, question] of questions.entries()) {
          expect(plain(answers[i] as Answer)).toEqual(close(await model.run(question)))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('share a run only as far as its bounds allow', async () => {
    const model = await load()
    const ask = (limits: Partial<typeof BATCH_LIMITS>) => {
      const parts = batcher(limits)
      const answers = [5, 5, 5, 20, 5].map((owned, number) => parts.ask(model, library(number, owned)))
      return Promise.all(answers).then(() => parts.runs)
    }
    expect(await ask({ maxBatch: 2 })).toEqual([2, 2, 1])
    expect(await ask({ maxOwnedRows: 15 })).toEqual([3, 1, 1])
    expect(await ask({ maxOwnedRows: 1 })).toEqual([1, 1, 1, 1, 1])
  })

  it('share no run across versions', async () => {
    const [older, newer] = [await load(), await load()]
    const { ask, runs } = batcher()
    await Promise.all([older, older, newer, older].map((model, i) => ask(model, library(i, 3))))
    expect(runs).toEqual([2, 1, 1])
  })

  it('keep their model busy until they are answered', async () => {
    const model = await load()
    const { ask } = batcher()
    const answers = [1, 2].map((number) => ask(model, library(number, 3)))
    expect(model.busy).toBe(2)
    await Promise.all(answers)
    expect(model.busy).toBe(0)
  })
})

describe('a worker with too much to do', () => {
  it('turns away at once whoever finds the queue full, and answers those in it', async () => {
    const model = await load()
    const { ask } = batcher({ maxQueue: 3 })
    const answers = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => ask(model, library(number, 3))))
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ])
    expect(answers[4]).toHaveProperty('reason', new Overloaded('too many requests are waiting'))
    expect(model.busy).toBe(0)
  })

  it('does not run what has waited past its deadline', async () => {
    const model = await load()
    const { ask, runs } = batcher({ deadlineMs: -1 })
    await expect(ask(model, library(1, 3))).rejects.toThrow('the request waited past its deadline')
    expect(runs).toEqual([])
    expect(model.busy).toBe(0)
  })

  it('tells everybody in a run that failed, and goes on with the next', async () => {
    const model = await load()
    const broken: LoadedModel = { ...model, run: () => Promise.reject(new Error('out of memory')) }
    const { ask } = batcher()
    const failed = [1, 2].map((number) => ask(broken, library(number, 3)))
    const answered = ask(model, library(3, 3))
    for (const answer of failed) await expect(answer).rejects.toThrow('out of memory')
    expect((await answered).games).toHaveLength(pickCount(library(3, 3)))
  })
})
