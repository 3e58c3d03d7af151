import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AS_STATED,
  CATALOGUE_CURRENCY,
  centsWithin,
  decimalsOf,
  limitFor,
  limitTyped,
  pricesIn,
  toldIn,
} from '../../../core/catalogue/prices.ts'
import { RATES } from '../../support/fakes/rates.ts'

const price = (cents: number, currency = 'USD') => ({ cents, initialCents: cents, discount: 0, currency })
const place = fc.constantFrom(...RATES.keys()).map((currency) => pricesIn(currency, RATES))
const cents = fc.integer({ min: 1, max: 100_000 })

describe('a price in the currency of a place', () => {
  it.each([
    ['EUR', 999, 923],
    ['KRW', 999, 13_041],
    ['JPY', 999, 1_506],
    ['GBP', 999, 790],
    ['GBP', 1, 1],
  ])('is told in %s: %i cents are %i', (currency, stated, told) => {
    expect(toldIn(price(stated), pricesIn(currency, RATES))).toBe(told)
  })

  it('is told from whatever currency the store states', () => {
    expect(toldIn(price(12_000, 'KRW'), AS_STATED)).toBeUndefined()
    expect(toldIn(price(12_000, 'KRW'), pricesIn('EUR', RATES))).toBe(849)
    expect(toldIn(price(100, 'KWD'), pricesIn('EUR', RATES))).toBeUndefined()
  })

  it('needs no telling where it is free or stated in that currency', () => {
    expect(toldIn(price(0), pricesIn('KRW', RATES))).toBeUndefined()
    expect(toldIn(price(999), pricesIn('USD', RATES))).toBeUndefined()
  })

  it('is told as it is stated where a rate is missing or none was chosen', () => {
    expect(pricesIn(undefined, RATES).currency).toBe(CATALOGUE_CURRENCY)
    expect(pricesIn('KWD', RATES).currency).toBe(CATALOGUE_CURRENCY)
    expect(pricesIn('KRW', new Map([['KRW', 1412.83]])).currency).toBe(CATALOGUE_CURRENCY)
  })
})

describe('a limit in the currency of a place', () => {
  it('lets through what is told as no more, and nothing that is told as more', () => {
    fc.assert(
      fc.property(place, cents, fc.integer({ min: -2, max: 2 }), (prices, cost, off) => {
        const told = toldIn(price(cost), prices) ?? cost
        const limit = Math.max(0, told + off)
        expect(cost <= centsWithin(limit, prices)).toBe(told <= limit)
      }),
    )
  })

  it('is the same typed as it is told', () => {
    fc.assert(
      fc.property(place, cents, (prices, cost) => {
        const limit = limitFor(cost, prices)
        expect(limitTyped(limit / 10 ** decimalsOf(prices.currency), prices)).toBe(limit)
      }),
    )
  })

  it('of nothing is for free games alone', () => {
    // Where a cent comes to less than half of the smallest unit, it is told as nothing.
    const dear = new Map([...RATES, ['XAU', 0.0004]])
    for (const currency of dear.keys()) expect(centsWithin(0, pricesIn(currency, dear))).toBe(0)
  })

  it('of all the money in the world is one that the catalogue can hold', () => {
    const limit = limitTyped(100_000_000, AS_STATED)
    expect(centsWithin(limit, AS_STATED)).toBe(2 ** 31 - 1)
    fc.assert(
      fc.property(place, fc.double({ min: 0, max: 100_000_000, noNaN: true }), (prices, amount) => {
        const most = centsWithin(limitTyped(amount, prices), prices)
        expect(Number.isInteger(most) && most >= 0 && most < 2 ** 31).toBe(true)
      }),
    )
  })
})
