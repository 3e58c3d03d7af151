import { topRows } from '../model/reranker/top-rows.ts'
import type { Ground } from './evaluation-data.ts'
import { mean, median, type Quality, quality, standardError } from './metrics.ts'
import { type Interval, pairedDifference } from './paired-bootstrap.ts'
import type { Case } from './split.ts'

type Figures = Omit<Quality, 'ceiling10'>

export type EvaluationRow = Figures & {
  readonly method: string
  /** Standard error of each figure, over the test players. */
  readonly errors: Figures
  /** Distinct picks among the first ten / indie games of the vocabulary. */
  readonly coverage10: number
  /** Of all first ten picks: how many training players own the game. */
  readonly medianPopularity: number
  /** NDCG@100 less that of the method that it is held against, paired by player. */
  readonly gain?: Interval
}

/** A row of the table, and what each player found of theirs. */
export type Measured = { readonly row: EvaluationRow; readonly ndcg100: readonly number[] }

/** How deep a ranking is looked at. */
export const DEPTH = 100

/** The best games for each case, best first: those of `indieRows` that are not in its input. */
function rank(
  { cases, indieRows }: Ground,
  scoresOf: (library: Case, at: number) => Float64Array,
  depth = DEPTH,
): Int32Array[] {
  return cases.map((library, at) => {
    const owned = new Set(library.input)
    return topRows(
      scoresOf(library, at),
      indieRows.filter((row) => !owned.has(row)),
      depth,
    )
  })
}

export function measure(
  method: string,
  ground: Ground,
  scoresOf: (library: Case, at: number) => Float64Array,
  against?: Measured,
): Measured {
  return measureRanked(method, ground, rank(ground, scoresOf), against)
}

/** `ranked` runs beside the ground's cases. */
export function measureRanked(
  method: string,
  { cases, owners, indieRows }: Ground,
  ranked: readonly Int32Array[],
  against?: Measured,
): Measured {
  const qualities = cases.map(({ targets }, at) => quality(ranked[at] ?? [], targets))
  const picks = ranked.flatMap((rows) => [...rows.subarray(0, 10)])
  const ndcg100 = qualities.map((each) => each.ndcg100)
  return {
    ndcg100,
    row: {
      method,
      ...summarise(qualities, mean),
      errors: summarise(qualities, standardError),
      coverage10: new Set(picks).size / indieRows.length,
      medianPopularity: median(picks.map((row) => owners[row] ?? 0)),
      ...(against && { gain: pairedDifference(against.ndcg100, ndcg100) }),
    },
  }
}

function summarise(qualities: readonly Quality[], how: (values: readonly number[]) => number): Figures {
  return {
    precision10: how(qualities.map((each) => each.precision10)),
    recall20: how(qualities.map((each) => each.recall20)),
    recall50: how(qualities.map((each) => each.recall50)),
    ndcg100: how(qualities.map((each) => each.ndcg100)),
  }
}
