/**
 * Rows of a Gram matrix that was counted elsewhere: how many players own both game `i` and game `j`; where i = j, how many
 * own that game. Columns beside each other; NaN where there was no number. Nothing of it has been checked.
 */
export type GramRows = {
  readonly length: number
  /** Appids. */
  readonly i: Float64Array
  readonly j: Float64Array
  readonly count: Float64Array
  /** The same sums with each player counting a weight. */
  readonly weight: Float64Array | undefined
}

export type GramSource = {
  /** For sentences; holds no secret. */
  readonly name: string
  /** Whether its rows have weights. */
  readonly weighted: boolean
  /** All rows from the start, some at a time; for `diagonal` those with i = j suffice. May be asked for again. */
  read(which: 'diagonal' | 'all'): AsyncIterable<GramRows>
}
