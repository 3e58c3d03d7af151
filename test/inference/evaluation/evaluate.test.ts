import { expect, it } from 'vitest'
import { renderEvaluation } from '../../../bot/terminal/evaluation.ts'
import { renderExplanation } from '../../../bot/terminal/explanation.ts'
import { evaluate } from '../../../inference/evaluation/evaluate.ts'
import { explainReranker } from '../../../inference/evaluation/explain.ts'
import { FEATURE_GROUPS, FEATURES } from '../../../inference/model/reranker/features.ts'
import { DEFAULT } from '../../../inference/training/variants.ts'
import { interactionsOf } from '../../support/builders/interactions.ts'
import { INDIE_GAMES, readTasteLabels, tasteLibraries } from '../../support/builders/taste-libraries.ts'

const interactions = interactionsOf(tasteLibraries(400))
const task = {
  interactions,
  indie: INDIE_GAMES,
  readLabels: readTasteLabels,
  recipe: { ...DEFAULT, l2: 20, reranked: 60 },
  minPlayers: 5,
  memory: 1e12,
}

it('finds that knowing the library beats popularity', async () => {
  const evaluation = await evaluate(task)
  const [popular, ...models] = evaluation.rows
  expect(evaluation.rows).toHaveLength(5)
  expect(evaluation.trainingPlayers + evaluation.testPlayers).toBeLessThanOrEqual(400)
  expect(evaluation.testPlayers).toBeGreaterThan(40)
  expect(evaluation.indieGames).toBe(100)
  for (const model of models) expect(model.ndcg100).toBeGreaterThan(1.5 * (popular?.ndcg100 ?? 1))
  for (const row of evaluation.rows) {
    expect(row.precision10).toBeLessThanOrEqual(evaluation.ceiling10)
    expect(row.coverage10).toBeLessThanOrEqual(1)
    expect(row.errors.ndcg100).toBeGreaterThan(0)
  }
})

it('holds the serving model against EASE, player by player', async () => {
  const rows = (await evaluate(task)).rows
  const [ease, , serving] = rows.slice(-3)
  expect(ease?.gain).toBeUndefined()
  expect(serving?.gain?.mean).toBeCloseTo((serving?.ndcg100 ?? 0) - (ease?.ndcg100 ?? 0), 10)
})

it('gives the same figures each time', async () => {
  expect(await evaluate(task)).toEqual(await evaluate(task))
})

it('renders a table with a line for each method', async () => {
  const text = renderEvaluation(await evaluate(task), true)
  expect(text).toContain('The players are made up')
  for (const method of [
    'most played',
    "the seed's method",
    'EASE, owned',
    'its first stage',
    'the serving model',
  ]) {
    expect(text).toContain(`\n${method}`)
  }
  const table = text.trimEnd().split('\n').slice(-6)
  expect(new Set(table.map((line) => line.length)).size).toBe(1)
})

it('says so where no held-out player can be measured', async () => {
  await expect(evaluate({ ...task, indie: new Set() })).rejects.toThrow(
    'no held-out player has 21 games and 5 played indie games: import more players',
  )
})

it('explains the second stage: weights, what d does, and what each group of features is worth', async () => {
  const explanation = await explainReranker(task)
  const { curve, groups, reranker } = explanation
  expect(reranker.features.map(({ name }) => name)).toEqual(FEATURES)
  expect(groups.rows.map(({ method }) => method)).toEqual([
    'all features',
    ...Object.keys(FEATURE_GROUPS).map((group) => `without ${group}`),
  ])
  // The more is taken off for the owners, the fewer own what is picked.
  const popularity = curve.rows
    .filter(({ method }) => method.startsWith('d ='))
    .map((row) => row.medianPopularity)
  expect(popularity.at(-1)).toBeLessThanOrEqual(popularity[0] ?? 0)
  const text = renderExplanation(explanation, true)
  for (const name of FEATURES) expect(text).toContain(`\n${name} `)
})
