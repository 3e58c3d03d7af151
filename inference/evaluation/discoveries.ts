import { DISCOVERY, type Discovery } from '../../core/commands/filter-input.ts'
import { gameId } from '../../core/ids.ts'
import { CANDIDATES } from '../../core/recommend/recommend.ts'
import { bend, reweigh } from '../../core/recommend/rerank.ts'
import type { Ranked } from '../../core/recommend/scorer.ts'
import type { Recipe } from '../training/variants.ts'
import { type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround } from './evaluation-data.ts'
import { type Measured, measureRanked } from './measure.ts'
import { openColumns, withServed } from './served.ts'

/** What the settings of `discovery` in `/recommend` make of the same model's candidates; held against the balanced one. */
export async function evaluateDiscoveries(
  task: EvaluationTask & { readonly recipe: Recipe },
): Promise<Evaluation> {
  const ground = await testGround(task)
  const candidates = await withServed(ground, 'the serving model, retrained', task, ({ rank }) =>
    ground.cases.map((each) =>
      rank(each, openColumns(ground, each), CANDIDATES).map(
        // As the core gets them; a game is told by its row, counted from 1.
        ({ row, chance }): Ranked => ({
          ...{ game: gameId(row + 1), score: chance, reasons: [], owners: ground.owners[row] },
        }),
      ),
    ),
  )
  const balanced = measureBent('balanced', ground, candidates)
  const measured = DISCOVERY.map((discovery) => measureBent(discovery, ground, candidates, balanced))
  return evaluationOf(ground, measured)
}

/** The candidates in the order that `/recommend` brings them into before it looks at what was said and shown. */
function measureBent(
  discovery: Discovery,
  ground: Ground,
  candidates: readonly (readonly Ranked[])[],
  against?: Measured,
): Measured {
  const factor = (each: Ranked) => bend(discovery, each, { reviews: reviewsOf(ground, each.game - 1) })
  const ranked = candidates.map((each) => Int32Array.from(reweigh(each, factor), ({ game }) => game - 1))
  return measureRanked(discovery, ground, ranked, against)
}

function reviewsOf({ labels }: Ground, row: number) {
  const { positive, reviews } = labels[row]?.store ?? {}
  return positive === undefined || !reviews ? undefined : { share: positive / reviews, count: reviews }
}
