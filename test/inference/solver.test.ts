import { inverse, Matrix } from 'ml-matrix'
import { expect, it } from 'vitest'
import { inverseGraph, invert, memoryNeeded } from '../../inference/solver.ts'
import { createRandom } from '../support/interactions.ts'

/** RᵀR + ridge · I, symmetric and positive definite. */
function spd(n: number, ridge: number): Matrix {
  const random = createRandom(n)
  const r = Matrix.zeros(n + 3, n).apply(function (row, column) {
    this.set(row, column, random() - 0.3)
  })
  return r.transpose().mmul(r).add(Matrix.eye(n).mul(ridge))
}

async function inverted(matrix: Matrix, options: Parameters<typeof invert>[2]): Promise<Matrix> {
  const values = Float32Array.from(matrix.to1DArray())
  await invert(values, matrix.rows, options)
  return new Matrix(
    Array.from({ length: matrix.rows }, (_, row) => [
      ...values.subarray(row * matrix.rows, (row + 1) * matrix.rows),
    ]),
  )
}

function greatestDifference(a: Matrix, b: Matrix): number {
  return Matrix.sub(a, b).abs().max()
}

it.each([1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 64, 65, 101])('inverts %i rows as float64 does', async (n) => {
  const matrix = spd(n, 1)
  expect(greatestDifference(await inverted(matrix, { leaf: 8 }), inverse(matrix))).toBeLessThan(1e-4)
})

it('inverts just above its own leaf size', async () => {
  const matrix = spd(257, 5)
  expect(greatestDifference(await inverted(matrix, {}), inverse(matrix))).toBeLessThan(1e-4)
})

it('stays exact through many levels where all games have much in common', async () => {
  // As in real libraries, nearly everybody owns the same games: the greatest eigenvalue is 10⁵ times the least.
  const n = 300
  const matrix = Matrix.add(spd(n, 1), Matrix.ones(n, n).mul(400))
  const product = matrix.mmul(await inverted(matrix, { leaf: 8 }))
  expect(greatestDifference(product, Matrix.eye(n))).toBeLessThan(0.01)
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
    .add(Matrix.eye(n).mul(2 ** -6))
  const exact = inverse(matrix)
  const error = async (precision: 'float32' | 'float64') =>
    greatestDifference(await inverted(matrix, { leaf: 16, precision }), exact) / exact.max()
  expect(await error('float64')).toBeLessThan(1e-5)
  expect(await error('float32')).toBeGreaterThan(1e-3)
})

it('builds the same graph each time, and another for another size', () => {
  expect(Buffer.from(inverseGraph(700)).equals(inverseGraph(700))).toBe(true)
  expect(Buffer.from(inverseGraph(700)).equals(inverseGraph(701))).toBe(false)
})

it('knows that float64 takes more memory', () => {
  expect(memoryNeeded(10_978)).toBeGreaterThan(1.6e9)
  expect(memoryNeeded(10_978, 'float64')).toBeGreaterThan(2 * memoryNeeded(10_978))
})
