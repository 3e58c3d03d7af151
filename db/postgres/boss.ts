import { PgBoss } from 'pg-boss'
import type { Log } from '../../core/log.ts'
import { type Db, withClient } from './connect.ts'

/** While a database is away every worker says so every second. */
const QUIET_MS = 30_000

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
  boss.on('warning', ({ message }) => log('warn', 'the job queue reported a warning', { warning: message }))
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

function quietly(log: Log, now = Date.now) {
  let quietUntil = 0
  return (error: Error) => {
    if (now() < quietUntil) return
    quietUntil = now() + QUIET_MS
    // Not always an `Error`, whatever its type says.
    log('warn', 'the job queue failed; retrying', { error: error.message })
  }
}
