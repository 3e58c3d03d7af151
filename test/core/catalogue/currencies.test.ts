import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currenciesLike, readCurrency } from '../../../core/catalogue/currencies.ts'
import { explainProblem, stringsIn } from '../../../core/strings/strings.ts'
import { RATES } from '../../support/fakes/rates.ts'

const NONE = new Map()
const [en, ko] = [stringsIn('en'), stringsIn('ko')]

describe('the currency of a place', () => {
  it.each([
    ['KRW', 'KRW'],
    [' krw ', 'KRW'],
    ['Euro', 'EUR'],
    ['유로', 'EUR'],
    ['South Korean won', 'KRW'],
    ['usd', 'USD'],
    [' None', 'none'],
  ])('%s is %s', (typed, code) => {
    expect(readCurrency(typed, RATES)).toBe(code)
  })

  it.each([
    ['won', ['KRW']],
    ['KRV', ['KRW']],
    ['GPB', ['GBP']],
    ['pound', ['GBP']],
    ['원', ['KRW']],
    ['KWD', []],
    ['toString', []],
    ['', []],
  ])('that is not known is told with near ones: %s', (typed, near) => {
    expect(readCurrency(typed, RATES)).toEqual({ kind: 'unknown-currency', asked: typed, near })
  })

  it('can be none but the catalogue’s own where no rates are loaded', () => {
    expect(readCurrency('USD', NONE)).toBe('USD')
    const problem = readCurrency('KRW', NONE)
    if (typeof problem === 'string') throw new Error('it was found')
    expect(explainProblem(problem, en)).toContain('npm run import -- rates')
    expect(explainProblem(problem, ko)).toContain('npm run import -- rates')
  })

  it('is one that has a rate, beside that of the catalogue', () => {
    expect(currenciesLike('', RATES)).toEqual(['EUR', 'GBP', 'IDR', 'ISK', 'JPY', 'KRW', 'USD'])
    expect(currenciesLike('', new Map([['EUR', 1]]))).toEqual(['USD'])
    expect(currenciesLike('', NONE)).toEqual(['USD'])
  })

  it('is completed by its code, then by its name', () => {
    expect(currenciesLike('k', RATES)).toEqual(['KRW', 'ISK'])
    expect(currenciesLike('u', RATES)).toEqual(['USD', 'EUR', 'GBP', 'IDR', 'KRW'])
    expect(currenciesLike('엔', RATES)).toEqual(['JPY'])
    expect(currenciesLike('zz', RATES)).toEqual([])
  })

  it('is found or not, and never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void readCurrency(typed, RATES)))
  })
})
