import type { Db } from '../../db/connect.ts'
import { readGameLabels } from '../../db/game-labels.ts'
import { readInteractions } from '../../db/interactions.ts'
import { readNewcomers } from '../../db/newcomers.ts'
import { describePhase } from '../../inference/phases.ts'
import { chooseProvider } from '../../inference/session.ts'
import { type Published, trainAndPublish } from '../../inference/train.ts'
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

/** Trains on the players in the database and publishes the model as the next version. */
export async function trainOn(context: Context, db: Db, options: TrainOptions): Promise<Published> {
  const { config, log } = context
  const reading = startProgress('reading interactions')
  const interactions = await readInteractions(db, { onProgress: reading.update }).finally(reading.stop)
  const { provider } = await chooseProvider(config.inference.provider, log)
  const { l2 = DEFAULT.l2, minPlayers = DEFAULT_MIN_PLAYERS, newcomers = DEFAULT_NEWCOMERS } = options
  const published = await trainAndPublish({
    interactions,
    recipe: { ...DEFAULT, l2 },
    minPlayers,
    readLabels: (games) => readGameLabels(db, games),
    newcomers: { read: (known, limit) => readNewcomers(db, known, limit), limit: newcomers },
    provider,
    modelDir: config.modelDir,
    // The longest step by far, and on a GPU nothing can be told of it until it is over.
    onBegin: (name) => log(name.startsWith('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  })
  log('info', 'published a model', {
    version: published.version,
    players: published.players,
    games: published.vocabulary.length,
    pairs: published.pairs,
    residual: published.residual.toExponential(1),
    ...(interactions.synthetic && { note: 'the players are synthetic' }),
  })
  return published
}
