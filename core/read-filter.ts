import type { Filter } from './filter.ts'
import type { Catalogue } from './ports.ts'
import type { Problem } from './problem.ts'

/** A filter as typed. */
export type Wish = {
  readonly mature: boolean
  readonly genre: string | undefined
  /** In the catalogue's currency, not cents. */
  readonly maxPrice: number | undefined
  readonly language: string | undefined
}

/** The filter, or the problem with what was typed. */
export async function readFilter(catalogue: Catalogue, wish: Wish): Promise<Filter | Problem> {
  const label = wish.genre === undefined ? undefined : await catalogue.label(wish.genre)
  if (wish.genre !== undefined && !label) {
    const near = await catalogue.labels(wish.genre, 3)
    return { kind: 'unknown-genre', asked: wish.genre, near: near.map((found) => found.name) }
  }
  return {
    mature: wish.mature,
    genre: label?.name,
    maxPriceCents: wish.maxPrice === undefined ? undefined : Math.round(wish.maxPrice * 100),
    language: wish.language,
  }
}
