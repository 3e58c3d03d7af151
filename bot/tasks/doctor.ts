import { sql } from 'kysely'
import { connect, type Db } from '../../db/postgres/connect.ts'
import { withinDeadline } from '../../db/postgres/deadline.ts'
import { databaseHealth } from '../../db/postgres/health.ts'
import { PLATFORMS } from '../app/platforms.ts'
import { type Context, databaseUrl } from '../context/parts.ts'
import {
  catalogueCheck,
  fitnessCheck,
  learningCheck,
  migrationsCheck,
  modelCheck,
  ratesCheck,
} from '../doctor/data.ts'
import { steamCheck } from '../doctor/outside.ts'
import { catalogueRefreshCheck, libraryRefreshCheck } from '../doctor/sources.ts'
import { workerCheck } from '../doctor/worker.ts'
import { type Check, type Finding, renderFinding, runCheck } from '../platform/finding.ts'

/** `npm run doctor`: one line a part. Throws where a part is ill. Changes nothing. */
export async function runDoctor(context: Context): Promise<void> {
  const { config } = context
  const findings: Finding[] = []
  const see = async (part: string, check: Check) => {
    const finding = await withinDeadline(() => runCheck(part, check))
    findings.push(finding)
    process.stdout.write(`${renderFinding(finding)}\n`)
  }
  const db = await seeDatabase(context, see)
  await see('model', modelCheck(config.modelDir))
  await see('worker', workerCheck(config.inference))
  await see('Steam', steamCheck(config.steam))
  for (const platform of PLATFORMS) {
    for (const [part, check] of platform.checks(context, db)) await see(part, check)
  }
  const ill = findings.filter((finding) => finding.state === 'ill').map((finding) => finding.part)
  if (ill.length > 0) throw new Error(`not well: ${ill.join(', ')}`)
}

async function seeDatabase(
  context: Context,
  see: (part: string, check: Check) => Promise<void>,
): Promise<Db | undefined> {
  const db = connect(await databaseUrl(context), context.log, context.config)
  context.closers.push('the database pool', () => db.destroy())
  let answers = false
  await see('database', async () => {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db)
    answers = true
    const { ok, detail } = await databaseHealth(db)
    return ok ? { state: 'well', detail: `PostgreSQL ${rows[0]?.server_version}` } : { state: 'ill', detail }
  })
  if (!answers) return undefined
  await see('database fitness', fitnessCheck(db))
  await see('migrations', migrationsCheck(db))
  await see('catalogue', catalogueCheck(db))
  await see('exchange rates', ratesCheck(db))
  await see('learning', learningCheck(db, context.config.learning))
  await see('catalogue refresh', catalogueRefreshCheck(db, context.config.steam))
  await see('library refresh', libraryRefreshCheck(db, context.config.steam))
  return db
}
