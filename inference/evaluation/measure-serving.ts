import type { Recipe } from '../training/variants.ts'
import type { EvaluationTask, Ground } from './evaluation-data.ts'
import { DEPTH, type Measured, measure, measureRanked } from './measure.ts'
import { openColumns, rowsOf, withServed } from './served.ts'

/** A model by its first stage alone and by both, trained without the test players, as it would be served. */
export function measureServing(
  name: string,
  ground: Ground,
  task: EvaluationTask & { readonly recipe: Recipe },
  against?: Measured,
): Promise<Measured[]> {
  return withServed(ground, name, task, ({ scores, secondStage, rank }) => {
    const ranked = ground.cases.map((each) => rowsOf(rank(each, openColumns(ground, each), DEPTH)))
    return [
      ...(secondStage ? [measure('its first stage', ground, scores, against)] : []),
      measureRanked(name, ground, ranked, against),
    ]
  })
}
