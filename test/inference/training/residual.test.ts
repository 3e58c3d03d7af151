import { expect, it } from 'vitest'
import { invert } from '../../../inference/solver/solver.ts'
import {
  addToDiagonal,
  copyTiles,
  createTiles,
  diagonalOf,
  type Tiles,
} from '../../../inference/solver/tiles.ts'
import { evidenceOf } from '../../../inference/training/gram/evidence.ts'
import { gram } from '../../../inference/training/gram/gram.ts'
import { sharePlays } from '../../../inference/training/gram/shared-plays.ts'
import { chooseVocabulary, countOwners, ownersOf, restrict } from '../../../inference/training/plays.ts'
import { RESIDUAL_BOUND, residual } from '../../../inference/training/residual.ts'
import { ridgeOf } from '../../../inference/training/scaling.ts'
import { startThreads } from '../../../inference/training/threads/threads.ts'
import { DEFAULT } from '../../../inference/training/variants.ts'
import { interactionsOf, randomLibraries } from '../../support/builders/interactions.ts'

const interactions = interactionsOf(randomLibraries(200, 80))
const restricted = restrict(interactions, chooseVocabulary(countOwners(interactions), 3))
const evidence = evidenceOf(restricted, [], { ...DEFAULT, labels: { weight: 0, sources: [] } })
const plays = sharePlays(evidence.plays, evidence.weighting)
const n = restricted.vocabulary.length
const threads = startThreads(1)
/** Two blocks, the first of 48 rows. */
const shape = { n, size: 48 }

async function solve(spoil: (matrix: Tiles) => void = () => {}) {
  const [work, result] = [createTiles(shape), createTiles(shape)]
  await gram(plays, work, threads)
  const ridge = ridgeOf(diagonalOf(work), ownersOf(restricted), DEFAULT)
  addToDiagonal(work, ridge)
  spoil(work)
  await invert({ work, result }, { threads })
  return { gram: plays, ridge, inverse: result }
}

/** The entry of a row in the first block and of a column. */
function add(tiles: Tiles, row: number, column: number, value: number): void {
  const [tile, width] = column < 48 ? [tiles.memory[0], 48] : [tiles.memory[1], n - 48]
  const at = row * width + (column % 48)
  if (tile) tile[at] = (tile[at] ?? 0) + value
}

it('is next to nothing for a good inverse', async () => {
  expect(await residual(await solve(), threads)).toBeLessThan(1e-5)
})

it.each([1, 50])('finds a Gram matrix that was counted wrongly, at column %i', async (column) => {
  const spoilt = await solve((matrix) => {
    add(matrix, 0, column, 5)
    if (column < 48) add(matrix, column, 0, 5)
  })
  expect(await residual(spoilt, threads, n)).toBeGreaterThan(RESIDUAL_BOUND)
})

it('finds one wrong entry in a column that is looked at', async () => {
  const solved = await solve()
  add(solved.inverse, 5, 0, 0.1)
  expect(await residual(solved, threads)).toBeGreaterThan(RESIDUAL_BOUND)
})

it('keeps NaN', async () => {
  const solved = await solve()
  add(solved.inverse, 5, 0, Number.NaN)
  expect(await residual(solved, threads)).toBeNaN()
})

it('is the same by a Gram matrix that was given, as far as float32 goes', async () => {
  const kept = createTiles(shape)
  await gram(plays, kept, threads)
  const solved = await solve()
  expect(await residual({ ...solved, gram: kept }, threads, n)).toBeLessThan(1e-5)
  for (const [tile, at] of [
    [0, 7],
    [1, 11],
    [2, 3],
  ] as const) {
    const spoilt = createTiles(shape)
    copyTiles(kept, spoilt)
    const entries = spoilt.memory[tile]
    if (entries) entries[at] = (entries[at] ?? 0) + 5
    expect(await residual({ ...solved, gram: spoilt }, threads, n)).toBeGreaterThan(RESIDUAL_BOUND)
  }
})
