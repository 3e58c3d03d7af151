import { EASE, type Recipe } from '../training/variants.ts'
import { EASE_NAME, type Evaluation, evaluationOf } from './evaluate.ts'
import { type EvaluationTask, type Ground, testGround, withWeights } from './evaluation-data.ts'
import { type Measured, measure } from './measure.ts'
import { addScaled, byPopularity, byWeights } from './scoring.ts'
import { IDEAS, type Idea } from './variants.ts'

/** Every idea on the test players, its NDCG@100 held against plain EASE's player by player. */
export async function compareIdeas(
  task: EvaluationTask & { readonly ideas?: readonly Idea[] },
): Promise<Evaluation> {
  const ground = await testGround(task)
  const ease = await measureIdea(ground, { name: EASE_NAME, parts: [{ recipe: EASE, weight: 1 }] }, task)
  const measured = [measure('most played', ground, byPopularity(ground.plays)), ease]
  for (const idea of task.ideas ?? IDEAS) measured.push(await measureIdea(ground, idea, task, ease))
  return evaluationOf(ground, measured)
}

/** Scores are x·B, so those of a mix Σ w·B are the weighted sum of its parts' scores. */
async function measureIdea(
  ground: Ground,
  { name, parts }: Idea,
  task: EvaluationTask,
  against?: Measured,
): Promise<Measured> {
  const sums = ground.cases.map(() => new Float64Array(ground.plays.vocabulary.length))
  for (const { recipe, weight } of parts) {
    const scores = await scoresOf(ground, { name, recipe }, task)
    for (const [at, each] of scores.entries()) addScaled(sums[at] as Float64Array, each, weight)
  }
  return measure(name, ground, (_, at) => sums[at] as Float64Array, against)
}

/** One recipe's scores for each case. */
function scoresOf(
  ground: Ground,
  named: { readonly name: string; readonly recipe: Recipe },
  task: EvaluationTask,
): Promise<Float64Array[]> {
  return withWeights(ground, named, task, (weights) =>
    ground.cases.map(byWeights(weights, ground.plays, named.recipe)),
  )
}
