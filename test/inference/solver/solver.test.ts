import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { runGraph } from '../../../inference/runtime/graph-run.ts'
import { inverseGraph, type Layout } from '../../../inference/solver/inverse-graph.ts'
import { invert } from '../../../inference/solver/solver.ts'
import { blockLength, createTiles, shapeOf, type Tiles, tilesOf } from '../../../inference/solver/tiles.ts'
import { memoryNeeded } from '../../../inference/training/memory.ts'
import type { Threads } from '../../../inference/training/threads/threads.ts'
import {
  createRandom,
  interactionsOf,
  type Libraries,
  randomLibraries,
} from '../../support/builders/interactions.ts'
import { testThreads } from '../../support/inference/threads.ts'
import { cutTiles, wholeOf } from '../../support/inference/tiles.ts'

/** RᵀR + ridge · I, symmetric and positive definite. */
function spd(n: number, ridge: number): Matrix {
  const random = createRandom(n)
  const r = Matrix.zeros(n + 3, n).apply(function (row, column) {
    this.set(row, column, random() - 0.3)
  })
  return r.transpose().mmul(r).add(Matrix.eye(n).mul(ridge))
}

/** XᵀX + λ · I, the long way. */
function gramOf(libraries: Libraries, l2: number): Matrix {
  const { games } = interactionsOf(libraries)
  const vocabulary = [...new Set(games)]
  const plays = new Matrix(libraries.map((library) => vocabulary.map((game) => Number(game in library))))
  return plays.transpose().mmul(plays).add(Matrix.eye(vocabulary.length).mul(l2))
}

type Options = Layout & { readonly size?: number; readonly threads?: Threads }

async function inverted(matrix: Matrix, options: Options = {}): Promise<Matrix> {
  const n = matrix.rows
  const { size = n, threads = testThreads(1), ...layout } = options
  const work = cutTiles({ n, size: Math.min(n, size) }, (row, column) => matrix.get(row, column))
  const result = createTiles(work)
  await invert({ work, result }, { ...layout, threads })
  return Matrix.from1DArray(n, n, wholeOf(result))
}

function greatestDifference(a: Matrix, b: Matrix): number {
  return Matrix.sub(a, b).abs().max()
}

describe.each([
  ['at once', 1000],
  ['in tiles', 16],
  ['in tiles smaller than a leaf', 5],
])('%s', (_, size) => {
  it.each([1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 64, 65])(
    'inverts %i rows as float64 does',
    async (n) => {
      const matrix = spd(n, 1)
      expect(greatestDifference(await inverted(matrix, { leaf: 8, size }), inverse(matrix))).toBeLessThan(
        1e-4,
      )
    },
  )
})

describe.each([
  ['at once', 1000],
  ['in tiles', 60],
])('%s, through many levels', (_, size) => {
  it('stays exact where all games have much in common', async () => {
    // As in real libraries, nearly everybody owns the same games: the greatest eigenvalue is 10⁵ times the least.
    const n = 300
    const matrix = Matrix.add(spd(n, 1), Matrix.ones(n, n).mul(400))
    const product = matrix.mmul(await inverted(matrix, { leaf: 8, size }))
    expect(greatestDifference(product, Matrix.eye(n))).toBeLessThan(0.01)
  })

  it('stays exact where many players own a few games and few own the others', async () => {
    const matrix = gramOf(randomLibraries(4000, 150), 1)
    const found = await inverted(matrix, { leaf: 8, size })
    expect(greatestDifference(matrix.mmul(found), Matrix.eye(matrix.rows))).toBeLessThan(1e-4)
  })
})

it('inverts just above its own leaf and tile', async () => {
  for (const n of [257, 769]) {
    const matrix = spd(n, 5)
    const found = await inverted(matrix, { size: 768 })
    expect(greatestDifference(matrix.mmul(found), Matrix.eye(n))).toBeLessThan(1e-4)
  }
})

it('gives the same bits whatever the number of threads', async () => {
  const matrix = spd(450, 5)
  const options = { size: 200, leaf: 64 }
  const alone = await inverted(matrix, options)
  for (const count of [2, 3]) {
    const found = await inverted(matrix, { ...options, threads: testThreads(count) })
    expect(found.to1DArray()).toEqual(alone.to1DArray())
  }
})

it('reckons as one graph as it does tile by tile', async () => {
  const n = 70
  const shape = { n, size: 20 }
  const matrix = spd(n, 2)
  const work = cutTiles(shape, (row, column) => matrix.get(row, column))
  const result = createTiles(shape)
  const operands = ({ memory }: Tiles) =>
    tilesOf(shape).map(([i, j], at) => ({
      data: memory[at] ?? new Float32Array(),
      dims: [blockLength(shape, i), blockLength(shape, j)],
    }))
  const graph = inverseGraph(shape, { leaf: 8 })
  await runGraph({ graph, inputs: operands(work), outputs: operands(result) }, 'cpu')
  expect(wholeOf(result)).toEqual((await inverted(matrix, { size: 20, leaf: 8 })).to1DArray())
})

it('reckons in float64 where it is asked to', async () => {
  // Whole numbers and a power of two, so that nothing is lost before the solver begins.
  const n = 120
  const random = createRandom(1)
  const r = Matrix.zeros(n, n).apply(function (row, column) {
    this.set(row, column, random() < 0.5 ? 1 : 0)
  })
  const matrix = r
    .transpose()
    .mmul(r)
    .mul(64)
    .add(Matrix.eye(n).mul(2 ** -9))
  const exact = inverse(matrix)
  const error = async (precision: 'float32' | 'float64') =>
    greatestDifference(await inverted(matrix, { leaf: 16, precision }), exact) / exact.max()
  expect(await error('float64')).toBeLessThan(1e-5)
  expect(await error('float32')).toBeGreaterThan(1e-3)
})

it('builds the same graph each time, and another for another size', () => {
  const bytes = (n: number) => Buffer.from(inverseGraph(shapeOf(n)))
  expect(bytes(1700).equals(bytes(1700))).toBe(true)
  expect(bytes(1700).equals(bytes(1701))).toBe(false)
})

it('knows that float64 takes more memory', () => {
  expect(memoryNeeded(10_978)).toBeGreaterThan(0.9e9)
  expect(memoryNeeded(10_978, 'float64')).toBeGreaterThan(1.5 * memoryNeeded(10_978))
})
