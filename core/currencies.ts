import { LOCALES } from './locale.ts'
import { plainly } from './plainly.ts'
import { CATALOGUE_CURRENCY, isExchangeable, type RateTable } from './prices.ts'
import type { Problem } from './problem.ts'

const NEAR = 3

/** The currencies in which the catalogue's prices can be told: its own, and those that have a rate. */
export function currenciesWith(rates: RateTable): string[] {
  const known = [...rates.keys()].filter((currency) => isExchangeable(currency, rates))
  return [...new Set([CATALOGUE_CURRENCY, ...known])].sort()
}

/** A currency from its code or its name in a language that we speak. */
export function findCurrency(typed: string, rates: RateTable): string | Problem {
  const asked = plainly(typed)
  const known = currenciesWith(rates)
  const found = known.find((currency) => spellings(currency).includes(asked))
  if (found !== undefined) return found
  if (known.length === 1) return { kind: 'no-rates', asked: typed }
  const named = known.filter(
    (currency) => asked !== '' && spellings(currency).some((one) => one.includes(asked)),
  )
  const near = new Set([...named, ...known.filter((currency) => isNear(currency, asked))])
  return { kind: 'unknown-currency', asked: typed, near: [...near].slice(0, NEAR) }
}

function spellings(currency: string): string[] {
  const names = LOCALES.map((locale) => nameOf(currency, locale))
  return [currency, ...names].map(plainly)
}

export function nameOf(currency: string, locale: string): string {
  return new Intl.DisplayNames([locale], { type: 'currency' }).of(currency) ?? currency
}

/** One letter is wrong, or they are in another order. */
function isNear(currency: string, asked: string): boolean {
  if (asked.length !== currency.length) return false
  const code = [...plainly(currency)]
  const right = code.filter((letter, at) => letter === asked[at]).length
  return right === code.length - 1 || code.toSorted().join('') === [...asked].toSorted().join('')
}
