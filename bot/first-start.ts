import type { Db } from '../db/connect.ts'
import { loadSample } from '../db/import/sample.ts'
import { versions } from '../inference/model-files.ts'
import type { Context } from './parts.ts'
import { trainOn } from './tasks/train.ts'

/** On an empty database the sample is loaded, and without a model one is trained, so that the first start just works. */
export async function prepareData(context: Context, db: Db): Promise<void> {
  const { log, config } = context
  if (await isEmpty(db)) {
    log('info', 'the catalogue is empty: loading the sample (real free games, synthetic players)')
    await loadSample(db, log)
  }
  if ((await versions(config.modelDir)).length === 0) {
    log('info', 'there is no model yet: training one on the players in the database')
    await trainOn(context, db, {})
  }
}

async function isEmpty(db: Db): Promise<boolean> {
  const game = await db.selectFrom('warehouse.game').select('appid').limit(1).executeTakeFirst()
  return game === undefined
}
