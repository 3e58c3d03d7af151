import type { Refresh } from '../../../core/training/refresh.ts'
import { PINNED_LIBRARIES } from '../../../core/training/sanity-checks.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { sampleLibraries } from '../../../db/import/sample/sample.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { readInteractions } from '../../../db/training/interactions.ts'
import { createRefreshes } from '../../../db/training/refreshes.ts'
import { ingest, unknownShare } from '../../../db/training/training-data.ts'
import { trainAside } from '../../../inference/training/train.ts'
import { type Message, post, type Webhook } from '../../config/webhook.ts'
import type { Context } from '../../context/parts.ts'
import type { OperatorReport } from '../../platform/operator-report.ts'
import { type TrainOptions, trainingTask } from '../training/training.ts'
import type { RefreshParts } from './parts.ts'
import { reportOf } from './report.ts'

/** Writes what operators are told, for the webhook of a platform. */
export type WriteMessage = (platform: Webhook['kind'], report: OperatorReport) => Promise<Message>

/** What a refresh works with, on this database and model folder. */
export function openRefreshParts(
  context: Context,
  db: Db,
  options: TrainOptions,
  write: WriteMessage,
): RefreshParts {
  const { config, log } = context
  const { modelDir, learning } = config
  return {
    refreshes: createRefreshes(db),
    warehouse: warehouseOf(db),
    catalogue: createCatalogue(db),
    train: async (candidate) =>
      trainAside({ ...(await trainingTask(context, db, options)), ...candidate, modelDir }),
    modelDir,
    versionsKept: learning.versionsKept,
    pinned: [...PINNED_LIBRARIES, ...sampleLibraries()],
    tell: (refresh) => tellOperators(refresh, learning.webhook, write),
    log,
  }
}

export function warehouseOf(db: Db): RefreshParts['warehouse'] {
  return {
    takeIn: () => ingest(db),
    heldOut: () => readInteractions(db, { part: 'held-out' }),
    unknownShare: (games) => unknownShare(db, games),
  }
}

/** Where no webhook is set, the log and `npm run doctor` are all there is. */
async function tellOperators(
  refresh: Refresh,
  webhook: Webhook | undefined,
  write: WriteMessage,
): Promise<void> {
  if (webhook) await post(webhook, await write(webhook.kind, reportOf(refresh)))
}
