import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gameId } from '../../../../core/ids.ts'
import { versionFolder } from '../../../../inference/model/model-files.ts'
import { candidateOrder } from '../../../../inference/model/reranker/choose-candidates.ts'
import { FEATURES, featuresOf, type Knowledge } from '../../../../inference/model/reranker/features.ts'
import { FACTS } from '../../../../inference/model/reranker/game-facts.ts'
import { mixOf, TERMS, termsOf, utilitiesOf } from '../../../../inference/model/reranker/reranker.ts'
import { readSecondStage, type SecondStage } from '../../../../inference/model/reranker/second-stage-files.ts'
import { SPEAKING } from '../../../../inference/model/reranker/speaking.ts'
import { openLocalScorer } from '../../../../inference/serving/local-scorer.ts'
import { trainAndPublish, trainModel } from '../../../../inference/training/train.ts'
import { DEFAULT } from '../../../../inference/training/variants.ts'
import { createRandom, interactionsOf } from '../../../support/builders/interactions.ts'
import { INDIE_GAMES, readTasteLabels, tasteLibraries } from '../../../support/builders/taste-libraries.ts'
import { keepLog } from '../../../support/inference/worker.ts'

const task = {
  interactions: interactionsOf(tasteLibraries(300)),
  ...{ recipe: { ...DEFAULT, l2: 20, reranked: 60 }, minPlayers: 5, memory: 1e12 },
  targets: INDIE_GAMES,
  readLabels: async (games: Int32Array) =>
    (await readTasteLabels(games)).map((labels, at) => ({ ...labels, store: storeOf(games[at] ?? 0) })),
}

/** Of every third game hardly anything is known. */
function storeOf(game: number) {
  if (game % 3 === 0) return {}
  return { reviews: game * 7, positive: game * 5, price: 999, fullPrice: 1_999, released: 2000 + (game % 20) }
}

let trained: SecondStage
let modelDir: string
let folder: string

beforeAll(async () => {
  const { secondStage } = await trainModel(task)
  if (!secondStage) throw new Error('no second stage was learnt')
  trained = secondStage
  modelDir = await mkdtemp(path.join(tmpdir(), 'indiescout-'))
  folder = versionFolder(modelDir, (await trainAndPublish({ ...task, modelDir })).version)
})

afterAll(() => rm(modelDir, { recursive: true, force: true }))

/** What a first stage could have said of all targets. */
function candidatesOf(knowledge: Knowledge, seed: number) {
  const random = createRandom(seed)
  const columns = [...knowledge.rows.keys()]
  return {
    columns,
    scores: columns.map(() => random() / 5),
    speaking: columns.flatMap(() => SPEAKING.map(() => random() / 3)),
  }
}

const library = (knowledge: Knowledge, seed: number) => {
  const random = createRandom(seed)
  const rows = Int32Array.from(knowledge.common.owners, (_, row) => row).filter(() => random() < 0.1)
  return { rows, minutes: Array.from(rows, () => (random() < 0.3 ? 0 : 600 * random())) }
}

describe('the second stage', () => {
  it('tells the same features of a game in training as from the files that are served', async () => {
    const served = await readSecondStage(folder)
    if (!served) throw new Error('no second stage was written')
    expect(served.reranker).toEqual(trained.reranker)
    for (const seed of [1, 2, 3]) {
      const asked = [library(trained.knowledge, seed), candidatesOf(trained.knowledge, seed)] as const
      const inTraining = featuresOf(trained.knowledge, ...asked)
      expect(featuresOf(served.knowledge, ...asked)).toEqual(inTraining)
      expect(inTraining.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(inTraining.length / 2)
    }
  })

  it('orders what a player is served, and finds their taste', async () => {
    const scorer = await openLocalScorer(folder, 'cpu', keepLog().log)
    const owned = [1_000, 1_003, 1_007, 1_011].map((game) => ({
      game: gameId(game),
      minutes: 300,
      name: undefined,
    }))
    const offered = [...INDIE_GAMES].map(gameId)
    const ranked = await scorer.rank(owned, offered, 500)
    await scorer.release()
    expect(ranked).toHaveLength(96)
    expect(ranked.slice(0, 10).every(({ game }) => game < 1_025)).toBe(true)
    expect(ranked.map(({ score }) => score)).toEqual(
      ranked.map(({ score }) => score).toSorted((a, b) => b - a),
    )
    expect(ranked.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1)
    const few = await openLocalScorer(folder, 'cpu', keepLog().log)
    expect((await few.rank(owned, offered, 7)).map(({ game }) => game)).toEqual(
      ranked.slice(0, 7).map(({ game }) => game),
    )
    await few.release()
  })

  it('is refused where a file is not the one that was trained', async () => {
    const file = path.join(folder, 'reranker.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"restraint": 0', '"restraint": 9'))
    await expect(readSecondStage(folder)).rejects.toThrow(
      'reranker.json does not match its SHA-256 in manifest.json',
    )
    await writeFile(file, text)
  })

  it.skipIf(process.platform === 'win32').each(['reranker.json', 'knowledge.json', 'common.bin'])(
    'waits for nobody where %s is a pipe',
    async (name) => {
      const file = path.join(folder, name)
      await rename(file, `${file}.aside`)
      execFileSync('mkfifo', [file])
      await expect(readSecondStage(folder)).rejects.toThrow('is no plain file')
      await rename(`${file}.aside`, file)
    },
  )

  it('is a table with a line for each feature', async () => {
    const lines = (await readFile(path.join(folder, 'reranker.json'), 'utf8')).split('\n')
    for (const name of FEATURES)
      expect(lines.filter((line) => line.includes(`"name":"${name}"`))).toHaveLength(1)
  })
})

