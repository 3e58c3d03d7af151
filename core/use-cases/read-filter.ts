import { ADULT_LABELS } from '../catalogue/adult-labels.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Filter } from '../catalogue/filter.ts'
import { findLanguage } from '../catalogue/languages.ts'
import { normalizeName } from '../catalogue/normalize-name.ts'
import type { Rates } from '../catalogue/prices.ts'
import { centsWithin, currencyOf, isExchangeable, limitTyped, type Prices } from '../catalogue/prices.ts'
import type { Age, FilterInput } from '../commands/filter-input.ts'
import type { PlaceRules } from '../places/place.ts'
import type { Problem } from '../problem.ts'

type Needs = {
  readonly catalogue: Catalogue
  readonly now: () => Date
  /** For a limit in another currency than the place's. */
  readonly rates?: Rates
}

/** The filter, or the problem with what was typed. */
export async function readFilter(
  { catalogue, now, rates }: Needs,
  filterInput: FilterInput,
  { mature, without }: PlaceRules,
  prices: Prices,
): Promise<Filter | Problem> {
  const genres = await findLabels(catalogue, filterInput.genres)
  const adult = mature ? undefined : adultAmong(filterInput.genres, genres)
  if (adult !== undefined) return { kind: 'mature-off', asked: adult }
  if (!Array.isArray(genres)) return genres
  const exclude = await findLabels(catalogue, filterInput.exclude)
  if (!Array.isArray(exclude)) return exclude
  const language = filterInput.language === undefined ? undefined : findLanguage(filterInput.language)
  if (typeof language === 'object') return language
  const maxPriceCents = await readLimit(filterInput, prices, rates)
  if (typeof maxPriceCents === 'object') return maxPriceCents
  return {
    ...{ mature, without, genres, anyOf: [], exclude, maxPriceCents },
    language,
    platform: filterInput.platform,
    releasedSince: releasedSince(filterInput.age, now()),
    onSale: filterInput.onSale,
    minReviews: filterInput.minReviews,
    minPositive: filterInput.minPositive,
  }
}

/** A label that mature games alone carry, or a word for them that is no label. */
function adultAmong(typed: readonly string[], found: readonly string[] | Problem): string | undefined {
  if (Array.isArray(found)) return found.find((label) => ADULT_LABELS.has(label.toLowerCase()))
  const words = [...ADULT_LABELS, ...ADULT_WORDS].map(normalizeName)
  return typed.find((word) => words.includes(normalizeName(word)))
}

const ADULT_WORDS = [
  ...[
    'adults only',
    'adult games',
    'sex',
    'sexual',
    'lewd',
    'pornography',
    'pornographic',
    'xxx',
    '18+',
    'r18',
  ],
  ...['eroge', 'ecchi', 'nude', 'nudes', '성인', '성인 게임', '야겜', '19금'],
]

/** In the catalogue's cents; a sign means the place's own currency where that has it. */
async function readLimit(
  { maxPrice, priceSign }: FilterInput,
  prices: Prices,
  rates: Rates | undefined,
): Promise<number | undefined | Problem> {
  if (maxPrice === undefined) return undefined
  const currency = currencyOf(priceSign, prices.currency)
  if (currency === prices.currency) return centsWithin(limitTyped(maxPrice, prices), prices)
  const table = prices.rates.size > 0 ? prices.rates : ((await rates?.table()) ?? prices.rates)
  if (!isExchangeable(currency, table))
    return table.size === 0
      ? { kind: 'no-rates', asked: currency }
      : { kind: 'unknown-currency', asked: currency, near: [] }
  const typed = { currency, rates: table }
  return centsWithin(limitTyped(maxPrice, typed), typed)
}

/** Exact labels for what was typed, or the first that none is. */
export async function findLabels(
  catalogue: Pick<Catalogue, 'label' | 'labels'>,
  typed: readonly string[],
): Promise<string[] | Problem> {
  const found: string[] = []
  for (const asked of typed) {
    const labels = (await labelsOf(catalogue, [asked])) ?? (await labelsOf(catalogue, partsOf(asked)))
    if (!labels) {
      const near = await catalogue.labels(asked, 3)
      return { kind: 'unknown-genre', asked, near: near.map((one) => one.name) }
    }
    found.push(...labels)
  }
  return found
}

/** Labels that were typed as one, such as "Horror and Puzzle" or "#Horror". */
function partsOf(typed: string): string[] {
  return typed
    .split(/\s*[/+&#]\s*|\s+(?:and|und|et|y)\s+/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Undefined where one of them is no label, or there is none. */
async function labelsOf(
  catalogue: Pick<Catalogue, 'label'>,
  typed: readonly string[],
): Promise<string[] | undefined> {
  if (typed.length === 0 || typed.some((one) => /^[-−–—!]/u.test(one))) return undefined
  const labels = await Promise.all(typed.map((one) => catalogue.label(one)))
  return labels.every((label) => label !== undefined) ? labels.map(({ name }) => name) : undefined
}

const YEARS: Readonly<Record<Exclude<Age, 'all' | 'this-year'>, number>> = { 'five-years': 5, 'two-years': 2 }

function releasedSince(age: Age, now: Date): string | undefined {
  if (age === 'all') return undefined
  if (age === 'this-year') return `${now.getUTCFullYear()}-01-01`
  const since = new Date(now)
  since.setUTCFullYear(since.getUTCFullYear() - YEARS[age])
  return since.toISOString().slice(0, 10)
}
