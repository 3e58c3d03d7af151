import type { Platform } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'

/** What the catalogue may offer. Everything set must hold; a game whose fact is unknown does not pass a filter on it. */
export type Filter = {
  /** True only where the place allows mature games. */
  readonly mature: boolean
  /** Games that the place has blocked. */
  readonly without: readonly GameId[]
  /** Exact labels of genres, tags or categories, as `Catalogue.label` gave them: all must be carried. */
  readonly genres: readonly string[]
  /** Exact labels of which at least one must be carried; empty: any. */
  readonly anyOf: readonly string[]
  /** Exact labels of which none may be carried. */
  readonly exclude: readonly string[]
  /** In the catalogue's currency. 0: only free games. */
  readonly maxPriceCents: number | undefined
  /** Steam's English name of a language, such as `Korean`. */
  readonly language: string | undefined
  readonly platform: Platform | undefined
  /** ISO date: only games released on it or later. */
  readonly releasedSince: string | undefined
  /** Only games whose price is reduced now. */
  readonly onSale: boolean
  readonly minReviews: number | undefined
  /** The least share of positive reviews, in whole percent. */
  readonly minPositive: number | undefined
}

export const NO_FILTER: Filter = {
  mature: false,
  without: [],
  genres: [],
  anyOf: [],
  exclude: [],
  maxPriceCents: undefined,
  language: undefined,
  platform: undefined,
  releasedSince: undefined,
  onSale: false,
  minReviews: undefined,
  minPositive: undefined,
}
