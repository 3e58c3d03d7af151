import type { Difference, Figures, Pinned } from '../../core/training/refresh.ts'

export type Comparison = {
  /** Of the serving model; undefined where there is none yet. */
  readonly before: Figures | undefined
  readonly after: Figures
  /** Of NDCG@100, player by player; undefined where there is nothing to compare with. */
  readonly difference: Difference | undefined
  readonly pinned: readonly Pinned[]
}

/** Half of the games that the picks reached before: less is another recommender. */
const COVERAGE_KEPT = 0.5

/**
 * Why a candidate must not be served, in sentences; none where it may. It may where it is not worse than the serving model
 * beyond what chance makes of so few players: where the 95 % interval of the difference reaches 0.
 */
export function objections({ before, after, difference, pinned }: Comparison): string[] {
  return [
    ...qualityObjections(before, after, difference),
    ...pinned.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`])),
  ]
}

function qualityObjections(
  before: Figures | undefined,
  after: Figures,
  difference: Difference | undefined,
): string[] {
  // Comparisons with NaN are false, so this asks for what is right rather than for what is wrong.
  if (!(after.ndcg100 > 0)) return ['it finds none of the games that were hidden from the held-out players']
  if (!before || !difference) return []
  const { mean, low, high } = difference
  const isNoWorse = high >= 0
  const isAsBroad = after.coverage10 >= COVERAGE_KEPT * before.coverage10
  return [
    ...(isNoWorse
      ? []
      : [
          `NDCG@100 falls by ${(-mean).toFixed(3)} (95 %: ${(-high).toFixed(3)} to ${(-low).toFixed(3)}), which is more than chance`,
        ]),
    ...(isAsBroad
      ? []
      : [`coverage@10 collapses from ${before.coverage10.toFixed(3)} to ${after.coverage10.toFixed(3)}`]),
  ]
}
