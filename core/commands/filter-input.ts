/** Closed choices of the commands' options. Their names in words stand in the message files. */

/** From what everybody plays to what hardly anybody knows. */
export const DISCOVERY = ['popular', 'balanced', 'adventurous', 'hidden-gems'] as const
export const AGES = ['all', 'five-years', 'two-years', 'this-year'] as const
export const SORTS = ['acclaimed', 'hidden-gems', 'new', 'popular', 'on-sale'] as const
export const PLATFORMS = ['windows', 'mac', 'linux'] as const

export type Discovery = (typeof DISCOVERY)[number]
export type Age = (typeof AGES)[number]
export type Sort = (typeof SORTS)[number]
export type Platform = (typeof PLATFORMS)[number]

/** What the games must be, as typed: labels are yet to be found in the catalogue. Everything set must hold. */
export type FilterInput = {
  /** Genres, tags or categories; at most five. */
  readonly genres: readonly string[]
  /** Labels that none may carry; at most five. */
  readonly exclude: readonly string[]
  /** In the place's currency, not its cents; 0 shows free games. */
  readonly maxPrice: number | undefined
  /** The currency that was typed with it, by its code or sign. */
  readonly priceSign: string | undefined
  readonly language: string | undefined
  readonly platform: Platform | undefined
  readonly age: Age
  readonly onSale: boolean
  readonly minReviews: number | undefined
  /** The least share of positive reviews, in percent. */
  readonly minPositive: number | undefined
}

export const ANYTHING: FilterInput = {
  genres: [],
  exclude: [],
  maxPrice: undefined,
  priceSign: undefined,
  language: undefined,
  platform: undefined,
  age: 'all',
  onSale: false,
  minReviews: undefined,
  minPositive: undefined,
}
