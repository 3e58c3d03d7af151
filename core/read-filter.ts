import type { Filter } from './filter.ts'
import { findLanguage } from './languages.ts'
import type { Rules } from './place.ts'
import type { Catalogue } from './ports.ts'
import { centsWithin, limitTyped, type Prices } from './prices.ts'
import type { Problem } from './problem.ts'
import type { Age, Wish } from './wish.ts'

type Needs = { readonly catalogue: Catalogue; readonly now: () => Date }

/** The filter, or the problem with what was typed. */
export async function readFilter(
  { catalogue, now }: Needs,
  wish: Wish,
  { mature, without }: Rules,
  prices: Prices,
): Promise<Filter | Problem> {
  const genres = await findLabels(catalogue, wish.genres)
  if (!Array.isArray(genres)) return genres
  const exclude = await findLabels(catalogue, wish.exclude)
  if (!Array.isArray(exclude)) return exclude
  const language = wish.language === undefined ? undefined : findLanguage(wish.language)
  if (typeof language === 'object') return language
  return {
    ...{ mature, without, genres, anyOf: [], exclude },
    maxPriceCents:
      wish.maxPrice === undefined ? undefined : centsWithin(limitTyped(wish.maxPrice, prices), prices),
    language,
    platform: wish.platform,
    releasedSince: releasedSince(wish.age, now()),
    onSale: wish.onSale,
    minReviews: wish.minReviews,
    minPositive: wish.minPositive,
  }
}

/** Exact labels for what was typed, or the first that none is. */
export async function findLabels(
  catalogue: Pick<Catalogue, 'label' | 'labels'>,
  typed: readonly string[],
): Promise<string[] | Problem> {
  const found: string[] = []
  for (const asked of typed) {
    const label = await catalogue.label(asked)
    if (!label) {
      const near = await catalogue.labels(asked, 3)
      return { kind: 'unknown-genre', asked, near: near.map((one) => one.name) }
    }
    found.push(label.name)
  }
  return found
}

const YEARS: Readonly<Record<Exclude<Age, 'all' | 'this-year'>, number>> = { 'five-years': 5, 'two-years': 2 }

function releasedSince(age: Age, now: Date): string | undefined {
  if (age === 'all') return undefined
  if (age === 'this-year') return `${now.getUTCFullYear()}-01-01`
  const since = new Date(now)
  since.setUTCFullYear(since.getUTCFullYear() - YEARS[age])
  return since.toISOString().slice(0, 10)
}
