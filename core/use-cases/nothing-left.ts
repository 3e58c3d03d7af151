import type { Problem } from '../problem.ts'
import type { Wish } from '../wish.ts'
import type { Words } from '../words/words.ts'

/** What was asked for, in words, where it leaves no game. */
export function nothingLeft(wish: Wish, words: Words): Problem {
  return { kind: 'nothing-left', filters: filterWords(wish, words), relax: [] }
}

export function filterWords(wish: Wish, { filters, format }: Words): string[] {
  const price = wish.maxPrice === 0 ? undefined : format.money(Math.round((wish.maxPrice ?? 0) * 100), 'USD')
  return [
    ...wish.genres.map(filters.label),
    ...wish.exclude.map(filters.without),
    ...(wish.maxPrice === undefined ? [] : [filters.price(price)]),
    ...(wish.language === undefined ? [] : [filters.language(wish.language)]),
    ...(wish.platform === undefined ? [] : [filters.platform(wish.platform)]),
    ...(wish.age === 'all' ? [] : [filters.age(wish.age)]),
    ...(wish.onSale ? [filters.onSale] : []),
  ]
}
