import { expect, it } from 'vitest'
import { mean, standardError } from '../../../inference/evaluation/metrics.ts'
import { pairedDifference } from '../../../inference/evaluation/paired-bootstrap.ts'
import { createRandom } from '../../support/builders/interactions.ts'

/** Players differ a lot from each other, and little between the two methods. */
function players(count: number, gain: number, seed = 1) {
  const random = createRandom(seed)
  const before = Array.from({ length: count }, random)
  return { before, after: before.map((value) => value + gain + (random() - 0.5) / 10) }
}

it('a gain that all players share has no width', () => {
  const { mean, low, high } = pairedDifference([0.1, 0.9, 0.4], [0.2, 1, 0.5])
  for (const each of [mean, low, high]) expect(each).toBeCloseTo(0.1, 12)
})

it('a small gain shows although players differ much more than that', () => {
  const { before, after } = players(400, 0.01)
  const { low, high } = pairedDifference(before, after)
  expect(low).toBeGreaterThan(0)
  expect(high).toBeLessThan(0.02)
  expect(standardError(before)).toBeGreaterThan(0.01)
})

it('a change by chance is not told from none', () => {
  const { before, after } = players(400, 0)
  const { low, high } = pairedDifference(before, after)
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
})

it('the interval is as wide as the normal one where many players are drawn', () => {
  const { before, after } = players(1_000, 0.02)
  const differences = after.map((value, at) => value - (before[at] ?? 0))
  const found = pairedDifference(before, after)
  expect(found.mean).toBeCloseTo(mean(differences), 12)
  expect((found.high - found.low) / (2 * 1.96 * standardError(differences))).toBeGreaterThan(0.9)
  expect((found.high - found.low) / (2 * 1.96 * standardError(differences))).toBeLessThan(1.1)
})

it('swapping the two turns the interval around, up to the luck of the draw', () => {
  const { before, after } = players(200, 0.02)
  const [there, back] = [pairedDifference(before, after), pairedDifference(after, before)]
  expect(back.mean).toBeCloseTo(-there.mean, 12)
  expect(back.low).toBeCloseTo(-there.high, 3)
})

it('the same seed draws the same players, another one others', () => {
  const { before, after } = players(50, 0.02)
  expect(pairedDifference(before, after, 7)).toEqual(pairedDifference(before, after, 7))
  expect(pairedDifference(before, after, 7).low).not.toBe(pairedDifference(before, after, 8).low)
})

it('one player is an interval without width', () => {
  expect(pairedDifference([0.25], [0.5])).toEqual({ mean: 0.25, low: 0.25, high: 0.25 })
})

it.each([
  { before: [], after: [] },
  { before: [1, 2], after: [1] },
])('$before and $after do not pair', ({ before, after }) => {
  expect(() => pairedDifference(before, after)).toThrow('do not pair')
})
