import { expect, it } from 'vitest'
import { evaluateThin, thinned } from '../../../inference/evaluation/cold-start.ts'
import { compareIdeas } from '../../../inference/evaluation/compare.ts'
import { evaluateDiscoveries } from '../../../inference/evaluation/discoveries.ts'
import { testGround } from '../../../inference/evaluation/evaluation-data.ts'
import { hide, holdoutEvaluation } from '../../../inference/evaluation/holdout.ts'
import { memoryNeeded } from '../../../inference/training/memory.ts'
import { withNewcomers } from '../../../inference/training/newcomers.ts'
import { trainModel } from '../../../inference/training/train.ts'
import { DEFAULT, EASE } from '../../../inference/training/variants.ts'
import { interactionsOf } from '../../support/builders/interactions.ts'
import { INDIE_GAMES, readTasteLabels, tasteLibraries } from '../../support/builders/taste-libraries.ts'

const task = {
  interactions: interactionsOf(tasteLibraries(400)),
  ...{ indie: INDIE_GAMES, readLabels: readTasteLabels, minPlayers: 5, memory: 1e12 },
  recipe: { ...DEFAULT, l2: 20, reranked: 60 },
}

it('hides games from training altogether, and seeks those that somebody played', async () => {
  const whole = await testGround(task)
  const hidden = hide(whole, INDIE_GAMES)
  const gone = hidden.owners.map((owners, row) => (owners === 0 && (whole.owners[row] ?? 0) > 0 ? 1 : 0))
  expect(gone.filter((each) => each === 1).length).toBeGreaterThan(3)
  for (const [row, owners] of hidden.owners.entries()) {
    expect([0, whole.owners[row]]).toContain(owners)
    expect(owners === 0).toBe(gone[row] === 1)
  }
  expect(hidden.cases.length).toBeGreaterThan(20)
  for (const { input, targets } of hidden.cases) {
    for (const row of input) expect(gone[row]).toBe(0)
    for (const row of targets) expect(gone[row]).toBe(1)
  }
})

it('finds hidden games by their labels, far better than by chance or by the popularity of tags', async () => {
  const rows = (await holdoutEvaluation(task)).rows
  const [random, tags, serving, randomAlone, tagsAlone, alone] = rows.map((row) => row.ndcg100)
  expect(serving).toBeGreaterThan(1.25 * (random ?? 1))
  expect(serving).toBeGreaterThan(1.25 * (tags ?? 1))
  expect(alone).toBeGreaterThan(1.25 * (randomAlone ?? 1))
  expect(alone).toBeGreaterThan(1.25 * (tagsAlone ?? 1))
})

it('lets newcomers into the model by their labels alone', async () => {
  const newcomer = 1999
  const labelled = (games: Int32Array) =>
    readTasteLabels(games.map((game) => (game === newcomer ? 1000 : game)))
  const model = await trainModel({
    ...{ interactions: task.interactions, recipe: task.recipe, minPlayers: 5, memory: 1e12 },
    readLabels: labelled,
    newcomers: { read: async () => Int32Array.of(newcomer), limit: 10 },
  })
  const n = model.vocabulary.length
  const column = model.vocabulary.indexOf(newcomer)
  expect(model.owners[column]).toBe(0)
  const says = (game: number) => model.weights[model.vocabulary.indexOf(game) * n + column] ?? Number.NaN
  // Of the same kind, and of another one.
  expect(says(1003)).toBeGreaterThan(0)
  expect(says(1003)).toBeGreaterThan(2 * Math.abs(says(1030)))
})

it('takes no newcomers where a recipe does not know labels', async () => {
  const newcomers = { read: () => Promise.reject(new Error('not asked')), limit: 10 }
  const { interactions, minPlayers, memory } = task
  const model = await trainModel({ interactions, recipe: EASE, minPlayers, memory, newcomers })
  expect(model.vocabulary.every((game) => game < 1100)).toBe(true)
})

it('takes as many newcomers as the memory lets it solve', async () => {
  const asked: number[] = []
  const read = async (_: Int32Array, limit: number) => {
    asked.push(limit)
    return Int32Array.of(900, 5)
  }
  const known = Int32Array.of(10, 20)
  expect(await withNewcomers(known, { read, limit: 7 }, memoryNeeded(100))).toEqual(
    Int32Array.of(5, 10, 20, 900),
  )
  expect(await withNewcomers(known, { read, limit: 7 }, memoryNeeded(5))).toHaveLength(4)
  expect(await withNewcomers(known, { read, limit: 7 }, memoryNeeded(2))).toEqual(known)
  expect(asked).toEqual([7, 3])
})

it('cuts libraries down, played games first, and leaves the targets as they are', () => {
  const library = {
    input: Int32Array.of(1, 2, 3, 4, 5),
    minutes: Int32Array.of(0, 9, 0, 9, 9),
    targets: new Set([7]),
  }
  const three = thinned(library, 3)
  expect([...three.input]).toEqual([2, 4, 5])
  expect([...three.minutes]).toEqual([9, 9, 9])
  expect(thinned(library, 1).input).toHaveLength(1)
  expect(thinned(library, 9)).toEqual(library)
  expect(three.targets).toBe(library.targets)
})

it('knows more the more games it is told', async () => {
  const rows = (await evaluateThin(task)).rows
  const serving = rows.filter(({ method }) => method.includes('serving')).map((row) => row.ndcg100)
  expect(serving).toHaveLength(5)
  expect(serving[4]).toBeGreaterThan(serving[0] ?? 1)
})

it('shows every way to pick for a few games, each held against the most played', async () => {
  const rows = (await evaluateThin(task)).rows
  for (const size of ['1 game', '3 games', '5 games', '10 games', '20 games'])
    expect(
      rows.filter(({ method }) => method.startsWith(`${size}:`)).map(({ gain }) => gain !== undefined),
    ).toEqual([false, true, true, true, true])
})

it('goes from popular games to hidden gems', async () => {
  const popularity = (await evaluateDiscoveries(task)).rows.map((row) => row.medianPopularity)
  expect(popularity).toHaveLength(4)
  expect(popularity).toEqual(popularity.toSorted((a, b) => b - a))
  expect(popularity[3]).toBeLessThan(popularity[0] ?? 0)
})

it('mixes recipes by their scores', async () => {
  const parts = (weight: number) => [
    { recipe: EASE, weight },
    { recipe: { ...task.recipe }, weight: 1 - weight },
  ]
  const ideas = [
    { name: 'all EASE', parts: parts(1) },
    { name: 'half', parts: parts(0.5) },
    { name: 'all labels', parts: parts(0) },
  ]
  const [, ease, all, half, labels] = (await compareIdeas({ ...task, ideas })).rows
  expect(all?.ndcg100).toBe(ease?.ndcg100)
  expect(all?.gain).toEqual({ mean: 0, low: 0, high: 0 })
  expect(half?.ndcg100).not.toBe(ease?.ndcg100)
  expect(half?.ndcg100).not.toBe(labels?.ndcg100)
})
