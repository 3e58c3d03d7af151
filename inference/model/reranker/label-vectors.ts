/** The labels of each game with what they weigh, as compressed sparse rows; a game's weights make a vector of length 1. */
export type LabelVectors = {
  /** Length games + 1. */
  readonly offsets: ArrayLike<number>
  /** Numbers of labels. */
  readonly labels: ArrayLike<number>
  /** Beside `labels`. */
  readonly weights: ArrayLike<number>
  /** How many labels there are. */
  readonly count: number
}

/** A taste: what the labels of some games come to, each game counting so much. */
export function profileOf(
  vectors: LabelVectors,
  rows: ArrayLike<number>,
  counts: (at: number) => number,
): Float64Array {
  const profile = new Float64Array(vectors.count)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    const times = counts(at)
    for (let i = vectors.offsets[row] as number; i < (vectors.offsets[row + 1] as number); i++) {
      const label = vectors.labels[i] as number
      profile[label] = (profile[label] as number) + times * (vectors.weights[i] as number)
    }
  }
  let squares = 0
  for (let label = 0; label < profile.length; label++) squares += (profile[label] as number) ** 2
  const length = Math.sqrt(squares) || 1
  for (let label = 0; label < profile.length; label++) profile[label] = (profile[label] as number) / length
  return profile
}

/** The cosine of a taste and a game's labels. */
export function likenessTo(profile: Float64Array, vectors: LabelVectors, row: number): number {
  let sum = 0
  for (let i = vectors.offsets[row] as number; i < (vectors.offsets[row + 1] as number); i++) {
    sum += (profile[vectors.labels[i] as number] as number) * (vectors.weights[i] as number)
  }
  return sum
}
