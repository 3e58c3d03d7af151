import type { GameId } from '../ids.ts'

/** Money in the smallest unit of its currency; 0 means free. */
export type Price = {
  readonly cents: number
  readonly initialCents: number
  /** Per cent off, 0 to 100. */
  readonly discount: number
  /** ISO 4217. */
  readonly currency: string
}

/** `count` is unknown where a source states only the share. */
export type Reviews = { readonly share: number; readonly count: number | undefined }

/** `at` is an ISO date (first day of the period); the precision tells how much of it is known. */
export type Release = { readonly at: string; readonly precision: 'day' | 'month' | 'quarter' | 'year' }

/** What the catalogue knows of one game. `undefined` and empty lists mean unknown, never "none". */
export type Game = {
  readonly id: GameId
  readonly name: string
  readonly description: string | undefined
  readonly developers: readonly string[]
  readonly publishers: readonly string[]
  readonly genres: readonly string[]
  readonly categories: readonly string[]
  /** Most voted first. */
  readonly tags: readonly string[]
  readonly languages: readonly string[]
  readonly platforms: readonly string[]
  readonly price: Price | undefined
  readonly reviews: Reviews | undefined
  readonly release: Release | undefined
  readonly website: string | undefined
  readonly imageUrl: string | undefined
  readonly mature: boolean
}
