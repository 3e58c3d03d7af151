import { EASE, type Recipe, SEED } from '../training/variants.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './evaluation-data.ts'
import { type EvaluationRow, type Measured, measure } from './measure.ts'
import { measureServing } from './measure-serving.ts'
import { mean } from './metrics.ts'
import { byPopularity, byWeights } from './scoring.ts'

export type Evaluation = {
  readonly trainingPlayers: number
  /** Held-out libraries that are large enough to be cut in two. */
  readonly testPlayers: number
  readonly games: number
  readonly indieGames: number
  /** The most that Precision@10 could be. */
  readonly ceiling10: number
  readonly rows: readonly EvaluationRow[]
}

export const EASE_NAME = `EASE, owned (λ = ${EASE.l2})`

/**
 * Strong generalisation: every method is fitted without the test players, and ranks what was hidden from their libraries.
 * `recipe` is the serving model's: it is trained anew, without the test players.
 */
export async function evaluate(task: EvaluationTask & { readonly recipe: Recipe }): Promise<Evaluation> {
  const ground = await testGround(task)
  const retrained = (name: string, recipe: Recipe, against?: Measured) =>
    withWeights(ground, { name, recipe }, task, (weights) =>
      measure(name, ground, byWeights(weights, ground.plays, recipe), against),
    )
  const popular = measure('most played', ground, byPopularity(ground.plays))
  const seed = await retrained(`the seed's method (λ = ${SEED.l2}, over 2 hours)`, SEED)
  const ease = await retrained(EASE_NAME, EASE)
  const serving = await measureServing('the serving model, retrained', ground, task, ease)
  return evaluationOf(ground, [popular, seed, ease, ...serving])
}

/** What was measured, with what it was measured on. */
export function evaluationOf(ground: Ground, measured: readonly Measured[]): Evaluation {
  return {
    trainingPlayers: ground.plays.offsets.length - 1,
    testPlayers: ground.cases.length,
    games: ground.plays.vocabulary.length,
    indieGames: ground.indieRows.length,
    ceiling10: mean(ground.cases.map(({ targets }) => Math.min(10, targets.size) / 10)),
    rows: measured.map(({ row }) => row),
  }
}
