import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figures } from '../../../core/training/refresh.ts'
import { type Comparison, objections } from '../../../inference/evaluation/gate.ts'

const FIGURES: Figures = { ndcg100: 0.46, precision10: 0.25, recall20: 0.44, coverage10: 0.15 }
const FAIR: Comparison = {
  before: FIGURES,
  after: FIGURES,
  difference: { mean: 0.001, low: -0.01, high: 0.012 },
  pinned: [{ name: 'puzzles', known: 8, picks: 10, alike: 9 }],
}

describe('the gate', () => {
  it('lets a candidate pass that is no worse', () => {
    expect(objections(FAIR)).toEqual([])
  })

  it('lets one pass that is worse by no more than chance', () => {
    expect(objections({ ...FAIR, difference: { mean: -0.004, low: -0.01, high: 0.002 } })).toEqual([])
    expect(objections({ ...FAIR, difference: { mean: -0.004, low: -0.01, high: 0 } })).toEqual([])
  })

  it('holds one back that is worse beyond chance, and says by how much', () => {
    const difference = { mean: -0.02, low: -0.03, high: -0.01 }
    expect(objections({ ...FAIR, difference })).toEqual([
      'NDCG@100 falls by 0.020 (95 %: 0.010 to 0.030), which is more than chance',
    ])
  })

  it('holds one back that reaches far fewer games', () => {
    expect(objections({ ...FAIR, after: { ...FIGURES, coverage10: 0.075 } })).toEqual([])
    expect(objections({ ...FAIR, after: { ...FIGURES, coverage10: 0.074 } })).toEqual([
      'coverage@10 collapses from 0.150 to 0.074',
    ])
  })

  it('holds one back whose picks for a pinned library are not sane', () => {
    const pinned = [
      ...FAIR.pinned,
      { name: 'horror', known: 7, picks: 0, alike: 0, fault: 'only 0 picks of 10' },
    ]
    expect(objections({ ...FAIR, pinned })).toEqual(['horror: only 0 picks of 10'])
  })

  it('lets a first model pass that finds something, and none that finds nothing', () => {
    const first = { ...FAIR, before: undefined, difference: undefined }
    expect(objections(first)).toEqual([])
    expect(objections({ ...first, after: { ...FIGURES, ndcg100: 0 } })).toHaveLength(1)
  })

  it.each([
    ['NDCG@100', { after: { ...FIGURES, ndcg100: Number.NaN } }],
    ['the difference', { difference: { mean: Number.NaN, low: Number.NaN, high: Number.NaN } }],
    ['coverage', { after: { ...FIGURES, coverage10: Number.NaN } }],
  ])('lets none pass of which %s is not a number', (_name, broken) => {
    expect(objections({ ...FAIR, ...broken })).not.toEqual([])
  })

  it('is monotone: what passes does so with better figures, too', () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true })
    const bound = fc.double({ min: -0.5, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(
        share,
        share,
        bound,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (coverage, before, high, more) => {
          const at = (add: number) =>
            objections({
              ...FAIR,
              before: { ...FIGURES, coverage10: before },
              after: { ...FIGURES, coverage10: coverage + add },
              difference: { mean: high + add - 0.1, low: high + add - 0.2, high: high + add },
            }).length
          expect(at(more)).toBeLessThanOrEqual(at(0))
        },
      ),
    )
  })
})
