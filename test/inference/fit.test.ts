import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { type Fitted, fitWeights, toWeights } from '../../inference/fit.ts'
import { createPhases } from '../../inference/phases.ts'
import { chooseVocabulary, countOwners, type Plays, restrict } from '../../inference/plays.ts'
import { startThreads } from '../../inference/threads.ts'
import { DEFAULT, EASE, type Recipe, SEED } from '../../inference/variants.ts'
import { interactionsOf, type Libraries, randomLibraries } from '../support/interactions.ts'
import { HAS_REAL_LIBRARIES, realLibraries } from '../support/real-libraries.ts'
import { cutTiles } from '../support/tiles.ts'

function playsOf(libraries: Libraries, minPlayers = 1): Plays {
  const interactions = interactionsOf(libraries)
  return restrict(interactions, chooseVocabulary(countOwners(interactions), minPlayers))
}

async function solved(plays: Plays, recipe: Recipe): Promise<Fitted> {
  return fitWeights(plays, recipe, { provider: 'cpu' }, createPhases({}))
}

/** The recipe's definition in float64, written down a second time: B, row by row. */
function reference(plays: Plays, recipe: Recipe): number[] {
  const { vocabulary, offsets, rows, minutes } = plays
  const n = vocabulary.length
  const x = Matrix.zeros(offsets.length - 1, n)
  const owned = Matrix.zeros(offsets.length - 1, n)
  for (let player = 0; player + 1 < offsets.length; player++) {
    for (let at = offsets[player] ?? 0; at < (offsets[player + 1] ?? 0); at++) {
      const { training } = recipe
      owned.set(player, rows[at] ?? 0, 1)
      x.set(
        player,
        rows[at] ?? 0,
        (minutes[at] ?? 0) > training.playedOver ? training.played : training.owned,
      )
    }
  }
  const sizes = owned.sum('row')
  const weights = sizes.map((size) => (size === 0 ? 0 : size ** -recipe.playerExponent))
  const mass = weights.reduce((sum, weight, player) => sum + weight * (sizes[player] ?? 0), 0)
  const w = Matrix.diag(weights.map((weight) => (weight * rows.length) / mass))
  const g = x.transpose().mmul(w).mmul(x)
  const ridge = Matrix.diag(g.diag().map((own) => recipe.l2 + (recipe.dropout / (1 - recipe.dropout)) * own))
  const p = inverse(Matrix.add(g, ridge))
  const owners = owned.sum('column')
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return i === j ? 0 : (-p.get(i, j) / p.get(j, j)) * (owners[j] ?? 0) ** -recipe.targetExponent
  })
}

function greatestDifference(found: Float32Array, expected: readonly number[]): number {
  return expected.reduce(
    (worst, value, at) => Math.max(worst, Math.abs(value - (found[at] ?? Number.NaN))),
    0,
  )
}

function transposed(values: readonly number[], n: number): number[] {
  return values.map((_, at) => values[(at % n) * n + Math.floor(at / n)] ?? 0)
}

it('agrees with the sum done by hand for two games', async () => {
  // Gram [[2,1],[1,2]] + λ = 1 → [[3,1],[1,3]]; its inverse is [[3,−1],[−1,3]] / 8: 1/3 both ways.
  const { weights } = await solved(playsOf([{ 10: 5, 20: 0 }, { 10: 0 }, { 20: 9 }]), { ...EASE, l2: 1 })
  expect([...weights]).toEqual([0, expect.closeTo(1 / 3), expect.closeTo(1 / 3), 0])
})

describe.each([
  ['EASE', { ...EASE, l2: 20 }],
  ["the seed's method", SEED],
  ['the default', { ...DEFAULT, l2: 20 }],
] as const)('%s', (_, recipe) => {
  it.each([
    [30, 12],
    [200, 65],
    [400, 300],
  ])('equals the float64 reference for %i players and %i games', async (players, games) => {
    const plays = playsOf(randomLibraries(players, games, games))
    const { weights, residual } = await solved(plays, recipe)
    const expected = reference(plays, recipe)
    expect(greatestDifference(weights, expected)).toBeLessThan(1e-4)
    expect(residual).toBeLessThan(1e-3)
    // The transposed matrix is another model: where i and j are mixed up, this fails.
    expect(greatestDifference(weights, transposed(expected, plays.vocabulary.length))).toBeGreaterThan(1e-2)
  })
})

it.runIf(HAS_REAL_LIBRARIES)('equals the float64 reference on real libraries', async () => {
  const plays = playsOf(await realLibraries(400), 30)
  expect(plays.vocabulary.length).toBeGreaterThan(300)
  for (const recipe of [EASE, DEFAULT]) {
    const { weights } = await solved(plays, recipe)
    expect(greatestDifference(weights, reference(plays, recipe))).toBeLessThan(1e-4)
  }
})

it('turns to float64 where float32 is not exact enough', async () => {
  // More games than players and hardly any λ: most of the spectrum is λ alone.
  const plays = playsOf(randomLibraries(200, 600))
  const recipe = { ...EASE, l2: 0.01 }
  const phases: string[] = []
  const watch = createPhases({ onPhase: ({ name }) => phases.push(name) })
  const { weights, residual } = await fitWeights(plays, recipe, { provider: 'cpu' }, watch)
  expect(phases).toContain('solve in float64')
  expect(residual).toBeLessThan(1e-3)
  expect(greatestDifference(weights, reference(plays, recipe))).toBeLessThan(1e-3)
})

it('refuses what cannot be solved exactly', async () => {
  const plays = playsOf(Array.from({ length: 50 }, () => ({ 10: 1, 20: 1 })))
  await expect(solved(plays, { ...EASE, l2: 1e-30 })).rejects.toThrow(
    /^the solution is not exact enough to be used/,
  )
})

it('trains on a game that everybody owns as on any other', async () => {
  const libraries = randomLibraries(60, 25).map((library) => ({ ...library, 7: 30 }))
  const { weights } = await solved(playsOf(libraries), EASE)
  expect(weights.every(Number.isFinite)).toBe(true)
  expect(greatestDifference(weights, reference(playsOf(libraries), EASE))).toBeLessThan(1e-4)
})

it('gives the same bytes and fingerprint each time, and others for other data', async () => {
  const plays = playsOf(randomLibraries(500, 600), 2)
  const [first, second] = [await solved(plays, DEFAULT), await solved(plays, DEFAULT)]
  expect(Buffer.from(first.weights.buffer).equals(Buffer.from(second.weights.buffer))).toBe(true)
  expect(first.fingerprint).toBe(second.fingerprint)
  const other = await solved(playsOf(randomLibraries(500, 600, 2), 2), DEFAULT)
  expect(other.fingerprint).not.toBe(first.fingerprint)
})

it.each([2, 1])('turns an inverse into weights column by column, in blocks of %i', async (size) => {
  const inverse = [
    [2, -1],
    [-1, 4],
  ]
  const result = cutTiles({ n: 2, size }, (row, column) => inverse[row]?.[column] ?? 0)
  const weights = new Float32Array(4)
  await toWeights({ work: result, result, weights }, Float64Array.of(1, 0.5), startThreads(1))
  expect([...weights]).toEqual([0, 0.125, 0.5, 0])
})
