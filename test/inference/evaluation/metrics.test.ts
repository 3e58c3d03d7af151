import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mean, median, quality, standardError } from '../../../inference/evaluation/metrics.ts'
import { topRows } from '../../../inference/model/reranker/top-rows.ts'

const upTo = (n: number) => Array.from({ length: n }, (_, at) => at)

it('agrees with figures done by hand', () => {
  // Hits at ranks 1, 4 and 15; a fourth target is never ranked.
  const found = quality(upTo(30), new Set([0, 3, 14, 999]))
  expect(found.precision10).toBeCloseTo(0.2)
  expect(found.ceiling10).toBeCloseTo(0.4)
  expect(found.recall20).toBeCloseTo(3 / 4)
  expect(found.recall50).toBeCloseTo(3 / 4)
  // 1/log₂2 + 1/log₂5 + 1/log₂16 against 1/log₂2 + 1/log₂3 + 1/log₂4 + 1/log₂5
  expect(found.ndcg100).toBeCloseTo((1 + 0.430677 + 0.25) / (1 + 0.63093 + 0.5 + 0.430677), 5)
})

it('divides recall by what could be found at all', () => {
  const found = quality(upTo(100), new Set(upTo(40)))
  expect(found).toEqual({ precision10: 1, ceiling10: 1, recall20: 1, recall50: 1, ndcg100: 1 })
})

it('ignores hits behind rank 100', () => {
  expect(quality(upTo(300), new Set([150])).ndcg100).toBe(0)
})

it('takes means, their errors and medians', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(standardError([1, 2, 6])).toBeCloseTo(Math.sqrt(7 / 3))
  expect(standardError([4])).toBe(0)
  expect(median([5, 1, 3])).toBe(3)
  expect(median([5, 1, 3, 2])).toBe(2.5)
})

it('picks the best rows as sorting all of them would, equal ones in order', () => {
  const score = fc.integer({ min: -3, max: 3 })
  fc.assert(
    fc.property(
      fc.array(score, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      (list, count) => {
        const candidates = Int32Array.from(list.keys()).filter((row) => row % 4 !== 1)
        const sorted = [...candidates].sort((a, b) => (list[b] ?? 0) - (list[a] ?? 0) || a - b)
        expect([...topRows(Float64Array.from(list), candidates, count)]).toEqual(sorted.slice(0, count))
      },
    ),
  )
})
