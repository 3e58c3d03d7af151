import { parseGiven, withGram } from '../../db/gram/open.ts'
import { readGram } from '../../inference/training/gram/given-gram.ts'
import { createPhases } from '../../inference/training/phases.ts'
import { type Published, trainAndPublish } from '../../inference/training/train.ts'
import { recipeFault } from '../../inference/training/train-gram.ts'
import { type Context, openDatabase } from '../context/parts.ts'
import {
  recipeOf,
  type TrainOptions,
  tellPublished,
  trainingSettings,
  trainOn,
} from '../jobs/training/training.ts'
import { startProgress } from '../terminal/progress.ts'

/** `npm run train`. Throws one sentence where there is nothing that can be trained on. */
export async function runTrain(context: Context, options: TrainOptions): Promise<void> {
  if (options.gram === undefined) await trainOn(context, await openDatabase(context), options)
  else await trainOnGiven(context, { ...options, gram: options.gram })
}

/** Trains on a Gram matrix that was counted elsewhere; the catalogue alone is read of the database. */
async function trainOnGiven(
  context: Context,
  options: TrainOptions & { readonly gram: string },
): Promise<Published> {
  const given = parseGiven(options.gram)
  const db = await openDatabase(context)
  const settings = await trainingSettings(context, db, options)
  const { minPlayers } = settings
  const reading = startProgress('reading the Gram matrix')
  const { gram, recipe } = await withGram(given, db, async (source) => {
    const recipe = recipeOf({ variant: source.weighted ? 'weighted' : 'edlae', ...options })
    // Before hours of somebody else's counting are read for nothing.
    const fault = recipeFault(source.weighted, recipe)
    if (fault) throw new Error(fault)
    const phases = createPhases(settings)
    return { recipe, gram: await readGram(source, { minPlayers, phases, onProgress: reading.update }) }
  }).finally(reading.stop)
  const published = await trainAndPublish({
    ...{ ...settings, gram, recipe },
    modelDir: context.config.modelDir,
  })
  tellPublished(context, published)
  return published
}
