import { createCatalogue } from '../../db/catalogue.ts'
import { readInteractions } from '../../db/interactions.ts'
import { evaluate } from '../../inference/evaluate.ts'
import { readManifest, versionFolder, versions } from '../../inference/model-files.ts'
import { describePhase } from '../../inference/phases.ts'
import { readRecipe } from '../../inference/recipe-file.ts'
import { chooseProvider } from '../../inference/session.ts'
import { DEFAULT, DEFAULT_MIN_PLAYERS } from '../../inference/variants.ts'
import { saveEvaluation } from '../evaluation-file.ts'
import { type Context, openDatabase } from '../parts.ts'
import { startProgress } from '../progress.ts'
import { renderEvaluation } from '../terminal/evaluation.ts'

export type EvaluateOptions = { readonly json: boolean }

/** `npm run evaluate`: the table or the JSON alone goes to standard output; the playground shows the newest. */
export async function runEvaluate(context: Context, { json }: EvaluateOptions): Promise<void> {
  const { config, log } = context
  const db = await openDatabase(context)
  const reading = startProgress('reading interactions')
  const interactions = await readInteractions(db, { onProgress: reading.update }).finally(reading.stop)
  const { provider, bufferLimit } = await chooseProvider(config.inference.provider, log)
  const serving = await servingRecipe(config.modelDir)
  const evaluation = await evaluate({
    interactions,
    indie: new Set<number>(await createCatalogue(db).indie()),
    ...serving,
    solving: { provider, bufferLimit, log },
    onBegin: (name) => log(name.includes('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  })
  const { synthetic } = interactions
  await saveEvaluation(config.dataDir, { at: new Date(), synthetic, evaluation })
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...serving, synthetic, ...evaluation })}\n`
      : renderEvaluation(evaluation, synthetic),
  )
}

/** Of the newest model; of the next one where none is published yet. */
async function servingRecipe(modelDir: string) {
  const version = (await versions(modelDir)).at(-1)
  return version === undefined
    ? { recipe: DEFAULT, minPlayers: DEFAULT_MIN_PLAYERS }
    : readRecipe(await readManifest(versionFolder(modelDir, version)))
}
