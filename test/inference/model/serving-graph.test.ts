import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Tensor } from 'onnxruntime-node'
import { describe, expect, it, onTestFinished } from 'vitest'
import { versionFolder } from '../../../inference/model/model-files.ts'
import { publish } from '../../../inference/model/publish.ts'
import { MANY, SPEAKING, tellSpeaking } from '../../../inference/model/reranker/speaking.ts'
import { MASKED, type ModelSize, servingGraph } from '../../../inference/model/serving-graph.ts'
import { openSession } from '../../../inference/runtime/session.ts'
import { createRandom } from '../../support/builders/interactions.ts'
import { temporaryFolder } from '../../support/folder.ts'
import {
  INPUT_WEIGHTS,
  publishModel,
  referenceRanking,
  referenceReasons,
  type SmallModel,
  smallModel,
} from '../../support/inference/model.ts'

const model = smallModel()
const n = model.games.length

type Library = { rows: number[]; weights: number[]; played?: number[]; allowed?: number[]; also?: number[] }

async function openPublished(modelDir: string, version: number) {
  const session = await openSession(path.join(versionFolder(modelDir, version), 'model.onnx'), 'cpu')
  onTestFinished(() => session.release())
  return session
}

/** Libraries of one length as one batch. */
function feeds(libraries: readonly Library[], count: number, targets = n) {
  const dims = [libraries.length, libraries[0]?.rows.length ?? 0]
  const allowed = libraries.flatMap((library) => library.allowed ?? Array(targets).fill(1))
  const played = libraries.flatMap((library) => library.played ?? library.rows.map(() => 1))
  const also = libraries.flatMap((library) => library.also ?? [0])
  return {
    rows: new Tensor('int32', Int32Array.from(libraries.flatMap(({ rows }) => rows)), dims),
    weights: new Tensor('float32', Float32Array.from(libraries.flatMap(({ weights }) => weights)), dims),
    played: new Tensor('bool', Uint8Array.from(played), dims),
    allowed: new Tensor('bool', Uint8Array.from(allowed), [libraries.length, targets]),
    count: new Tensor('int64', BigInt64Array.of(BigInt(count)), [1]),
    also: new Tensor('int32', Int32Array.from(also), [libraries.length, also.length / libraries.length]),
  }
}

/** Of each library, what belongs to its picks, and not to what was asked for besides. */
function ofPicks(values: readonly number[], libraries: number, picks: number, count: number): number[] {
  const width = values.length / libraries / picks
  return values.filter((_, at) => Math.floor(at / width) % picks < count)
}

async function score(libraries: readonly Library[], count: number, from: SmallModel = model) {
  const modelDir = await temporaryFolder()
  const session = await openPublished(modelDir, await publishModel(modelDir, from))
  const found = await session.run(feeds(libraries, count, from.targets.length))
  const { games, contributions, reasons } = found
  const picks = games?.dims[1] ?? 0
  const values = (name: string) =>
    ofPicks(Array.from(found[name]?.data as ArrayLike<number>, Number), libraries.length, picks, count)
  return {
    games: values('games'),
    scores: values('scores'),
    contributions: values('contributions'),
    dims: contributions?.dims,
    reasons: values('reasons'),
    shares: values('shares'),
    told: reasons?.dims,
  }
}

const library = { rows: [3, 0, 17, 30], weights: [1, 1.5, 1, 1.5] }
const owned = new Map(library.rows.map((row, i) => [model.games[row] ?? 0, library.weights[i] ?? 0]))
const unowned = model.games.map((_, row) => +!library.rows.includes(row))

function close(values: readonly number[]) {
  return values.map((value) => expect.closeTo(value, 5))
}

