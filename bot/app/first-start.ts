import type { Log } from '../../core/log.ts'
import { loadSample } from '../../db/import/sample/sample.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { isOutdated, versionFolder, versions } from '../../inference/model/model-files.ts'
import { CannotTrain } from '../../inference/training/cannot-train.ts'
import { type Context, doQuietly } from '../context/parts.ts'
import { trainOn } from '../jobs/training/training.ts'

/**
 * Loads the sample into an empty database, and trains a model where there is none, so that the first start just works. Where
 * too little is known to train on, there is no model yet, and picks come from tags and reviews.
 */
export async function prepareData(context: Context, db: Db): Promise<void> {
  const { log, config, step = doQuietly } = context
  if (await isEmpty(db)) {
    await step('Sample of free games and made-up players', () => {
      log('info', 'the catalogue is empty: loading the sample (real free games, made-up players)')
      return loadSample(db, log)
    })
  }
  const why = await whyNoModel(config.modelDir)
  if (why !== undefined) {
    await step('Model, trained on the players in the database', () => {
      log('info', `${why}: training on the players in the database`)
      return trainOn(context, db, {}).catch((error: unknown) => goOnWithout(error, log))
    })
  }
}

function goOnWithout(error: unknown, log: Log): void {
  if (!(error instanceof CannotTrain)) throw error
  log('warn', 'there is no model, so picks come from tags and reviews', { why: error.message })
}

/** Undefined where there is one; whether it is whole is the worker's to find out. */
async function whyNoModel(modelDir: string): Promise<string | undefined> {
  const newest = (await versions(modelDir)).at(-1)
  if (newest === undefined) return 'there is no model yet'
  return (await isOutdated(versionFolder(modelDir, newest)))
    ? 'the model was made by another release of this program'
    : undefined
}

async function isEmpty(db: Db): Promise<boolean> {
  const game = await db.selectFrom('warehouse.game').select('appid').limit(1).executeTakeFirst()
  return game === undefined
}
