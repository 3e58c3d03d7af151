import type { Log } from '../../core/log.ts'
import { startBoss } from '../postgres/boss.ts'
import type { Db } from '../postgres/connect.ts'

const NAME = 'refresh'

/** What has to be made is told by the rows of `lake.refresh`, so a job that fails is not worth repeating. */
const LANE = {
  policy: 'exclusive',
  retryLimit: 0,
  expireInSeconds: 6 * 3600,
  retentionSeconds: 3600,
  deleteAfterSeconds: 600,
}

const WORKER = { batchSize: 1, localConcurrency: 1 }

const POLL_SECONDS = 5

const STOP_WITHIN_MS = 30_000

/** Refreshes that are due, for whichever process takes them up first. */
export type RefreshQueue = {
  /** One that is queued or running under the same key is not added again. */
  add(key: string, slot: Date): Promise<void>
  /** `handle` never throws, and may be called again for the same slot after a crash. */
  work(handle: (slot: Date) => Promise<void>): Promise<void>
  /** Waits for what is in hand, for a while. */
  stop(): Promise<void>
}

export async function startRefreshQueue(db: Db, log: Log, pollSeconds = POLL_SECONDS): Promise<RefreshQueue> {
  const boss = await startBoss(db, log)
  await boss.createQueue(NAME, LANE)
  return {
    async add(key, slot) {
      await boss.insert(NAME, [{ singletonKey: key, data: { slot: slot.toISOString() } }])
    },

    async work(handle) {
      const worker = { ...WORKER, pollingIntervalSeconds: pollSeconds }
      await boss.work<{ slot: string }>(NAME, worker, async (jobs) => {
        for (const { data } of jobs) await handle(new Date(data.slot))
      })
    },

    stop: () => boss.stop({ timeout: STOP_WITHIN_MS }),
  }
}
