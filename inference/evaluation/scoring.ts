import { givenToAll } from '../training/gram/evidence.ts'
import type { Plays } from '../training/plays.ts'
import { mediansFor, valueAt } from '../training/values.ts'
import type { Recipe } from '../training/variants.ts'
import type { Case } from './split.ts'

/** A library of which something may be hidden. */
export type Library = Pick<Case, 'input' | 'minutes'>

/** Gives each game of the vocabulary a score for one library. */
export type Score = (library: Library) => Float64Array

/** The number of training players with more than 0 minutes. */
export function byPopularity({ vocabulary, rows, minutes }: Plays): Score {
  const players = new Float64Array(vocabulary.length)
  for (const [at, row] of rows.entries()) if ((minutes[at] ?? 0) > 0) players[row] = (players[row] ?? 0) + 1
  return () => players
}

/** x · B, row by row of B; each game of the library may count `times` over. */
export function byWeights(
  weights: Float32Array,
  plays: Plays,
  recipe: Recipe,
  times: (row: number) => number = () => 1,
): Score {
  const n = plays.vocabulary.length
  const medians = mediansFor(recipe.input, plays)
  const given = givenToAll(plays, recipe)
  return (library) => {
    const scores = new Float64Array(n)
    for (const [at, row] of library.input.entries()) {
      if (given[row] === 1) continue
      const value = times(row) * valueAt(recipe.input, library.minutes[at] ?? 0, medians[row] ?? 0)
      if (value !== 0) addScaled(scores, weights.subarray(row * n, (row + 1) * n), value)
    }
    return scores
  }
}

export function addScaled(sums: Float64Array, row: ArrayLike<number>, value: number): void {
  for (let j = 0; j < row.length; j++) (sums[j] as number) += value * (row[j] as number)
}
