import { HELD_OUT_RULE } from '../../core/refresh.ts'
import { createCatalogue } from '../../db/catalogue.ts'
import type { Db } from '../../db/connect.ts'
import { readGameLabels } from '../../db/game-labels.ts'
import { readInteractions } from '../../db/interactions.ts'
import { readNewcomers } from '../../db/newcomers.ts'
import { describePhase } from '../../inference/phases.ts'
import { chooseProvider } from '../../inference/session.ts'
import { type Published, type TrainingTask, trainAndPublish } from '../../inference/train.ts'
import { DEFAULT, DEFAULT_MIN_PLAYERS, DEFAULT_NEWCOMERS } from '../../inference/variants.ts'
import { type Context, openDatabase } from '../parts.ts'
import { startProgress } from '../progress.ts'

export type TrainOptions = {
  readonly l2?: number
  readonly minPlayers?: number
  /** How many games that hardly anybody owns yet, known by their labels. */
  readonly newcomers?: number
}

/** `npm run train`. Throws one sentence where the database holds nothing that can be trained on. */
export async function runTrain(context: Context, options: TrainOptions): Promise<void> {
  await trainOn(context, await openDatabase(context), options)
}

/** Trains on the players in the database, but for the held-out ones, and publishes the model as the next version. */
export async function trainOn(context: Context, db: Db, options: TrainOptions): Promise<Published> {
  const { config, log } = context
  const task = await trainingTask(context, db, options)
  const published = await trainAndPublish({ ...task, modelDir: config.modelDir })
  log('info', 'published a model', {
    version: published.version,
    players: published.players,
    games: published.vocabulary.length,
    targets: published.targets.length,
    pairs: published.pairs,
    residual: published.residual.toExponential(1),
    ...(task.interactions.synthetic && { note: 'the players are synthetic' }),
  })
  return published
}

/** Only indie games are ever picked. Of an empty catalogue nothing is known yet. */
async function readTargets(db: Db): Promise<ReadonlySet<number> | undefined> {
  const indie = await createCatalogue(db).indie()
  return indie.length === 0 ? undefined : new Set<number>(indie)
}

/** What every model that is to be served is trained on, and how; steps are told in the log. */
export async function trainingTask(context: Context, db: Db, options: TrainOptions) {
  const { config, log } = context
  const reading = startProgress('reading interactions')
  const read = readInteractions(db, { part: 'learning', onProgress: reading.update })
  const interactions = await read.finally(reading.stop)
  const { provider, bufferLimit } = await chooseProvider(config.inference.provider, log)
  const { l2 = DEFAULT.l2, minPlayers = DEFAULT_MIN_PLAYERS, newcomers = DEFAULT_NEWCOMERS } = options
  return {
    interactions,
    recipe: { ...DEFAULT, l2 },
    minPlayers,
    readLabels: (games) => readGameLabels(db, games),
    newcomers: { read: (known, limit) => readNewcomers(db, known, limit), limit: newcomers },
    targets: await readTargets(db),
    solving: { provider, bufferLimit, log },
    heldOut: HELD_OUT_RULE,
    // The longest step by far, and on a GPU nothing can be told of it until it is over.
    onBegin: (name) => log(name.startsWith('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  } satisfies TrainingTask
}
