import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GameLabels } from '../../../core/catalogue/game-labels.ts'
import { labelRows } from '../../../inference/training/labels.ts'

/** Games × labels that are kept, as numbers by game and row. */
function columns(labels: readonly GameLabels[], ...sources: Parameters<typeof labelRows>[1]) {
  const { offsets, rows, values } = labelRows(labels, sources)
  const found = labels.map((): Record<number, number> => ({}))
  for (let label = 0; label + 1 < offsets.length; label++) {
    for (let at = offsets[label] ?? 0; at < (offsets[label + 1] ?? 0); at++) {
      const column = found[rows[at] ?? -1]
      if (column) column[label] = values[at] ?? 0
    }
  }
  return found
}

it('weighs what few games carry more, and makes every game as long as the others', () => {
  const labels: GameLabels[] = [{ tag: ['a', 'b'] }, { tag: ['a', 'b'] }, { tag: ['a'] }, {}]
  const [a, b] = [Math.log(4 / 3), Math.log(4 / 2)]
  const [first, second, third, fourth] = columns(labels, 'tag')
  expect(first).toEqual({
    0: expect.closeTo(a / Math.hypot(a, b), 5),
    1: expect.closeTo(b / Math.hypot(a, b), 5),
  })
  expect(second).toEqual(first)
  expect(third).toEqual({ 0: 1 })
  expect(fourth).toEqual({})
})

it('leaves out what a single game carries, and what all of them do', () => {
  expect(columns([{ tag: ['all', 'alone'] }, { tag: ['all'] }], 'tag')).toEqual([{}, {}])
})

it('takes the wanted sources alone, and tells a genre from a tag of the same name', () => {
  const labels: GameLabels[] = [
    { tag: ['indie'], genre: ['indie'], developer: ['x'] },
    { tag: ['indie'], genre: [], developer: ['x'] },
    { genre: ['indie'] },
    {},
  ]
  expect(columns(labels, 'genre').map((column) => Object.keys(column).length)).toEqual([1, 0, 1, 0])
  expect(columns(labels, 'tag', 'genre').map((column) => Object.keys(column).length)).toEqual([2, 1, 1, 0])
})

it('is the same whatever the order of the labels, and each column has length 1 or none', () => {
  const game = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 })
  fc.assert(
    fc.property(fc.array(game, { maxLength: 12 }), (games) => {
      const found = labelRows(
        games.map((tag) => ({ tag })),
        ['tag'],
      )
      expect(
        labelRows(
          games.map((tag) => ({ tag: tag.toReversed() })),
          ['tag'],
        ),
      ).toEqual(found)
      const squares = new Float64Array(games.length)
      for (const [at, row] of found.rows.entries())
        squares[row] = (squares[row] ?? 0) + (found.values[at] ?? 0) ** 2
      for (const square of squares) expect([0, expect.closeTo(1, 5)]).toContainEqual(square)
    }),
  )
})
