import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import { type Fitted, fitWeights, toWeights } from '../../../inference/training/fit.ts'
import { createPhases } from '../../../inference/training/phases.ts'
import { chooseVocabulary, countOwners, type Plays, restrict } from '../../../inference/training/plays.ts'
import { startThreads } from '../../../inference/training/threads/threads.ts'
import { DEFAULT, EASE, type Recipe, SEED } from '../../../inference/training/variants.ts'
import { interactionsOf, type Libraries, randomLibraries } from '../../support/builders/interactions.ts'
import { HAS_REAL_LIBRARIES, realLibraries } from '../../support/builders/real-libraries.ts'
import { cutTiles } from '../../support/inference/tiles.ts'

function playsOf(libraries: Libraries, minPlayers = 1): Plays {
  const interactions = interactionsOf(libraries)
  return restrict(interactions, chooseVocabulary(countOwners(interactions), minPlayers))
}

/** Every game has a kind in common with others, some a studio; the last is not in the catalogue. */
function labelsOf({ vocabulary }: Plays): GameLabels[] {
  return Array.from(vocabulary, (_, game) => {
    if (game === vocabulary.length - 1) return {}
    return {
      indie: game % 2 === 0,
      tag: [`kind ${game % 5}`, `sort ${game % 3}`],
      ...(game % 4 === 0 && { developer: ['a studio'] }),
    }
  })
}

async function solved(plays: Plays, recipe: Recipe): Promise<Fitted> {
  return fitWeights(plays, recipe, { provider: 'cpu' }, createPhases({}), labelsOf(plays))
}

/** T: labels × games, of the tags and developers. */
function labelMatrix(labels: readonly GameLabels[]): Matrix {
  const names = labels.map(({ tag = [], developer = [] }) => [...tag, ...developer])
  const all = [...new Set(names.flat())].filter(
    (name) => names.filter((own) => own.includes(name)).length > 1,
  )
  const t = Matrix.zeros(all.length, labels.length)
  for (const [row, name] of all.entries()) {
    const carriers = names.filter((own) => own.includes(name)).length
    for (const [game, own] of names.entries()) {
      if (own.includes(name)) t.set(row, game, Math.log(labels.length / carriers))
    }
  }
  for (let game = 0; game < labels.length; game++) {
    const length = Math.hypot(...t.getColumn(game)) || 1
    t.setColumn(
      game,
      t.getColumn(game).map((value) => value / length),
    )
  }
  return t
}

/** The recipe's definition in float64, written down a second time: B, row by row. */
function reference(plays: Plays, recipe: Recipe): number[] {
  const { vocabulary, offsets, rows, minutes } = plays
  const n = vocabulary.length
  const players = offsets.length - 1
  const x = Matrix.zeros(players, n)
  const owned = Matrix.zeros(players, n)
  for (let player = 0; player < players; player++) {
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
  const owners = owned.sum('column')
  for (const [game, count] of owners.entries()) {
    if (count > recipe.maxShare * players) x.setColumn(game, Array(players).fill(0))
  }
  const sizes = owned.sum('row')
  const kept = sizes.map((size) => (size < Math.max(1, recipe.minLibrary) ? 0 : size))
  const weights = kept.map((size) => (size === 0 ? 0 : size ** -recipe.playerExponent))
  const mass = weights.reduce((sum, weight, player) => sum + weight * (kept[player] ?? 0), 0)
  const pairs = kept.reduce((sum, size) => sum + size, 0)
  const w = Matrix.diag(weights.map((weight) => (recipe.players * weight * pairs) / mass))
  const t = labelMatrix(labelsOf(plays))
  const g = Matrix.add(x.transpose().mmul(w).mmul(x), t.transpose().mmul(t).mul(recipe.labels.weight))
  const middle = owners.reduce((sum, count) => sum + count, 0) / n
  const ridge = g
    .diag()
    .map(
      (own, game) =>
        recipe.l2 * ((owners[game] ?? 0) / middle) ** recipe.ridgeExponent +
        (recipe.dropout / (1 - recipe.dropout)) * own,
    )
  const p = inverse(Matrix.add(g, Matrix.diag(ridge)))
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    const whole = Math.max(ridge[j] ?? 0, (1 - recipe.selfWeight) / p.get(j, j))
    const link = -p.get(i, j) * whole
    const scaled =
      (i % 2 === 0 && i < n - 1 ? 1 : recipe.otherGames) *
      (owners[i] ?? 0) ** recipe.sourceExponent *
      (owners[j] ?? 0) ** -recipe.targetExponent
    return i === j ? 0 : Math.sign(link) * Math.abs(link) ** recipe.power * scaled
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
  ['a power', { ...EASE, l2: 20, power: 1.4, targetExponent: 0.1 }],
  ['EDLAE', { ...EASE, l2: 20, dropout: 0.33 }],
  ['RDLAE', { ...EASE, l2: 20, dropout: 0.33, selfWeight: 0.6 }],
  ['a scaled Gram matrix', { ...EASE, l2: 20, ridgeExponent: 0.5 }],
  ['DAN', { ...EASE, l2: 20, playerExponent: 0.3, sourceExponent: 0.2, targetExponent: 0.2, selfWeight: 1 }],
  ['labels', { ...EASE, l2: 20, labels: { weight: 30, sources: ['tag', 'developer'] } }],
  [
    'labels alone',
    { ...EASE, l2: 1, players: 0, targetExponent: 0.3, labels: { weight: 1, sources: ['tag', 'developer'] } },
  ],
  ['no small libraries, and no games that most own', { ...EASE, l2: 20, minLibrary: 4, maxShare: 0.3 }],
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
    expect(greatestDifference(weights, transposed(expected, plays.vocabulary.length))).toBeGreaterThan(2e-3)
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
  const { weights, residual } = await fitWeights(plays, recipe, { provider: 'cpu' }, watch, labelsOf(plays))
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
  const scale = {
    power: 2,
    explained: Float64Array.of(-2, 3),
    source: Float64Array.of(1, 3),
    target: Float64Array.of(0.5, 0.125),
  }
  await toWeights({ work: result, result, weights }, scale, startThreads(1))
  expect([...weights]).toEqual([0, -9 / 8, 6, 0])
})
