import { LOCALES } from '../locale.ts'
import type { Problem } from '../problem.ts'
import { normalizeName } from './normalize-name.ts'
import { CATALOGUE_CURRENCY, isExchangeable, type RateTable } from './prices.ts'

/** Takes back what was chosen. */
export const NO_CURRENCY = 'none'

const NEAR = 3

const SPOKEN = LOCALES.map((locale) => new Intl.DisplayNames([locale], { type: 'currency' }))

/** A currency from its code or its name in a language that we speak, or `none`. */
export function readCurrency(typed: string, rates: RateTable): string | Problem {
  const asked = normalizeName(codeShown(typed) ?? typed)
  const known = currenciesWith(rates)
  if (asked === NO_CURRENCY) return NO_CURRENCY
  const found = known.find((currency) => spellings(currency).includes(asked))
  if (found !== undefined) return found
  if (known.length === 1) return { kind: 'no-rates', asked: typed }
  const alike = [...currenciesLike(typed, rates), ...known.filter((currency) => isNear(currency, asked))]
  const near = asked === '' ? [] : [...new Set(alike)].slice(0, NEAR)
  return { kind: 'unknown-currency', asked: typed, near }
}

/** Of what a completion and the settings show: `KRW (South Korean Won, …)`, `South Korean Won (KRW)`. */
function codeShown(typed: string): string | undefined {
  return /^\s*([a-z]{3})\s*\(/i.exec(typed)?.[1] ?? /\(([a-z]{3})\)\s*$/i.exec(typed)?.[1]
}

/** Those whose code begins with what was typed, then those that have it in a name. */
export function currenciesLike(typed: string, rates: RateTable): string[] {
  const asked = normalizeName(typed)
  const begins = (currency: string) => Number(normalizeName(currency).startsWith(asked))
  return currenciesWith(rates)
    .filter((currency) => spellings(currency).some((spelling) => spelling.includes(asked)))
    .sort((a, b) => begins(b) - begins(a))
}

/** In every language that we speak. */
export function namesOf(currency: string): string[] {
  return SPOKEN.map((names) => names.of(currency) ?? currency)
}

/** The currencies in which the catalogue's prices can be told: its own, and those that have a rate. */
function currenciesWith(rates: RateTable): string[] {
  const known = [...rates.keys()].filter((currency) => isExchangeable(currency, rates))
  return [...new Set([CATALOGUE_CURRENCY, ...known])].sort()
}

function spellings(currency: string): string[] {
  return [currency, ...namesOf(currency)].map(normalizeName)
}

/** One letter is wrong, or they are in another order. */
function isNear(currency: string, asked: string): boolean {
  if (asked.length !== currency.length) return false
  const code = [...normalizeName(currency)]
  const right = code.filter((letter, at) => letter === asked[at]).length
  return right === code.length - 1 || code.toSorted().join('') === [...asked].toSorted().join('')
}
