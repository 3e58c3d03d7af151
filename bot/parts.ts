import { preview } from '../core/digest/compose.ts'
import type { Digests } from '../core/digest/ports.ts'
import { createExamples } from '../core/examples.ts'
import type { Log } from '../core/log.ts'
import type { Ports } from '../core/ports.ts'
import { createSteam } from '../core/steam/client.ts'
import { createAccounts } from '../db/accounts.ts'
import { createAnswers } from '../db/answers.ts'
import { createCallBudget } from '../db/call-budget.ts'
import { createCatalogue } from '../db/catalogue.ts'
import { connect, type Db } from '../db/connect.ts'
import { createConsents } from '../db/consents.ts'
import { startEmbedded } from '../db/embedded.ts'
import { createRates } from '../db/exchange-rates.ts'
import { migrate } from '../db/migrate.ts'
import { createOpinions } from '../db/opinions.ts'
import { createPlaces } from '../db/places.ts'
import { createRecords } from '../db/records.ts'
import { createSnapshots } from '../db/snapshots.ts'
import { createSubscriptions } from '../db/subscriptions.ts'
import { createScorer, type ModelScorer } from '../inference/client.ts'
import { startWorker } from '../inference/spawn.ts'
import type { Closers } from './closers.ts'
import type { Config } from './config.ts'
import { openComposing } from './digest/composing.ts'
import { loginUrlAt } from './steam-login.ts'

/** What every task builds on. Parts are opened in the order they are asked for and closed in reverse. */
export type Context = { readonly config: Config; readonly log: Log; readonly closers: Closers }

/** A migrated database: the one that is configured, or our own server under the data folder. */
export async function openDatabase(context: Context): Promise<Db> {
  const { log, closers } = context
  const db = connect(await databaseUrl(context), log)
  closers.push('the database pool', () => db.destroy())
  const applied = await migrate(db)
  if (applied.length > 0) log('info', 'migrated the database', { migrations: applied.join(', ') })
  return db
}

/** Where the database is. Holds the password: for `connect` alone. */
export async function databaseUrl(context: Context): Promise<string> {
  return context.config.databaseUrl ?? openEmbedded(context)
}

async function openEmbedded({ config, log, closers }: Context): Promise<string> {
  const server = await startEmbedded({ dataDir: config.dataDir, log })
  closers.push('the embedded database', server.stop)
  return server.url
}

/** A scorer in front of the configured workers, or of one of our own. */
async function openScorer({ config, log, closers }: Context): Promise<ModelScorer> {
  const { modelDir } = config
  if (config.inference.urls) return createScorer({ urls: config.inference.urls, modelDir, log })
  const worker = await startWorker({ modelDir, provider: config.inference.provider, log })
  closers.push('the inference worker', worker.stop)
  return createScorer({ urls: [worker.url], modelDir, log })
}

/** All that the core's door needs, and what composes digests. */
export async function openPorts(context: Context, db: Db) {
  const ports = await openCommandPorts(context, db)
  const composing = openComposing(context, db, ports)
  const digests: Digests = {
    subscriptions: createSubscriptions(db),
    deliveries: composing.deliveries,
    preview: (subscription, words) => preview(composing, subscription, words),
  }
  return { ...ports, digests, composing }
}

async function openCommandPorts(context: Context, db: Db) {
  const { config, log, closers } = context
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
    scorer: await openScorer(context),
    answers: createAnswers(db),
    opinions: createOpinions(db),
    rates: createRates(db),
    consents: createConsents(db),
    examples: createExamples({ catalogue, hasSteam: config.steam.apiKey !== undefined, now }),
    now,
  } satisfies Omit<Ports, 'digests'>
}
