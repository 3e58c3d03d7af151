import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unavailable } from '../../core/unavailable.ts'
import * as words from '../../core/words.ts'

const usd = { initialCents: 1999, discount: 0, currency: 'USD' }

describe('a price', () => {
  it('says what is unknown, free, full and reduced', () => {
    expect(words.price(undefined)).toBe('unknown')
    expect(words.price({ ...usd, cents: 0, initialCents: 0 })).toBe('Free')
    expect(words.price({ ...usd, cents: 1999 })).toBe('$19.99')
    expect(words.price({ ...usd, cents: 999, discount: 50 })).toBe('$9.99 (−50%, was $19.99)')
  })

  it('knows currencies without a smaller unit', () => {
    expect(words.price({ cents: 12000, initialCents: 12000, discount: 0, currency: 'KRW' })).toBe('₩12,000')
  })
})

describe('reviews', () => {
  it.each([
    [undefined, 'unknown'],
    [{ share: 0, count: 0 }, 'No reviews yet'],
    [{ share: 1, count: 1 }, '100% of 1 review'],
    [{ share: 0.966, count: 12_345 }, 'Overwhelmingly positive (97% of 12,345 reviews)'],
    [{ share: 0.5, count: 100 }, 'Mixed (50% of 100 reviews)'],
    [{ share: 0.86, count: undefined }, 'Very positive (86%)'],
  ])('%o read as "%s"', (value, sentence) => {
    expect(words.reviews(value)).toBe(sentence)
  })
})

describe('a release date', () => {
  it.each([
    ['day', 'Jul 15, 2019'],
    ['month', 'Jul 2019'],
    ['quarter', 'Q3 2019'],
    ['year', '2019'],
  ] as const)('is no more precise than what is known: %s', (precision, sentence) => {
    expect(words.released({ at: '2019-07-15', precision })).toBe(sentence)
  })
})

describe('an explanation', () => {
  it('carries the reference for every party, and the party in words', () => {
    for (const party of ['steam', 'steam-key', 'inference', 'database'] as const) {
      expect(words.explainError(new Unavailable(party), 'a1b2c3')).toContain('(reference a1b2c3)')
    }
    expect(words.explainError(new Unavailable('steam'), 'x')).toContain('Steam')
    expect(words.explainError(new Error('secret detail'), 'x')).not.toContain('secret detail')
  })

  it('names the filters to drop', () => {
    const filters = words.filterWords({ genre: 'Roguelike', maxPrice: 0, language: undefined })
    expect(words.explainProblem({ kind: 'nothing-left', filters })).toBe(
      'No indie game is left with the tag “Roguelike” and a price of nothing. Drop one of them, or raise the price.',
    )
  })

  it('tells how old a snapshot is', () => {
    const now = new Date('2026-01-08T12:00:00Z')
    expect(words.staleNote(new Date('2026-01-08T11:20:00Z'), now)).toContain('40 minutes ago')
    expect(words.staleNote(new Date('2026-01-08T02:00:00Z'), now)).toContain('10 hours ago')
    expect(words.staleNote(new Date('2026-01-03T12:00:00Z'), now)).toContain('5 days ago')
  })
})

describe('clip', () => {
  it('never exceeds its length nor cuts a code point in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, length) => {
        const clipped = words.clip(text, length)
        expect([...clipped].length).toBeLessThanOrEqual(length)
        expect([...text].join('').startsWith([...clipped].slice(0, -1).join(''))).toBe(true)
      }),
    )
  })
})
