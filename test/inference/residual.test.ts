import { expect, it } from 'vitest'
import { gram } from '../../inference/gram.ts'
import { chooseVocabulary, countOwners, restrict } from '../../inference/plays.ts'
import { RESIDUAL_BOUND, residual } from '../../inference/residual.ts'
import { invert } from '../../inference/solver.ts'
import { DEFAULT, ridgeOf, weightingOf } from '../../inference/variants.ts'
import { interactionsOf, randomLibraries } from '../support/interactions.ts'

const interactions = interactionsOf(randomLibraries(200, 80))
const plays = restrict(interactions, chooseVocabulary(countOwners(interactions), 3))
const n = plays.vocabulary.length
const weighting = weightingOf(plays, DEFAULT)

async function solve(spoil: (matrix: Float32Array) => void = () => {}) {
  const matrix = gram(plays, weighting)
  const ridge = ridgeOf(
    Float32Array.from({ length: n }, (_, i) => matrix[i * n + i] ?? 0),
    DEFAULT,
  )
  for (const [i, value] of ridge.entries()) matrix[i * n + i] = (matrix[i * n + i] ?? 0) + value
  spoil(matrix)
  await invert(matrix, n)
  return { plays, weighting, ridge, inverse: matrix }
}

it('is next to nothing for a good inverse', async () => {
  expect(residual(await solve())).toBeLessThan(1e-5)
})

it('finds a Gram matrix that was counted wrongly', async () => {
  const spoilt = await solve((matrix) => {
    matrix[1] = matrix[n] = (matrix[1] ?? 0) + 5
  })
  expect(residual(spoilt, n)).toBeGreaterThan(RESIDUAL_BOUND)
})

it('finds one wrong entry in a column that is looked at', async () => {
  const solved = await solve()
  solved.inverse[5 * n] = 0.1
  expect(residual(solved)).toBeGreaterThan(RESIDUAL_BOUND)
})

it('keeps NaN', async () => {
  const solved = await solve()
  solved.inverse[5 * n] = Number.NaN
  expect(residual(solved)).toBeNaN()
})
