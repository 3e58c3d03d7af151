import { PgBoss } from 'pg-boss'
import { type DeliveryId, PLATFORMS, type Platform } from '../../core/digest/delivery.ts'
import type { Queue } from '../../core/digest/queue.ts'
import type { Log } from '../../core/log.ts'
import { type Db, withClient } from '../postgres/connect.ts'

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

/** While a database is away every worker says so every second. */
const QUIET_MS = 30_000

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

/** Jobs in PostgreSQL, in the schema `pgboss`, over our own connections. */
export async function startBoss(db: Db, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    // One on which a statement failed is not used again: some of pg-boss's hold a transaction.
    db: { executeSql: (text, values) => withClient(db, (client) => client.query(text, values)) },
    schema: 'pgboss',
    schedule: false,
    supervise: true,
    maintenanceIntervalSeconds: 3600,
    registerInstance: false,
  })
  boss.on('error', quietly(log))
  boss.on('warning', ({ message }) => log('warn', 'the job queue warns', { warning: message }))
  await startAlone(db, boss)
  return boss
}

/** Processes that make the tables at once would trip over each other. */
async function startAlone(db: Db, boss: PgBoss): Promise<void> {
  await withClient(db, async (client) => {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtextextended('job queue', 0))`)
    await boss.start()
    await client.query('commit')
  })
}

function laneOf(platform: Platform): string {
  return `digest-${platform}`
}

function quietly(log: Log, now = Date.now) {
  let quietUntil = 0
  return (error: Error) => {
    if (now() < quietUntil) return
    quietUntil = now() + QUIET_MS
    // Not always an `Error`, whatever its type says.
    log('warn', 'the job queue cannot work; it goes on trying', { error: error.message })
  }
}