describe('what nobody knows of a game', () => {
  it('is worth what lies between two usual values, whatever else is known', () => {
    const { features } = trained.reranker
    const table = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), {
      minLength: FEATURES.length,
      maxLength: FEATURES.length,
    })
    const weights = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: TERMS,
      maxLength: TERMS,
    })
    fc.assert(
      fc.property(table, weights, fc.nat(FEATURES.length - 1), (values, own, feature) => {
        const { mean, deviation } = features[feature] ?? { mean: 0, deviation: 1 }
        const worth = (value: number) => {
          const terms = new Float64Array(TERMS)
          termsOf(Float32Array.from(values.with(feature, value)), 0, features, terms)
          return terms.reduce((sum, term, at) => sum + term * (own[at] ?? 0), 0)
        }
        const [low, high] = [worth(mean - deviation), worth(mean + deviation)].sort((a, b) => a - b)
        const rounding = 1e-3 * (1 + Math.abs(mean / deviation))
        expect(worth(Number.NaN)).toBeGreaterThanOrEqual((low ?? 0) - rounding)
        expect(worth(Number.NaN)).toBeLessThanOrEqual((high ?? 0) + rounding)
      }),
    )
  })

  it('changes nothing for the others, nor throws the game to the top or the bottom', () => {
    fc.assert(
      fc.property(
        fc.subarray([...FACTS], { minLength: 1 }),
        fc.nat(20),
        fc.nat(95),
        (unknown, seed, column) => {
          const { knowledge, reranker } = trained
          const without = (fact: (typeof FACTS)[number]) =>
            knowledge.facts[fact].map((value, at) =>
              at === column && unknown.includes(fact) ? Number.NaN : value,
            )
          const facts = { ...knowledge.facts }
          for (const fact of FACTS) facts[fact] = without(fact)
          const asked = [library(knowledge, seed), candidatesOf(knowledge, seed)] as const
          const whole = utilitiesOf(reranker, knowledge, ...asked)
          const lacking = utilitiesOf(reranker, { ...knowledge, facts }, ...asked)
          for (const [at, utility] of lacking.entries()) if (at !== column) expect(utility).toBe(whole[at])
          const spread = Math.max(...whole) - Math.min(...whole)
          expect(Math.abs((lacking[column] ?? Number.NaN) - (whole[column] ?? 0))).toBeLessThan(spread)
        },
      ),
    )
  })
})

describe('the weights between two sizes', () => {
  it('are mixed by the logarithm, and those beyond the sizes are the outermost', () => {
    expect(mixOf([1, 10, 100], 1)).toEqual([1, 0, 0])
    expect(mixOf([1, 10, 100], 5_000)).toEqual([0, 0, 1])
    expect(mixOf([1, 10, 100], 10)).toEqual([0, 1, 0])
    expect(mixOf([1, 10, 100], Math.sqrt(1_000))).toEqual([0, expect.closeTo(0.5), expect.closeTo(0.5)])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (games) => {
        const mix = mixOf([1, 3, 10, 30, 150], games)
        expect(mix.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
        expect(mix.every((share) => share >= 0)).toBe(true)
      }),
    )
  })
})

it('gives ties to the lower column', () => {
  expect(candidateOrder([1, 2, 1, 2], [7, 9, 3, 4])).toEqual([3, 1, 2, 0])
})
