import { type DeliveryId, PLATFORMS, type Platform } from '../../core/digest/delivery.ts'
import type { Queue } from '../../core/digest/queue.ts'
import type { Log } from '../../core/log.ts'
import { startBoss } from '../postgres/boss.ts'
import type { Db } from '../postgres/connect.ts'

/**
 * A platform takes fifty posts a second at most, each of which takes some tenths of a second: so many are in hand at once,
 * in several batches, since a batch is as slow as its slowest.
 */
const WORKERS = { batchSize: 20, localConcurrency: 3, pollingIntervalSeconds: 1, burstWhenBatchFull: true }

/** What is to be posted is a row of its own, so a job that fails is not worth repeating, nor one that is over worth keeping. */
const LANE = {
  policy: 'exclusive',
  retryLimit: 0,
  expireInSeconds: 120,
  retentionSeconds: 3600,
  deleteAfterSeconds: 600,
}

const STOP_WITHIN_MS = 30_000

export async function startQueue(db: Db, log: Log): Promise<Queue> {
  const boss = await startBoss(db, log)
  for (const platform of PLATFORMS) await boss.createQueue(laneOf(platform), LANE)
  return {
    async add(platform, jobs) {
      const rows = jobs.map(({ key, id }) => ({ singletonKey: key, data: { id } }))
      if (rows.length > 0) await boss.insert(laneOf(platform), rows)
    },

    async work(platform, handle) {
      await boss.work<{ id: DeliveryId }>(laneOf(platform), WORKERS, async (jobs) => {
        await Promise.all(jobs.map(({ data }) => handle(data.id)))
      })
    },

    stop: () => boss.stop({ timeout: STOP_WITHIN_MS }),
  }
}

function laneOf(platform: Platform): string {
  return `digest-${platform}`
}
