import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsOf, renderReport, reportOf } from '../../../../bot/jobs/refresh/report.ts'
import { PROMOTED, REFRESHES } from '../../../support/builders/refreshes.ts'

describe('the report of a refresh', () => {
  it('says what changed, how good it is now and was before, on what, and how long it took', () => {
    const said = renderReport(reportOf(PROMOTED))
    for (const words of [
      'Version 7 is served',
      'takes the place of version 6',
      'From 300 players who agreed: 54013 rows new, 12 gone; 1 player left.',
      'Judged by 81 held-out players',
      'NDCG@100 +0.0080 a player, 95 % interval −0.0020 to +0.0190',
      'roguelikes 9/10 picks alike',
      'players: 4,159 (before 3,876)',
      'unknown games in libraries: 5.38 % (before 6.12 %)',
      'train: 51.9 s (memory up to 0.84 GB)',
    ])
      expect(said).toContain(words)
    expect(said).not.toContain('horror')
  })

  it.each([
    ['promoted', 'Version 7 is served'],
    ['unchanged', 'Nothing new to learn'],
    ['refused', 'Candidate refused: version 6 stays'],
    ['failed', 'Refresh failed: version 6 stays'],
    ['abandoned', 'Refresh abandoned: version 6 stays'],
    ['rolled-back', 'Rolled back: version 6 is out of service'],
  ])('that was %s is headed so', (state, title) => {
    expect(reportOf(REFRESHES.find((one) => one.state === state) ?? PROMOTED).title).toBe(title)
  })

  it('pictures both models where there are two', () => {
    expect(reportOf(PROMOTED).chart?.series).toEqual(['candidate', 'served before'])
    expect(reportOf(REFRESHES[1] ?? PROMOTED).chart?.series).toEqual(['candidate'])
    expect(reportOf(REFRESHES[4] ?? PROMOTED).chart).toBeUndefined()
  })
})

describe('bars of text', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  it('are all of one width, whatever the figures, and the longest is full', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(share, fc.option(share, { nil: undefined })), { minLength: 1 }),
        (pairs) => {
          const figures = pairs.map(([now, before]) => ({ name: 'NDCG@100', before, now }))
          const bars = barsOf(figures)
          expect(new Set(bars.map((line) => line.length)).size).toBe(1)
          const longest = Math.max(...pairs.flat().map((one) => one ?? 0))
          if (longest > 0.01) expect(bars.some((line) => line.includes('█'.repeat(20)))).toBe(true)
        },
      ),
    )
  })
})
