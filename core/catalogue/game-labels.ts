/** Where the catalogue says what games are like. */
export const LABEL_SOURCES = [
  'tag',
  'genre',
  'category',
  'developer',
  'publisher',
  'release',
  'title word',
  'description word',
] as const

export type LabelSource = (typeof LABEL_SOURCES)[number]

/** What is said of one game, in lower case; nothing where a source is silent. Only indie games are ever picked. */
export type GameLabels = Readonly<Partial<Record<LabelSource, readonly string[]>>> & {
  readonly indie?: boolean
  readonly store?: StoreFacts
}

/** What the store says of one game in numbers; undefined where it does not. */
export type StoreFacts = {
  readonly reviews?: number | undefined
  readonly positive?: number | undefined
  /** In cents. */
  readonly price?: number | undefined
  readonly fullPrice?: number | undefined
  /** The year, and the part of it that had passed. */
  readonly released?: number | undefined
}

/** What is known of games by their labels, in place of players. */
export type Newcomers = {
  /** At most so many games that are new to the model, the most wanted first; none of the known ones. */
  readonly read: (known: Int32Array, limit: number) => Promise<Int32Array>
  readonly limit: number
}

/** Tells it for each of the games, in their order; an empty object where the catalogue does not know one. */
export type ReadGameLabels = (games: Int32Array) => Promise<readonly GameLabels[]>
