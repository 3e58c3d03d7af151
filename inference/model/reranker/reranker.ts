import { type Candidates, FEATURES, featuresOf, type Knowledge, type RankedLibrary } from './features.ts'

/** What a feature is worth at each of the sizes: its standardised value, and the square of it. */
type FeatureWeights = {
  readonly name: string
  readonly mean: number
  readonly deviation: number
  readonly linear: readonly number[]
  readonly squared: readonly number[]
}

/** A conditional logit: of the candidates, one is the next game with a chance ~ exp(Σ weights · features). */
export type Reranker = {
  /** Games known of a library, ascending; between two sizes weights are mixed, by the logarithm. */
  readonly sizes: readonly number[]
  /** d: d · ln(owners) is taken off, so that well-known games do not fill every list. */
  readonly restraint: number
  /** Beside `FEATURES`. */
  readonly features: readonly FeatureWeights[]
}

/** How far a value may be from the mean, in deviations; and one that is squared. */
const FARTHEST = { linear: 5, squared: 3 }

/** Each feature, and then the square of each. */
export const TERMS = 2 * FEATURES.length

/** How much each of the sizes counts for a library of so many games; they add up to 1. */
export function mixOf(sizes: readonly number[], games: number): number[] {
  const at = Math.log(Math.max(1, games))
  const places = sizes.map(Math.log)
  const next = places.findIndex((place) => place >= at)
  if (next === -1) return sizes.map((_, place) => Number(place === sizes.length - 1))
  if (next === 0) return sizes.map((_, place) => Number(place === 0))
  const [low, high] = [places[next - 1] as number, places[next] as number]
  const share = (at - low) / (high - low)
  return sizes.map((_, place) => (place === next ? share : place === next - 1 ? 1 - share : 0))
}

type Scale = Pick<FeatureWeights, 'mean' | 'deviation'>

/** Standardised values and their squares. What is not known is taken for the mean, and says nothing. */
export function termsOf(
  table: Float32Array,
  row: number,
  scales: readonly Scale[],
  into: Float64Array,
): void {
  const count = scales.length
  for (let feature = 0; feature < count; feature++) {
    const { mean, deviation } = scales[feature] as Scale
    const value = ((table[row * count + feature] as number) - mean) / deviation
    const isKnown = !Number.isNaN(value)
    into[feature] = isKnown ? Math.max(-FARTHEST.linear, Math.min(FARTHEST.linear, value)) : 0
    const far = Math.min(FARTHEST.squared, Math.abs(value))
    into[count + feature] = isKnown ? far * far - 1 : 0
  }
}

/** Σ weights · features of every candidate, less what is taken off for its owners. */
export function utilitiesOf(
  { sizes, restraint, features }: Reranker,
  knowledge: Knowledge,
  library: RankedLibrary,
  candidates: Candidates,
): Float64Array {
  const table = featuresOf(knowledge, library, candidates)
  const mix = mixOf(sizes, library.rows.length)
  const mixed = (weights: readonly number[]) =>
    weights.reduce((sum, weight, size) => sum + weight * (mix[size] as number), 0)
  const weights = [
    ...features.map(({ linear }) => mixed(linear)),
    ...features.map(({ squared }) => mixed(squared)),
  ]
  const terms = new Float64Array(TERMS)
  return Float64Array.from(candidates.columns, (column, row) => {
    termsOf(table, row, features, terms)
    let sum = -restraint * Math.log(Math.max(FEW, knowledge.common.targets[column] as number))
    for (let term = 0; term < TERMS; term++) sum += (weights[term] as number) * (terms[term] as number)
    return sum
  })
}

/** A new game is held back no less than one that a few know. */
const FEW = 10
