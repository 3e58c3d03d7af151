import type { Db } from '../../db/connect.ts'
import { parseGiven, withGram } from '../../db/gram/open.ts'
import { readInteractions } from '../../db/interactions.ts'
import { readGram } from '../../inference/given-gram.ts'
import { createPhases, describePhase, type PhaseWatch } from '../../inference/phases.ts'
import { chooseProvider } from '../../inference/session.ts'
import { type Published, trainAndPublish } from '../../inference/train.ts'
import { recipeFault } from '../../inference/train-gram.ts'
import { DEFAULT_MIN_PLAYERS, VARIANTS, type VariantName } from '../../inference/variants.ts'
import { type Context, openDatabase } from '../parts.ts'
import { startProgress } from '../progress.ts'

export type TrainOptions = {
  readonly l2?: number
  readonly minPlayers?: number
  readonly variant?: VariantName
  /** A file with a ready-made Gram matrix, or a query that answers one. */
  readonly gram?: string
}

/** `npm run train`. Throws one sentence where there is nothing that can be trained on. */
export async function runTrain(context: Context, options: TrainOptions): Promise<void> {
  if (options.gram === undefined) await trainOn(context, await openDatabase(context), options)
  else await trainOnGiven(context, { ...options, gram: options.gram })
}

/** Trains on the players in the database and publishes the model as the next version. */
export async function trainOn(context: Context, db: Db, options: TrainOptions): Promise<Published> {
  const reading = startProgress('reading interactions')
  const interactions = await readInteractions(db, { onProgress: reading.update }).finally(reading.stop)
  const published = await trainAndPublish({ ...(await settingsOf(context, options)), interactions })
  tell(context, published, interactions.synthetic ? { note: 'the players are synthetic' } : {})
  return published
}

/** The same on a Gram matrix that was counted elsewhere. Only a query opens the database. */
async function trainOnGiven(
  context: Context,
  options: TrainOptions & { readonly gram: string },
): Promise<Published> {
  const given = parseGiven(options.gram)
  const settings = await settingsOf(context, options)
  const { recipe, minPlayers } = settings
  const reading = startProgress('reading the Gram matrix')
  const gram = await withGram(
    given,
    () => openDatabase(context),
    async (source) => {
      // Before hours of somebody else's counting are read for nothing.
      const fault = recipeFault(source.weighted, recipe)
      if (fault) throw new Error(fault)
      return readGram(source, { minPlayers, phases: createPhases(settings), onProgress: reading.update })
    },
  ).finally(reading.stop)
  const published = await trainAndPublish({ ...settings, gram })
  tell(context, published)
  return published
}

async function settingsOf({ config, log }: Context, options: TrainOptions) {
  const { variant = 'default', minPlayers = DEFAULT_MIN_PLAYERS } = options
  const { l2 = VARIANTS[variant].l2 } = options
  const watch: PhaseWatch = {
    // The longest step by far, and on a GPU nothing can be told of it until it is over.
    onBegin: (name) => log(name.startsWith('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  }
  const { provider } = await chooseProvider(config.inference.provider, log)
  return { ...watch, recipe: { ...VARIANTS[variant], l2 }, minPlayers, provider, modelDir: config.modelDir }
}

function tell({ log }: Context, published: Published, notes: Readonly<Record<string, string>> = {}): void {
  const { version, players, vocabulary, pairs, residual } = published
  log('info', 'published a model', {
    version,
    ...(players !== undefined && { players }),
    games: vocabulary.length,
    pairs,
    residual: residual.toExponential(1),
    ...notes,
  })
}
