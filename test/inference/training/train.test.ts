import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readManifest, readVocabulary, verify, versionFolder } from '../../../inference/model/model-files.ts'
import { readRecipe } from '../../../inference/training/recipe-file.ts'
import { type TrainingTask, trainAndPublish } from '../../../inference/training/train.ts'
import { DEFAULT } from '../../../inference/training/variants.ts'
import { interactionsOf, randomLibraries } from '../../support/builders/interactions.ts'

let modelDir: string

beforeEach(async () => {
  modelDir = await mkdtemp(path.join(tmpdir(), 'indiescout-train-'))
})

afterEach(() => rm(modelDir, { recursive: true }))

const interactions = interactionsOf(randomLibraries(300, 120))

function train(task: Partial<TrainingTask> = {}) {
  return trainAndPublish({ interactions, recipe: DEFAULT, minPlayers: 10, modelDir, ...task })
}

async function bytesOf(version: number): Promise<Record<string, string>> {
  const folder = versionFolder(modelDir, version)
  const names = (await readdir(folder)).filter((name) => name !== 'manifest.json').sort()
  const contents = names.map(async (name) => [
    name,
    (await readFile(path.join(folder, name))).toString('base64'),
  ])
  return Object.fromEntries(await Promise.all(contents))
}

it('publishes a version that says how it was made', async () => {
  const phases: string[] = []
  const { version, vocabulary, fingerprint } = await train({ onPhase: ({ name }) => phases.push(name) })
  expect(version).toBe(1)
  const folder = versionFolder(modelDir, 1)
  await verify(folder)
  const manifest = await readManifest(folder)
  expect(readRecipe(manifest)).toEqual({ recipe: DEFAULT, minPlayers: 10 })
  expect(manifest.fingerprint).toBe(fingerprint)
  expect(manifest.counts).toMatchObject({ players: 300, games: vocabulary.length, duplicates: 0 })
  const { games, weights, owners } = await readVocabulary(folder)
  expect(games).toEqual([...vocabulary])
  const ownersOf = (game: number) => interactions.games.filter((each) => each === game).length
  expect(owners).toEqual(games.map(ownersOf))
  expect(weights).toEqual({ owned: DEFAULT.input.owned, played: DEFAULT.input.played })
  expect(phases).toEqual([
    'vocabulary',
    'labels',
    'gram',
    'fingerprint',
    'solve in float32',
    'check',
    'weights',
    'facts and common owners',
    'examine players',
    'learn the order',
    'publish',
  ])
})

it('writes the same bytes for the same data and options', async () => {
  await train()
  await train()
  expect(Object.keys(await bytesOf(1))).toEqual([
    'common.bin',
    'knowledge.json',
    'model.onnx',
    'reranker.json',
    'vocabulary.json',
    'weights.bin',
  ])
  expect(await bytesOf(2)).toEqual(await bytesOf(1))
})

/** Enough games for several threads. */
const many = interactionsOf(
  Array.from({ length: 300 }, (_, player) =>
    Object.fromEntries(Array.from({ length: 40 }, (_, at) => [1 + ((player * 9 + at * 71) % 2800), at])),
  ),
)

it('ends with one sentence when a thread dies in the solve, and leaves nothing behind', async () => {
  const threads: Worker[] = []
  const notice = (thread: Worker) => threads.push(thread)
  process.on('worker', notice)
  onTestFinished(() => void process.off('worker', notice))
  // A thread cannot be killed from outside without its process; this ends it as any fault of its own does.
  const broken = { kind: 'run', graph: Uint8Array.of(1, 2, 3), inputs: [], outputs: [] }
  const onBegin = (name: string) => void (name === 'solve in float32' && threads[0]?.postMessage(broken))
  const end = await train({ interactions: many, minPlayers: 1, onBegin }).then(
    () => 'it was trained',
    (error: Error) => error.message,
  )
  expect(end).toMatch(/^a thread of the training ended: .*protobuf.*$/i)
  expect(await readdir(modelDir)).toEqual([])
})

it('keeps the columns of the games that may be picked, and no others', async () => {
  const whole = await train()
  const targets = new Set([...whole.vocabulary].filter((_, row) => row % 3 === 1).concat(999_999))
  const part = await train({ targets })
  const columns = [...whole.vocabulary.keys()].filter((row) => targets.has(whole.vocabulary[row] ?? 0))
  const n = whole.vocabulary.length
  const expected = [...whole.vocabulary.keys()].flatMap((row) =>
    columns.map((column) => whole.weights[row * n + column]),
  )
  expect([...part.weights]).toEqual(expected)
  const folder = versionFolder(modelDir, 2)
  const { games, targets: written } = await readVocabulary(folder)
  expect(games).toEqual([...whole.vocabulary])
  expect(written).toEqual(columns.map((column) => whole.vocabulary[column]))
  expect((await readManifest(folder)).counts).toMatchObject({ games: n, targets: columns.length })
  const bytes = await readFile(path.join(folder, 'weights.bin'))
  expect(bytes.equals(Buffer.from(Float32Array.from(part.weights).buffer))).toBe(true)
})

/** Two games that nobody owns apart, and no λ to speak of. */
const singular = {
  interactions: interactionsOf(Array.from({ length: 50 }, () => ({ 10: 1, 20: 1 }))),
  recipe: { ...DEFAULT, dropout: 0, l2: 1e-30 },
}

describe('bad input', () => {
  it.each<[string, Partial<TrainingTask>, RegExp]>([
    ['no interactions', { interactions: interactionsOf([]) }, /no interactions/],
    ['one player', { interactions: interactionsOf([{ 10: 1 }]) }, /only one player/],
    ['a bad λ', { recipe: { ...DEFAULT, l2: Number.NaN } }, /--l2/],
    ['no game with enough players', { minPlayers: 301 }, /lower --min-players/],
    ['no game that may be picked', { targets: new Set([999_999]) }, /indie game of the catalogue/],
    ['too little memory', { memory: 1000 }, /of memory/],
    ['a system that cannot be solved', singular, /not exact enough/],
  ])('leaves nothing behind: %s', async (_, task, message) => {
    await expect(train(task)).rejects.toThrow(message)
    expect(await readdir(modelDir)).toEqual([])
  })
})
