import { FEATURE_GROUPS } from '../model/reranker/features.ts'
import type { Reranker } from '../model/reranker/reranker.ts'
import { fitReranker } from '../training/reranker/learn-reranker.ts'
import { EASE, type Recipe } from '../training/variants.ts'
import { EASE_NAME, type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, validationGround, withWeights } from './evaluation-data.ts'
import { DEPTH, type Measured, measure, measureRanked } from './measure.ts'
import { byWeights } from './scoring.ts'
import { openColumns, rowsOf, type Served, withServed } from './served.ts'

/** What may be taken off for the logarithm of the owners. */
const RESTRAINTS = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 1]

/** The weights of the second stage, and what was measured of it on players who are neither trained on nor test players. */
export type Explanation = {
  readonly reranker: Reranker
  /** More and more taken off for the owners, held against EASE. */
  readonly curve: Evaluation
  /** Each group of features left out, held against all of them. */
  readonly groups: Evaluation
}

export async function explainReranker(
  task: EvaluationTask & { readonly recipe: Recipe },
): Promise<Explanation> {
  const ground = await validationGround(task)
  const ease = await withWeights(ground, { name: EASE_NAME, recipe: EASE }, task, (weights) =>
    measure(EASE_NAME, ground, byWeights(weights, ground.plays, EASE)),
  )
  return withServed(ground, 'the second stage', task, (served) => {
    const { secondStage, learnt } = served
    if (!secondStage || !learnt) throw new Error('there are too few players for a second stage')
    const { reranker } = secondStage
    const by = byReranker(ground, served)
    const all = by('all features', reranker)
    const without = Object.entries(FEATURE_GROUPS).map(([group, names]) =>
      by(`without ${group}`, fitReranker(learnt, reranker.restraint, new Set(names)), all),
    )
    const curve = RESTRAINTS.map((restraint) => by(`d = ${restraint}`, { ...reranker, restraint }, ease))
    const first = measure('first stage', ground, served.scores, ease)
    return {
      reranker,
      curve: evaluationOf(ground, [ease, first, ...curve]),
      groups: evaluationOf(ground, [all, ...without]),
    }
  })
}

function byReranker(ground: Ground, { rank }: Served) {
  return (name: string, reranker: Reranker, against?: Measured) => {
    const ranked = ground.cases.map((each) => rowsOf(rank(each, openColumns(ground, each), DEPTH, reranker)))
    return measureRanked(name, ground, ranked, against)
  }
}