describe('the serving graph of a model that holds some columns only', () => {
  const some = (seed: number) => {
    const random = createRandom(seed)
    return model.games.filter(() => random() < 0.4)
  }
  it.each([1, 2, 3])('answers as the whole of B does for those columns (%s)', async (seed) => {
    const part = { ...model, targets: some(seed) }
    const expected = referenceRanking(part, owned)
    const allowed = part.targets.map((game) => +!owned.has(game))
    const answer = await score([{ ...library, allowed }], expected.length, part)
    expect(answer.games.map((column) => part.targets[column])).toEqual(expected.map(({ game }) => game))
    expect(answer.scores).toEqual(close(expected.map((entry) => entry.score)))
    expect(answer.contributions).toEqual(close(expected.flatMap((entry) => entry.contributions)))
  })

  it('answers otherwise when B is transposed', async () => {
    const part = { ...model, targets: some(1) }
    const expected = referenceRanking(part, owned)
    const allowed = part.targets.map((game) => +!owned.has(game))
    const turned = { ...part, b: model.b.transpose() }
    const answer = await score([{ ...library, allowed }], expected.length, turned)
    expect(answer.scores).not.toEqual(close(expected.map((entry) => entry.score)))
  })

  it('is a file of games × targets, and no more', async () => {
    const modelDir = await temporaryFolder()
    const version = await publishModel(modelDir, { ...model, targets: some(1) })
    const { size } = await stat(path.join(versionFolder(modelDir, version), 'weights.bin'))
    expect(size).toBe(n * some(1).length * 4)
  })
})

