import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { AppPorts } from '../../core/app.ts'
import { createExamples } from '../../core/catalogue/examples.ts'
import type { FormatterFor } from '../../core/commands/formatter.ts'
import { errorFields, type Log } from '../../core/log.ts'
import { createSteam } from '../../core/steam/client.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { preview } from '../../core/use-cases/digest/compose.ts'
import type { Digests } from '../../core/use-cases/digest/digests.ts'
import { createCatalogue } from '../../db/catalogue/catalogue.ts'
import { createRates } from '../../db/catalogue/exchange-rates.ts'
import { createSubscriptions } from '../../db/digest/subscriptions.ts'
import { startEmbedded } from '../../db/embedded/embedded.ts'
import { createCallBudget } from '../../db/ingest/call-budget.ts'
import { createAccounts } from '../../db/people/accounts.ts'
import { createAnswers } from '../../db/people/answers.ts'
import { createConsents } from '../../db/people/consents.ts'
import { createOpinions } from '../../db/people/opinions.ts'
import { createPlaces } from '../../db/people/places.ts'
import { createRecords } from '../../db/people/records.ts'
import { createSnapshots } from '../../db/people/snapshots.ts'
import { connect, type Db } from '../../db/postgres/connect.ts'
import { migrate } from '../../db/postgres/migrate.ts'
import { createScorer, type ModelScorer } from '../../inference/client/client.ts'
import { startWorker } from '../../inference/serving/spawn.ts'
import type { Config } from '../config/config.ts'
import { loginUrlAt } from '../platform/steam-login.ts'
import type { Closers } from './closers.ts'
import { openComposing } from './composing.ts'

/** What every task builds on. Parts are opened in the order they are asked for and closed in reverse. */
export type Context = {
  readonly config: Config
  readonly log: Log
  readonly closers: Closers
  /** Shows a person what is being done; absent where nobody watches. */
  readonly step?: Step
}

/** Does a piece of work under a title, and returns what comes of it. */
export type Step = <T>(title: string, work: () => Promise<T>) => Promise<T>

/** For where nobody watches. */
export const doQuietly: Step = (_title, work) => work()

/**
 * Opens a migrated database: the one that is configured, or our own server under the data folder. Programs that are
 * started by a machine wait for it a while; a person who typed a command is told at once.
 */
export async function openDatabase(context: Context, { waiting = false } = {}): Promise<Db> {
  const { log, closers } = context
  const db = connect(await databaseUrl(context), log, context.config)
  closers.push('the database pool', () => db.destroy())
  if (waiting) await untilReachable(context, db)
  const applied = await migrate(db)
  if (applied.length > 0) log('info', 'migrated the database', { migrations: applied.join(', ') })
  return db
}

const ASK_AGAIN_MS = 1_000

/** Throws the last error where the time is over, and at once where waiting can't help, such as for a bad password. */
async function untilReachable({ config, log, closers }: Context, db: Db): Promise<void> {
  const until = Date.now() + config.databaseWaitMs
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sql`select 1`.execute(db)
      if (attempt > 1) log('info', 'connected to the database')
      return
    } catch (error) {
      const mayPass = error instanceof Unavailable && !isLasting(error) && !closers.signal.aborted
      if (!mayPass || Date.now() + ASK_AGAIN_MS > until) throw error
      if (attempt === 1) log('warn', waitingInWords(config.databaseWaitMs), errorFields(error))
      await delay(ASK_AGAIN_MS, undefined, { signal: closers.signal })
    }
  }
}

/** Wrong passwords, users, databases, parameters and rights, by PostgreSQL's codes. */
const LASTING = /^(28P01|28000|3D000|42704|22023|42501)$/

function isLasting({ cause }: Unavailable): boolean {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && LASTING.test(code)
}

function waitingInWords(ms: number): string {
  return `the database does not answer; waiting for it up to ${ms / 1000} s (DATABASE_WAIT_SECONDS)`
}

/** Where the database is. Holds the password: for `connect` alone. */
export async function databaseUrl(context: Context): Promise<string> {
  return context.config.databaseUrl ?? openEmbedded(context)
}

/** Left running, it would be nobody's. */
const DATABASE_STOPS_MS = 20_000

async function openEmbedded({ config, log, closers }: Context): Promise<string> {
  const starting = startEmbedded({ dataDir: config.dataDir, log, signal: closers.signal })
  const server = await closers.open(
    'the embedded database',
    starting,
    ({ stop }) => stop(),
    DATABASE_STOPS_MS,
  )
  return server.url
}

type Scoring = {
  readonly scorer: ModelScorer
  /** Where the worker is that was started for it; undefined: it asks those of INFERENCE_URL. */
  readonly ownWorker: string | undefined
}

/** A scorer in front of the configured workers, or of one of our own. */
async function openScorer({ config, log, closers, step }: Context): Promise<Scoring> {
  const { modelDir } = config
  const { urls } = config.inference
  if (urls) return { scorer: createScorer({ urls, modelDir, log }), ownWorker: undefined }
  const starting = startWorker({
    ...{ modelDir, provider: config.inference.provider, log },
    // Its lines would run through those that somebody watches.
    ...(step && { logLevel: 'warn' }),
  })
  const worker = await closers.open('the inference worker', starting, ({ stop }) => stop())
  return { scorer: createScorer({ urls: [worker.url], modelDir, log }), ownWorker: worker.url }
}

/** All that the core's door needs, and what composes digests. */
export async function openPorts(context: Context, db: Db, formatterFor: FormatterFor) {
  const { scorer, ownWorker } = await openScorer(context)
  const ports = { ...openCommandPorts(context, db, scorer), formatterFor }
  const composing = openComposing(context, db, ports)
  const digests: Digests = {
    subscriptions: createSubscriptions(db),
    deliveries: composing.deliveries,
    preview: (subscription, strings) => preview(composing, subscription, strings),
  }
  return { ...ports, digests, composing, ownWorker }
}

function openCommandPorts({ config, log, closers }: Context, db: Db, scorer: ModelScorer) {
  const calls = createCallBudget(db, { perDay: config.steam.callsPerDay, log })
  closers.push('the count of calls to Steam', calls.flush)
  const now = () => new Date()
  const catalogue = createCatalogue(db)
  const steam = createSteam({ ...config.steam, snapshots: createSnapshots(db), log, onCall: calls.count })
  return {
    libraries: steam,
    profiles: steam,
    accounts: createAccounts(db),
    places: createPlaces(db),
    records: createRecords(db),
    loginUrl: loginUrlAt(config.http.publicUrl),
    catalogue,
    scorer,
    answers: createAnswers(db),
    opinions: createOpinions(db),
    rates: createRates(db),
    consents: createConsents(db),
    examples: createExamples({ catalogue, hasSteam: config.steam.apiKey !== undefined, now }),
    now,
  } satisfies Omit<AppPorts, 'digests' | 'formatterFor'>
}
