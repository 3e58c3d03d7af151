import { popularityOf } from '../../core/recommend/rerank.ts'
import { EASE, type Recipe } from '../training/variants.ts'
import { candidatesOf, measureWeighed } from './discoveries.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, testGround, withWeights } from './evaluation-data.ts'
import { hash } from './hash.ts'
import { measure } from './measure.ts'
import { byPopularity, byWeights, type Score } from './scoring.ts'
import type { Case } from './split.ts'

/** How many games of a library are left. */
const SIZES = [1, 3, 5, 10]

const SEED = 4

/**
 * The same held-out players and targets, with all but a few games of their libraries cut away: the plain scores, and in the
 * order that `/recommend` makes of them for so few games.
 */
export async function evaluateThin(task: EvaluationTask & { readonly recipe: Recipe }): Promise<Evaluation> {
  const ground = await testGround(task)
  const thin = SIZES.map((size) => ({
    size,
    ground: { ...ground, cases: ground.cases.map((each) => thinned(each, size)) },
  }))
  const popular = thin.map(({ size, ground }) =>
    measure(`${size} games: most played`, ground, byPopularity(ground.plays)),
  )
  const fitted = <T>(name: string, recipe: Recipe, work: (score: Score) => T) =>
    withWeights(ground, { name, recipe }, task, (weights) => work(byWeights(weights, ground.plays, recipe)))
  const ease = await fitted('EASE', EASE, (score) =>
    thin.map(({ size, ground }) => measure(`${size} games: EASE`, ground, score)),
  )
  const serving = await fitted('the serving model', task.recipe, (score) =>
    thin.map(({ size, ground }, at) => [
      measure(`${size} games: the serving model`, ground, score, ease[at]),
      measureWeighed(`${size} games: as /recommend weighs it`, ground, {
        candidates: candidatesOf(ground, score),
        popularity: popularityOf('balanced', size),
        against: ease[at],
      }),
    ]),
  )
  const rows = thin.flatMap((_, at) =>
    [popular[at], ease[at], ...(serving[at] ?? [])].flatMap((each) => each ?? []),
  )
  return evaluationOf(ground, rows)
}

/** Played games come before those that were only bought, as somebody would name them; which of them is chance. */
export function thinned({ input, minutes, targets }: Case, size: number): Case {
  const order = (at: number) => ((minutes[at] ?? 0) > 0 ? 0 : 2 ** 32) + hash(SEED, input[at] ?? 0)
  const kept = new Set([...input.keys()].sort((a, b) => order(a) - order(b)).slice(0, size))
  const isKept = (_: number, at: number) => kept.has(at)
  return { input: input.filter(isKept), minutes: minutes.filter(isKept), targets }
}
