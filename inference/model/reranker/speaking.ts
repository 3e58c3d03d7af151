/**
 * What a library says for one candidate, told by its contributions (the summands of the first score): the serving graph
 * gives these numbers, in this order, as its output `speaking`.
 */
export const SPEAKING = [
  /** The sum of ±|contribution|^¾: about what it would be without the power, so that many weak links count again. */
  'unraised',
  /** The greatest contribution, and the sum of the greatest five and twenty, as far as they are above 0. */
  'most',
  'most 5',
  'most 20',
  /** The sum of those below 0. */
  'against',
  /** How many are above `AUDIBLE`. */
  'audible',
  /** Of games that were played: the greatest, at least 0, and the sum. */
  'most played',
  'played',
] as const

export const AUDIBLE = 0.001

/** So many contributions say nearly all. */
export const MANY = 20

/** Writes the numbers of one candidate to `into` from `at` on; `isPlayed` runs beside the contributions. */
export function tellSpeaking(
  contributions: Float64Array,
  isPlayed: Uint8Array,
  into: Float32Array | Float64Array,
  at: number,
): void {
  const greatest = new Float64Array(MANY)
  let [unraised, against, audible, mostPlayed, played] = [0, 0, 0, 0, 0]
  for (let i = 0; i < contributions.length; i++) {
    const value = contributions[i] as number
    const root = Math.sqrt(Math.abs(value))
    unraised += value < 0 ? -root * Math.sqrt(root) : root * Math.sqrt(root)
    if (value < 0) against += value
    if (value > AUDIBLE) audible++
    if (isPlayed[i] === 1) {
      played += value
      if (value > mostPlayed) mostPlayed = value
    }
    if (value > (greatest[MANY - 1] as number)) insert(greatest, value)
  }
  const sums = [1, 5, MANY].map((count) => greatest.subarray(0, count).reduce((sum, one) => sum + one, 0))
  into.set([unraised, ...sums, against, audible, mostPlayed, played], at)
}

/** Into a descending list, whose last value goes. */
function insert(greatest: Float64Array, value: number): void {
  let place = greatest.length - 1
  while (place > 0 && (greatest[place - 1] as number) < value) {
    greatest[place] = greatest[place - 1] as number
    place--
  }
  greatest[place] = value
}
