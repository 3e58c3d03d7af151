import { expect, it } from 'vitest'
import { fitConditionalLogit } from '../../../../inference/training/reranker/conditional-logit.ts'
import { createRandom } from '../../../support/builders/interactions.ts'

const TRUTH = [1.2, -0.7, 0]
const EACH = 12

/** Choices made by the chances that the true weights give; at the second size the first weight is turned around. */
function made(choices: number) {
  const random = createRandom(11)
  const rows = Array.from({ length: choices * EACH }, () => TRUTH.map(() => 2 * random() - 1))
  const chosen = new Set<number>()
  for (let choice = 0; choice < choices; choice++) {
    const weights = choice % 2 === 0 ? TRUTH : [-1.2, -0.7, 0]
    const mine = rows.slice(choice * EACH, (choice + 1) * EACH)
    const odds = mine.map((row) =>
      Math.exp(row.reduce((sum, value, t) => sum + value * (weights[t] ?? 0), 0)),
    )
    let left = random() * odds.reduce((sum, one) => sum + one, 0)
    const pick = odds.findIndex((one) => {
      left -= one
      return left < 0
    })
    chosen.add(choice * EACH + pick)
  }
  return {
    choices: Array.from({ length: choices }, (_, choice) => ({
      ...{ first: choice * EACH, count: EACH, stands: 1 },
      mix: choice % 2 === 0 ? [1, 0] : [0, 1],
    })),
    isChosen: (row: number) => chosen.has(row),
    terms: (row: number, into: Float64Array) => into.set(rows[row] ?? []),
    ...{ termCount: TRUTH.length, sizeCount: 2 },
  }
}

it('finds the weights by which choices were made, for each size its own', () => {
  const weights = fitConditionalLogit({ ...made(4_000), l2: [1e-6, 1e-6] })
  const expected = [...TRUTH, -1.2, -0.7, 0]
  for (const [at, weight] of weights.entries())
    expect(Math.abs(weight - (expected[at] ?? 0))).toBeLessThan(0.15)
})

it('believes in nothing where weights cost much, and gives the same each time', () => {
  const problem = made(400)
  expect(Math.max(...fitConditionalLogit({ ...problem, l2: [1e4, 1e4] }).map(Math.abs))).toBeLessThan(1e-3)
  const twice = [1, 2].map(() => fitConditionalLogit({ ...problem, l2: [0.01, 0.01] }))
  expect(twice[0]).toEqual(twice[1])
})

it('is not moved by choices in which nothing was chosen', () => {
  const problem = { ...made(400), l2: [0.01, 0.01] }
  const none = { first: 0, count: 0, stands: 1, mix: [1, 0] }
  const weights = fitConditionalLogit({ ...problem, choices: [...problem.choices, none] })
  const same = fitConditionalLogit(problem)
  for (const [at, weight] of weights.entries()) expect(weight).toBeCloseTo(same[at] ?? 0, 2)
})
