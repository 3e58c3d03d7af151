import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currenciesWith, findCurrency } from '../../core/currencies.ts'
import { explainProblem, wordsIn } from '../../core/words/words.ts'
import { RATES } from '../support/rates.ts'

const NONE = new Map()
const [en, ko] = [wordsIn('en'), wordsIn('ko')]

describe('the currency of a place', () => {
  it.each([
    ['KRW', 'KRW'],
    [' krw ', 'KRW'],
    ['Euro', 'EUR'],
    ['유로', 'EUR'],
    ['South Korean won', 'KRW'],
    ['usd', 'USD'],
  ])('%s is %s', (typed, code) => {
    expect(findCurrency(typed, RATES)).toBe(code)
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
    expect(findCurrency(typed, RATES)).toEqual({ kind: 'unknown-currency', asked: typed, near })
  })

  it('can be none but the catalogue’s own where no rates are loaded', () => {
    expect(findCurrency('USD', NONE)).toBe('USD')
    const problem = findCurrency('KRW', NONE)
    if (typeof problem === 'string') throw new Error('it was found')
    expect(explainProblem(problem, en)).toContain('npm run import -- rates')
    expect(explainProblem(problem, ko)).toContain('npm run import -- rates')
  })

  it('is one that has a rate, beside that of the catalogue', () => {
    expect(currenciesWith(RATES)).toEqual(['EUR', 'GBP', 'IDR', 'ISK', 'JPY', 'KRW', 'USD'])
    expect(currenciesWith(new Map([['EUR', 1]]))).toEqual(['USD'])
    expect(currenciesWith(NONE)).toEqual(['USD'])
  })

  it('is found or not, and never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void findCurrency(typed, RATES)))
  })
})
