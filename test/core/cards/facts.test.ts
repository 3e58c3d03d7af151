import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceIn, releaseIn, reviewsIn } from '../../../core/cards/facts.ts'
import type { Price, Release, Reviews } from '../../../core/catalogue/game.ts'
import { pricesIn } from '../../../core/catalogue/prices.ts'
import { clip } from '../../../core/strings/formats.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { RATES } from '../../support/fakes/rates.ts'

const [en, ko] = [stringsIn('en'), stringsIn('ko')]
const usd = { initialCents: 1999, discount: 0, currency: 'USD' }

describe('a price', () => {
  it.each([
    [undefined, 'unknown', '알 수 없음'],
    [{ ...usd, cents: 0, initialCents: 0 }, 'Free', '무료'],
    [{ ...usd, cents: 1999 }, '$19.99', 'US$19.99'],
    [{ ...usd, cents: 999, discount: 50 }, '$9.99 (−50%, was $19.99)', 'US$9.99 (−50%, 정가 US$19.99)'],
    [{ cents: 12_000, initialCents: 12_000, discount: 0, currency: 'KRW' }, '₩12,000', '₩12,000'],
  ] as [Price | undefined, string, string][])('%o reads “%s” and “%s”', (price, english, korean) => {
    expect([priceIn(en, price), priceIn(ko, price)]).toEqual([english, korean])
  })
})

describe('a price where the place has another currency', () => {
  const told = (currency: string) => {
    const prices = pricesIn(currency, RATES)
    return (price: Price) => [priceIn({ ...en, prices }, price), priceIn({ ...ko, prices }, price)]
  }

  it.each([
    ['EUR', { ...usd, cents: 1999 }, '$19.99 (≈ €18.47)', 'US$19.99 (약 €18.47)'],
    ['KRW', { ...usd, cents: 1999 }, '$19.99 (≈ ₩26,095)', 'US$19.99 (약 ₩26,095)'],
    ['JPY', { ...usd, cents: 1999 }, '$19.99 (≈ ¥3,014)', 'US$19.99 (약 JP¥3,014)'],
    [
      ...['KRW', { ...usd, cents: 999, discount: 50 }],
      ...['$9.99 (≈ ₩13,041; −50%, was $19.99)', 'US$9.99 (약 ₩13,041, −50%, 정가 US$19.99)'],
    ],
  ] as [string, Price, string, string][])('%s: %o reads “%s” and “%s”', (currency, price, ...read) => {
    expect(told(currency)(price)).toEqual(read)
  })

  it('stays as it is stated where it is free, in that currency, or without a rate', () => {
    expect(told('KRW')({ ...usd, cents: 0, initialCents: 0 })).toEqual(['Free', '무료'])
    expect(told('KRW')({ ...usd, cents: 0, discount: 100 })[0]).toBe('Free (−100%, was $19.99)')
    expect(told('USD')({ ...usd, cents: 1999 })[0]).toBe('$19.99')
    expect(told('KWD')({ ...usd, cents: 1999 })[0]).toBe('$19.99')
    expect(told('KRW')({ ...usd, cents: 1999, currency: 'KWD' })[0]).toBe('KWD\u00a01.999')
  })
})

describe('reviews', () => {
  it.each([
    [undefined, 'unknown', '알 수 없음'],
    [{ share: 0, count: 0 }, 'No reviews yet', '아직 평가가 없어요'],
    [{ share: 1, count: 1 }, '100% of 1 review', '평가 1개 중 100%'],
    [
      { share: 0.966, count: 12_345 },
      'Overwhelmingly positive (97% of 12,345 reviews)',
      '압도적으로 긍정적 (평가 12,345개 중 97%)',
    ],
    [{ share: 0.5, count: 100 }, 'Mixed (50% of 100 reviews)', '복합적 (평가 100개 중 50%)'],
    [{ share: 0.86, count: undefined }, 'Very positive (86%)', '매우 긍정적 (86%)'],
  ] as [Reviews | undefined, string, string][])('%o read “%s” and “%s”', (reviews, english, korean) => {
    expect([reviewsIn(en, reviews), reviewsIn(ko, reviews)]).toEqual([english, korean])
  })
})

describe('a release date', () => {
  it.each([
    ['day', 'Jul 15, 2019', '2019. 7. 15.'],
    ['month', 'Jul 2019', '2019년 7월'],
    ['quarter', 'Q3 2019', '2019년 3분기'],
    ['year', '2019', '2019년'],
  ] as [Release['precision'], string, string][])(
    'is no more precise than what is known: %s',
    (precision, ...read) => {
      const release: Release = { at: '2019-07-15', precision }
      expect([releaseIn(en, release), releaseIn(ko, release)]).toEqual(read)
    },
  )
})

describe('a failure', () => {
  it.each([en, ko])(
    'carries the reference whoever failed, and asks to try again or tells who knows',
    ({ failures }) => {
      for (const explain of Object.values(failures)) expect(explain('a1b2c3')).toContain('a1b2c3')
      expect(failures.steam('x')).toContain('Steam')
    },
  )
})

describe('the age of a snapshot', () => {
  const now = new Date('2026-01-08T12:00:00Z')
  it.each([
    ['2026-01-08T11:20:00Z', '40 minutes ago', '40분 전'],
    ['2026-01-08T02:00:00Z', '10 hours ago', '10시간 전'],
    ['2026-01-03T12:00:00Z', '5 days ago', '5일 전'],
  ])('%s reads “%s” and “%s”', (since, english, korean) => {
    const at = new Date(since)
    expect([en.format.ago(at, now), ko.format.ago(at, now)]).toEqual([english, korean])
  })
})

describe('clip', () => {
  it('never exceeds its length nor cuts a code point in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, length) => {
        const clipped = clip(text, length)
        expect([...clipped].length).toBeLessThanOrEqual(length)
        expect([...text].join('').startsWith([...clipped].slice(0, -1).join(''))).toBe(true)
      }),
    )
  })
})
