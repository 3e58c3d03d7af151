import { DISCOVERY, type Discovery } from '../../core/commands/filter-input.ts'
import { gameId } from '../../core/ids.ts'
import { CANDIDATES } from '../../core/recommend/recommend.ts'
import { popularityOf, reweigh } from '../../core/recommend/rerank.ts'
import type { Ranked } from '../../core/recommend/scorer.ts'
import type { Recipe } from '../training/variants.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './evaluation-data.ts'
import { type Measured, measureRanked, rank } from './measure.ts'
import { byWeights, type Score } from './scoring.ts'

/** What the settings of `discovery` in `/recommend` make of the same model's candidates; held against the balanced one. */
export async function evaluateDiscoveries(
  task: EvaluationTask & { readonly recipe: Recipe },
): Promise<Evaluation> {
  const ground = await testGround(task)
  const named = { name: 'the serving model, retrained', recipe: task.recipe }
  const candidates = await withWeights(ground, named, task, (weights) =>
    candidatesOf(ground, byWeights(weights, ground.plays, task.recipe)),
  )
  const measureDiscovery = (discovery: Discovery, against?: Measured) =>
    measureWeighed(discovery, ground, { candidates, popularity: popularityOf(discovery), against })
  const balanced = measureDiscovery('balanced')
  const measured = DISCOVERY.map((discovery) => measureDiscovery(discovery, balanced))
  return evaluationOf(ground, measured)
}

/** As the core gets them from the model; a game is told by its row, counted from 1. */
export function candidatesOf(ground: Ground, score: Score): Ranked[][] {
  const scores = ground.cases.map(score)
  return rank(ground, (_, at) => scores[at] as Float64Array, CANDIDATES).map((rows, at) =>
    Array.from(rows, (row) => ({
      ...{ game: gameId(row + 1), score: scores[at]?.[row] ?? 0, reasons: [], owners: ground.owners[row] },
    })),
  )
}

type Weighed = {
  readonly candidates: readonly (readonly Ranked[])[]
  readonly popularity: ReturnType<typeof popularityOf>
  readonly against?: Measured | undefined
}

/** The candidates in the order that `/recommend` brings them into before it looks at what was said and shown. */
export function measureWeighed(name: string, ground: Ground, weighed: Weighed): Measured {
  const { candidates, popularity, against } = weighed
  const ranked = candidates.map((each) => Int32Array.from(reweigh(each, popularity), ({ game }) => game - 1))
  return measureRanked(name, ground, ranked, against)
}
