import { createCatalogue } from '../../db/catalogue/catalogue.ts'
import { readGameLabels } from '../../db/catalogue/game-labels.ts'
import { readInteractions } from '../../db/training/interactions.ts'
import { evaluateThin } from '../../inference/evaluation/cold-start.ts'
import { compareIdeas } from '../../inference/evaluation/compare.ts'
import { evaluateDiscoveries } from '../../inference/evaluation/discoveries.ts'
import { evaluate } from '../../inference/evaluation/evaluate.ts'
import type { EvaluationTask } from '../../inference/evaluation/evaluation-data.ts'
import { explainReranker } from '../../inference/evaluation/explain.ts'
import { holdoutEvaluation } from '../../inference/evaluation/holdout.ts'
import { readManifest, versionFolder, versions } from '../../inference/model/model-files.ts'
import { chooseProvider } from '../../inference/runtime/session.ts'
import { describePhase } from '../../inference/training/phases.ts'
import { readRecipe } from '../../inference/training/recipe-file.ts'
import { DEFAULT, DEFAULT_MIN_PLAYERS } from '../../inference/training/variants.ts'
import { saveEvaluation } from '../context/evaluation-file.ts'
import { type Context, openDatabase } from '../context/parts.ts'
import { renderEvaluation } from '../terminal/evaluation.ts'
import { renderExplanation } from '../terminal/explanation.ts'
import { startProgress } from '../terminal/progress.ts'
import { runSearch } from './search.ts'

export type EvaluateOptions = {
  readonly json: boolean
  readonly compare?: boolean
  readonly newGames?: boolean
  readonly thin?: boolean
  readonly discovery?: boolean
  readonly explain?: boolean
  /** How many more solves. */
  readonly search?: number
}

/** `npm run evaluate`: the table or the JSON alone goes to standard output; the playground shows the newest plain one. */
export async function runEvaluate(context: Context, options: EvaluateOptions): Promise<void> {
  const serving = await servingRecipe(context.config.modelDir)
  const task = await openEvaluation(context, serving.minPlayers)
  if (options.search !== undefined) return runSearch(context, task, options.search)
  if (options.explain) {
    const explanation = await explainReranker({ ...task, recipe: serving.recipe })
    process.stdout.write(
      options.json
        ? `${JSON.stringify(explanation)}\n`
        : renderExplanation(explanation, task.interactions.synthetic),
    )
    return
  }
  const evaluation = await measureOf(options)({ ...task, recipe: serving.recipe })
  const { synthetic } = task.interactions
  if (isPlain(options)) {
    await saveEvaluation(context.config.dataDir, { at: new Date(), synthetic, evaluation })
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...serving, synthetic, ...evaluation })}\n`
      : renderEvaluation(evaluation, synthetic, againstOf(options)),
  )
}

function isPlain({ compare, newGames, thin, discovery }: EvaluateOptions): boolean {
  return !(compare || newGames || thin || discovery)
}

function againstOf({ thin, discovery }: EvaluateOptions): string | undefined {
  if (thin) return 'most played'
  return discovery ? 'balanced' : undefined
}

function measureOf({ compare, newGames, thin, discovery }: EvaluateOptions) {
  if (compare) return compareIdeas
  if (newGames) return holdoutEvaluation
  if (thin) return evaluateThin
  return discovery ? evaluateDiscoveries : evaluate
}

/** All that an evaluation reads; its steps are told in the log. */
async function openEvaluation(context: Context, minPlayers: number): Promise<EvaluationTask> {
  const { config, log } = context
  const db = await openDatabase(context)
  const reading = startProgress('reading interactions')
  const interactions = await readInteractions(db, { onProgress: reading.update }).finally(reading.stop)
  const { provider, bufferLimit } = await chooseProvider(config.inference.provider, log)
  return {
    interactions,
    indie: new Set<number>(await createCatalogue(db).indie()),
    readLabels: (games) => readGameLabels(db, games),
    minPlayers,
    solving: { provider, bufferLimit, log },
    onBegin: (name) => log(name.includes('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  }
}

/** Of the newest model; of the next one where none is published yet. */
async function servingRecipe(modelDir: string) {
  const version = (await versions(modelDir)).at(-1)
  return version === undefined
    ? { recipe: DEFAULT, minPlayers: DEFAULT_MIN_PLAYERS }
    : readRecipe(await readManifest(versionFolder(modelDir, version)))
}
