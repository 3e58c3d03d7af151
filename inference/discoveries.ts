import { gameId } from '../core/ids.ts'
import type { Ranked } from '../core/ports.ts'
import { CANDIDATES } from '../core/recommend.ts'
import { DISCOVERY, type Discovery } from '../core/wish.ts'
import { popularityOf, reweigh } from '../core/worth.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './ground.ts'
import { type Measured, measureRanked, rank } from './measure.ts'
import { byWeights, type Score } from './scoring.ts'
import type { Recipe } from './variants.ts'

/** What the settings of `discovery` in `/recommend` make of the same model's candidates; held against the balanced one. */
export async function evaluateDiscoveries(
  task: EvaluationTask & { readonly recipe: Recipe },
): Promise<Evaluation> {
  const ground = await testGround(task)
  const named = { name: 'the serving model, retrained', recipe: task.recipe }
  const measured = await withWeights(ground, named, task, (weights) => {
    const score = byWeights(weights, ground.plays, task.recipe)
    const balanced = measureDiscovery(ground, score, 'balanced')
    return DISCOVERY.map((discovery) => measureDiscovery(ground, score, discovery, balanced))
  })
  return evaluationOf(ground, measured)
}

function measureDiscovery(ground: Ground, score: Score, discovery: Discovery, against?: Measured): Measured {
  const { cases, owners } = ground
  const deep = rank(ground, score, CANDIDATES)
  const ranked = cases.map((library, at) => {
    const scores = score(library)
    const candidates = Array.from(
      deep[at] ?? [],
      (row): Ranked => ({
        ...{ game: gameId(row + 1), score: scores[row] ?? 0, reasons: [], owners: owners[row] },
      }),
    )
    return Int32Array.from(reweigh(candidates, popularityOf(discovery)), ({ game }) => game - 1)
  })
  return measureRanked(discovery, ground, ranked, against)
}
