import { hash } from '../model/hash.ts'
import { mean } from './metrics.ts'

/** Of a mean: itself, and the bounds of its 95 % bootstrap interval. */
export type Interval = { readonly mean: number; readonly low: number; readonly high: number }

const RESAMPLES = 2_000
const OUTSIDE = 0.025

/**
 * How much better each player fared with one method than with another; `before[i]` and `after[i]` belong to the same player.
 * The interval is the percentile bootstrap's (Efron and Tibshirani 1993, chapter 13): players are drawn anew with replacement,
 * always in the same way for the same seed and number of players. Throws where the two do not pair, or nobody is there.
 */
export function pairedDifference(before: readonly number[], after: readonly number[], seed = 1): Interval {
  if (before.length !== after.length || before.length === 0) {
    throw new Error(`${before.length} figures before and ${after.length} after do not pair`)
  }
  const differences = Float64Array.from(after, (value, at) => value - (before[at] as number))
  const means = Float64Array.from({ length: RESAMPLES }, (_, at) =>
    resampledMean(differences, hash(seed, at)),
  )
  means.sort()
  const bound = (share: number) => means[Math.floor(share * (RESAMPLES - 1))] as number
  return { mean: mean([...differences]), low: bound(OUTSIDE), high: bound(1 - OUTSIDE) }
}

function resampledMean(values: Float64Array, seed: number): number {
  let sum = 0
  for (let draw = 0; draw < values.length; draw++) {
    // A 32-bit number spread evenly over the places.
    sum += values[Math.floor((hash(seed, draw) / 2 ** 32) * values.length)] as number
  }
  return sum / values.length
}
