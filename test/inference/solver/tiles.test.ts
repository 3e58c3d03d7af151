import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyTiles, createTiles, entryAt, productOf, setEntry } from '../../../inference/solver/tiles.ts'
import { cutTiles, wholeOf } from '../../support/inference/tiles.ts'

const size = fc.integer({ min: 1, max: 20 })
const symmetric = (row: number, column: number) => Math.min(row, column) * 31 + Math.max(row, column)

it('copies a matrix into tiles of any size', () => {
  fc.assert(
    fc.property(size, size, size, (n, from, to) => {
      const given = cutTiles({ n, size: Math.min(n, from) }, symmetric)
      const other = createTiles({ n, size: Math.min(n, to) })
      // Whatever lies there from before is overwritten.
      for (const tile of other.memory) tile.fill(Number.NaN)
      copyTiles(given, other)
      expect(wholeOf(other)).toEqual(wholeOf(given))
    }),
  )
})

it('sets and reads entries from both sides of the diagonal', () => {
  fc.assert(
    fc.property(size, size, fc.nat(), fc.nat(), (n, width, a, b) => {
      const tiles = createTiles({ n, size: Math.min(n, width) })
      const [row, column] = [a % n, b % n]
      setEntry(tiles, row, column, 7)
      expect([entryAt(tiles, row, column), entryAt(tiles, column, row)]).toEqual([7, 7])
      expect(wholeOf(tiles).reduce((sum, value) => sum + value, 0)).toBe(row === column ? 7 : 14)
    }),
  )
})

it('multiplies the whole matrix, of which it holds a half, by a column', () => {
  fc.assert(
    fc.property(size, size, (n, width) => {
      const tiles = cutTiles({ n, size: Math.min(n, width) }, symmetric)
      const column = Float64Array.from({ length: n }, (_, at) => at - 3)
      const expected = Array.from({ length: n }, (_, row) =>
        column.reduce((sum, value, at) => sum + value * symmetric(row, at), 0),
      )
      expect([...productOf(tiles, column)]).toEqual(expected)
    }),
  )
})
