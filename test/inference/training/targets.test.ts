import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepColumns, targetColumns } from '../../../inference/training/targets.ts'

describe('the columns that are kept', () => {
  const vocabulary = Int32Array.of(10, 20, 30, 40)

  it('are those of the games that may be picked, ascending; all where none are named', () => {
    expect([...targetColumns(vocabulary, new Set([40, 5, 20]))]).toEqual([1, 3])
    expect([...targetColumns(vocabulary, undefined)]).toEqual([0, 1, 2, 3])
  })

  it('cannot be none', () => {
    expect(() => targetColumns(vocabulary, new Set([5]))).toThrow(
      /none of the 4 games .* npm run import -- games/,
    )
  })

  it('hold of every row what the whole matrix holds there, and nothing else', () => {
    const square = fc.integer({ min: 1, max: 12 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        columns: fc
          .uniqueArray(fc.nat(n - 1), { minLength: 1, maxLength: n })
          .map((all) => all.sort((a, b) => a - b)),
      }),
    )
    fc.assert(
      fc.property(square, ({ n, columns }) => {
        const matrix = Float32Array.from({ length: n * n }, (_, at) => at + 1)
        const expected = Array.from({ length: n }, (_, row) =>
          columns.map((column) => row * n + column + 1),
        ).flat()
        expect([...keepColumns(matrix, Int32Array.from(columns))]).toEqual(expected)
      }),
    )
  })
})
