/** What is known of each game beside its links to others; all of it but the store's part is counted in the training players. */
export const FACTS = [
  'owners',
  'players',
  'share of owners who played',
  'time played',
  'reviews',
  'share of positive reviews',
  'price',
  'full price',
  'year of release',
  'owners per review',
  'share of the library',
  "size of the owners' libraries",
  'share played by its players',
] as const

export type Fact = (typeof FACTS)[number]

/** A number for each game, NaN where nobody knows it. */
export type GameFacts = Readonly<Record<Fact, Float64Array>>

/** What fewer own is told by its labels: of its owners nothing is known. */
export const FEW_OWNERS = 10