describe('the serving graph', () => {
  it('ranks, scores and explains as the float64 reference does', async () => {
    const expected = referenceRanking(model, owned).slice(0, 12)
    const answer = await score([{ ...library, allowed: unowned }], 12)
    expect(answer.games.map((row) => model.games[row])).toEqual(expected.map(({ game }) => game))
    expect(answer.scores).toEqual(close(expected.map((entry) => entry.score)))
    expect(answer.dims).toEqual([1, 13, 4])
    expect(answer.contributions).toEqual(close(expected.flatMap((entry) => entry.contributions)))
  })

  it('answers otherwise when B is transposed', async () => {
    const turned = { ...model, b: model.b.transpose() }
    const expected = referenceRanking(model, owned).slice(0, 12)
    const answer = await score([{ ...library, allowed: unowned }], 12, turned)
    expect(answer.scores).not.toEqual(close(expected.map((entry) => entry.score)))
  })

  it('tells the games that speak most for a pick, and how much of all that does', async () => {
    const answer = await score([{ ...library, allowed: unowned }], 12)
    const expected = referenceRanking(model, owned).slice(0, 12)
    const reasons = expected.flatMap(({ contributions }) => referenceReasons(contributions))
    expect(answer.told).toEqual([1, 13, 3])
    expect(answer.reasons).toEqual(reasons.map(({ place }) => place))
    expect(answer.shares).toEqual(close(reasons.map(({ share }) => share)))
    // Otherwise nothing is seen of what speaks against a pick.
    expect(answer.shares).toContain(0)
    expect(Math.max(...answer.shares)).toBeLessThan(1)
  })

  it('tells as many reasons as there are games, and shares of 0 where nothing speaks for a pick', async () => {
    const answer = await score([{ rows: [3, 4], weights: [0, 0] }], 5)
    expect(answer.told).toEqual([1, 6, 2])
    expect(answer.reasons).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    expect(answer.shares).toEqual(close(Array(10).fill(0)))
  })

  it('lets padding add nothing', async () => {
    const padded = { rows: [...library.rows, 0, 0], weights: [...library.weights, 0, 0] }
    const [plain, long] = [await score([library], 5), await score([padded], 5)]
    expect(long.games).toEqual(plain.games)
    expect(long.scores).toEqual(close(plain.scores))
    expect(long.contributions.filter((_, i) => i % 6 >= 4)).toEqual(Array(10).fill(expect.closeTo(0, 10)))
    expect(long.reasons).toEqual(plain.reasons)
    expect(long.shares).toEqual(close(plain.shares))
  })

  it('puts what is not allowed last, at the lowest finite number', async () => {
    const allowed = model.games.map((_, row) => +(row === 7 || row === 21))
    const answer = await score([{ ...library, allowed }], 3)
    expect(answer.games.slice(0, 2).toSorted((a, b) => a - b)).toEqual([7, 21])
    expect(answer.scores[2]).toBe(MASKED)
  })

  it('keeps the libraries of a batch apart', async () => {
    const other = { rows: [5, 6, 7, 8], weights: [1, 1, 1, 1], allowed: unowned }
    const together = await score([{ ...library, allowed: unowned }, other], 6)
    const alone = await score([other], 6)
    expect(together.games.slice(6)).toEqual(alone.games)
    expect(together.scores.slice(6)).toEqual(close(alone.scores))
    expect(together.contributions.slice(24)).toEqual(close(alone.contributions))
  })

  it('gives ties to the lower row', async () => {
    const modelDir = await temporaryFolder()
    const weights = new Float32Array(n * n).fill(0.25)
    const manifest = { fingerprint: '', options: {}, counts: {}, timings: {} }
    const version = await publish({
      modelDir,
      games: model.games,
      targets: model.games,
      weights,
      owners: model.games.map(() => 1),
      inputWeights: INPUT_WEIGHTS,
      manifest,
    })
    const session = await openPublished(modelDir, version)
    const { games } = await session.run(feeds([library], n))
    expect(Array.from(games?.data as BigInt64Array, Number)).toEqual([...model.games.keys(), 0])
  })

  it('has the inputs and outputs that the Triton configuration promises', async () => {
    const modelDir = await temporaryFolder()
    const session = await openPublished(modelDir, await publishModel(modelDir, model))
    const config = await readFile(path.join(modelDir, 'ease', 'config.pbtxt'), 'utf8')
    const declared = [...config.matchAll(/name: "(\w+)", data_type: TYPE_(\w+), dims: \[ ([^\]]+) \]/g)]
    const triton = { int32: 'INT32', float32: 'FP32', bool: 'BOOL', int64: 'INT64' } as Record<string, string>
    const found = [...session.inputMetadata, ...session.outputMetadata].map((tensor) => {
      if (!tensor.isTensor) throw new Error(`${tensor.name} is no tensor`)
      // Triton takes −1 in the configuration only where the model leaves the size open.
      const dims = tensor.shape.map((dim) => (typeof dim === 'string' ? -1 : dim)).join(', ')
      return [tensor.name, triton[tensor.type], dims]
    })
    expect(declared.map(([, ...fields]) => fields)).toEqual(found)
  })

  it('tells of targets besides, and what all of a library says, as the training counts it', async () => {
    const modelDir = await temporaryFolder()
    const session = await openPublished(modelDir, await publishModel(modelDir, model))
    const random = createRandom(3)
    const rows = model.games.map((_, row) => row).filter(() => random() < 0.7)
    const mine = { rows, weights: rows.map(() => 1 + random()), played: rows.map((row) => row % 3 && 1) }
    const found = await session.run(feeds([{ ...mine, also: [5, 2] }], 4))
    const games = Array.from(found.games?.data as BigInt64Array, Number)
    expect(games.slice(4)).toEqual([5, 2])
    const expected = games.flatMap((column) => {
      const told = new Float64Array(SPEAKING.length)
      const parts = rows.map((row, at) => (mine.weights[at] ?? 0) * model.b.get(row, column))
      tellSpeaking(Float64Array.from(parts), Uint8Array.from(mine.played), told, 0)
      return [...told]
    })
    expect(rows.length).toBeGreaterThan(MANY)
    expect(Array.from(found.speaking?.data as Float32Array)).toEqual(close(expected))
  })

  it('is the same file for the same size', () => {
    const size = { games: n, targets: 12 }
    const same = (other: ModelSize) => Buffer.from(servingGraph(size)).equals(servingGraph(other))
    expect(same({ ...size })).toBe(true)
    expect(same({ ...size, games: n + 1 })).toBe(false)
    expect(same({ ...size, targets: 13 })).toBe(false)
  })
})
