import { expect, it } from 'vitest'
import { renderEvaluation } from '../../bot/terminal/evaluation.ts'
import { evaluate } from '../../inference/evaluate.ts'
import { DEFAULT } from '../../inference/variants.ts'
import { createRandom, interactionsOf, type Libraries } from '../support/interactions.ts'

/** Each player likes one of four kinds of indie games, and everybody owns some that are no indie games. */
function tasteLibraries(players: number): Libraries {
  const random = createRandom(5)
  return Array.from({ length: players }, (_, player) => {
    const kind = player % 4
    const indie = Array.from({ length: 25 }, (_, at) => 1000 + kind * 25 + at).filter(() => random() < 0.6)
    const others = Array.from({ length: 30 }, (_, at) => 1 + at).filter(() => random() < 0.6)
    const minutes = () => (random() < 0.8 ? 200 : 0)
    return Object.fromEntries([...others, ...indie].map((game) => [game, minutes()]))
  })
}

const indie = new Set(Array.from({ length: 100 }, (_, at) => 1000 + at))
const interactions = interactionsOf(tasteLibraries(400))
const task = { interactions, indie, recipe: { ...DEFAULT, l2: 20 }, minPlayers: 5, memory: 1e12 }

it('finds that knowing the library beats popularity', async () => {
  const evaluation = await evaluate(task)
  const [popular, ...models] = evaluation.rows
  expect(evaluation.rows).toHaveLength(4)
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

it('gives the same figures each time', async () => {
  expect(await evaluate(task)).toEqual(await evaluate(task))
})

it('renders a table with a line for each method', async () => {
  const text = renderEvaluation(await evaluate(task), true)
  expect(text).toContain('The players are synthetic')
  for (const method of ['most played', "the seed's method", 'EASE, owned', 'the serving model']) {
    expect(text).toContain(`\n${method}`)
  }
  const table = text.trimEnd().split('\n').slice(-5)
  expect(new Set(table.map((line) => line.length)).size).toBe(1)
})

it('says so where no held-out player can be measured', async () => {
  await expect(evaluate({ ...task, indie: new Set() })).rejects.toThrow(
    'no held-out player has 21 games and 5 played indie games: import more players',
  )
})
