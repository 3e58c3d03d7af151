import { HELD_OUT_RULE } from '../../../core/training/refresh.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { readGameLabels } from '../../../db/catalogue/game-labels.ts'
import { readNewcomers } from '../../../db/catalogue/newcomers.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { readInteractions } from '../../../db/training/interactions.ts'
import { chooseProvider } from '../../../inference/runtime/session.ts'
import { describePhase, type PhaseWatch } from '../../../inference/training/phases.ts'
import { type Published, type TrainingTask, trainAndPublish } from '../../../inference/training/train.ts'
import {
  DEFAULT_MIN_PLAYERS,
  DEFAULT_NEWCOMERS,
  type Recipe,
  VARIANTS,
  type VariantName,
} from '../../../inference/training/variants.ts'
import type { Context } from '../../context/parts.ts'
import { startProgress } from '../../terminal/progress.ts'

export type TrainOptions = {
  readonly l2?: number
  readonly minPlayers?: number
  /** How many games that hardly anybody owns yet, known by their labels. */
  readonly newcomers?: number
  readonly variant?: VariantName
  /** A file with a ready-made Gram matrix, or a query that answers one. */
  readonly gram?: string
}

/** Trains on the players in the database, but for the held-out ones, and publishes the model as the next version. */
export async function trainOn(context: Context, db: Db, options: TrainOptions): Promise<Published> {
  const task = await trainingTask(context, db, options)
  const published = await trainAndPublish({ ...task, modelDir: context.config.modelDir })
  tellPublished(
    context,
    published,
    task.interactions.synthetic ? { note: 'synthetic players are among them' } : {},
  )
  return published
}

/** What every model that is to be served is trained on, and how; steps are told in the log. */
export async function trainingTask(context: Context, db: Db, options: TrainOptions) {
  const { newcomers = DEFAULT_NEWCOMERS } = options
  const reading = startProgress('reading interactions')
  const read = readInteractions(db, { part: 'learning', onProgress: reading.update })
  return {
    interactions: await read.finally(reading.stop),
    recipe: recipeOf(options),
    readLabels: (games) => readGameLabels(db, games),
    newcomers: { read: (known, limit) => readNewcomers(db, known, limit), limit: newcomers },
    heldOut: HELD_OUT_RULE,
    ...(await trainingSettings(context, db, options)),
  } satisfies TrainingTask
}

export function recipeOf({ variant = 'default', l2 }: Pick<TrainOptions, 'variant' | 'l2'>): Recipe {
  return { ...VARIANTS[variant], ...(l2 !== undefined && { l2 }) }
}

export async function trainingSettings({ config, log }: Context, db: Db, options: TrainOptions) {
  const { provider, bufferLimit } = await chooseProvider(config.inference.provider, log)
  const watch: PhaseWatch = {
    // The longest step by far, and on a GPU nothing can be told of it until it is over.
    onBegin: (name) => log(name.startsWith('solve') ? 'info' : 'debug', `${name} …`),
    onPhase: (phase) => log('info', describePhase(phase)),
  }
  return {
    ...watch,
    minPlayers: options.minPlayers ?? DEFAULT_MIN_PLAYERS,
    targets: await readTargets(db),
    solving: { provider, bufferLimit, log },
  }
}

/** Only indie games are ever picked. Of an empty catalogue nothing is known yet. */
async function readTargets(db: Db): Promise<ReadonlySet<number> | undefined> {
  const indie = await createCatalogue(db).indie()
  return indie.length === 0 ? undefined : new Set<number>(indie)
}

export function tellPublished(
  { log }: Context,
  published: Published,
  notes: Readonly<Record<string, string>> = {},
): void {
  const { version, players, vocabulary, targets, pairs, residual } = published
  log('info', 'published a model', {
    version,
    ...(players !== undefined && { players }),
    games: vocabulary.length,
    targets: targets.length,
    pairs,
    residual: residual.toExponential(1),
    ...notes,
  })
}
