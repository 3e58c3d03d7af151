import { EventEmitter } from 'node:events'
import { Registry } from 'prom-client'
import type { App } from '../../core/app.ts'
import { createApp } from '../../core/app.ts'
import { type Platform, platformOf } from '../../core/digest/delivery.ts'
import type { Poster } from '../../core/digest/poster.ts'
import type { Subscription } from '../../core/digest/subscription.ts'
import type { Accounts } from '../../core/players/accounts.ts'
import { compose } from '../../core/use-cases/digest/compose.ts'
import { createTellPaused } from '../../core/use-cases/digest/tell-paused.ts'
import { createJournal } from '../../db/people/journal.ts'
import { purge } from '../../db/people/retention.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { databaseHealth } from '../../db/postgres/health.ts'
import { createRateLimiter } from '../../db/postgres/pace.ts'
import { startRefreshQueue } from '../../db/training/refresh-queue.ts'
import { createRefreshes } from '../../db/training/refreshes.ts'
import type { ModelScorer } from '../../inference/client/client.ts'
import { type Context, doQuietly, openDatabase, openPorts } from '../context/parts.ts'
import { unhandledRejections } from '../context/unhandled.ts'
import { type DigestAsked, openDigests, telling } from '../jobs/digest/open.ts'
import { every } from '../jobs/every.ts'
import { addRefreshMetrics } from '../jobs/refresh/metrics.ts'
import { isDue } from '../jobs/refresh/refresh.ts'
import { createRunAside } from '../jobs/refresh/run-aside.ts'
import { scheduleRefreshes } from '../jobs/refresh/schedule.ts'
import { registerSourceMetrics } from '../jobs/steam-sync/metrics.ts'
import { scheduleSources } from '../jobs/steam-sync/schedule.ts'
import { createCommandMetrics } from '../platform/command-metrics.ts'
import type { Health } from '../platform/health.ts'
import { withMiddleware } from '../platform/middleware.ts'
import { createCoolDown, ratesFor } from '../platform/rate-limit.ts'
import type { SteamLogin } from '../platform/steam-login.ts'
import { prepareData } from './first-start.ts'
import { startHttp } from './http.ts'
import { formatterFor, openPage, PLATFORMS } from './platforms.ts'
import { tryPort } from './port.ts'
import { openPlatforms, type RunningPlatforms } from './running-platforms.ts'

export type Running = {
  readonly app: App
  /** How each part is, as `/health/ready` tells it. */
  readonly health: Health
  readonly url: string
  /** Whether there is a playground at that address. */
  readonly playground: boolean
  readonly platforms: readonly string[]
}

/**
 * Builds every part, in the order in which each needs the ones before it. What can fail on this machine comes before
 * Discord, which counts how often a bot starts. Read from top to bottom.
 */
export async function start(context: Context): Promise<Running> {
  const { config, log, closers, step = doQuietly } = context
  for (const sentence of config.ignored) log('warn', sentence)
  const { host, port, metricsPort } = config.http
  await tryPort({ host, port, setting: 'HTTP_PORT' })
  if (metricsPort !== undefined) await tryPort({ host, port: metricsPort, setting: 'METRICS_PORT' })
  const db = await step('Database', () => openDatabase(context, { waiting: true }))
  await prepareData(context, db)
  scheduleRetention(context, db)
  scheduleSources(context, db)

  const ports = await step('Recommender', () => openPorts(context, db, formatterFor))
  const asked: DigestAsked = new EventEmitter()
  const core = createApp({ ...ports, digests: telling(ports.digests, asked) })
  const coolDown = createCoolDown({ ...ratesFor(config.commandsPerMinute), now: ports.now })
  const registry = new Registry()
  const onAnswered = createCommandMetrics(registry)
  const app = withMiddleware(core, { log, journal: createJournal(db), coolDown, onAnswered })
  closers.push('the journal', app.journalled)

  const pace = createRateLimiter(db)
  const platforms = await openPlatforms(context, PLATFORMS, { db, app, pace, now: ports.now })
  await platforms.connect('first')
  registry.registerMetric(unhandledRejections)
  registerSourceMetrics(registry, db)
  const ask = () => health(db, ports.scorer, platforms)
  const page = await openPage(context, { db, ports, coolDown, health: ask })
  const http = await startHttp({
    ...config.http,
    ...{ health: ask, page, mounts: platforms.mounts },
    steamLogin: steamLoginOf(context, app, ports.accounts),
    registry,
    ownWorker: ports.ownWorker,
  })
  closers.push('the HTTP server', http.stop)
  await startLearning(context, db, registry)

  await platforms.connect('last')
  if (platforms.configured && platforms.names().length === 0) {
    throw new Error('no platform could be started; the lines above say why')
  }
  await startDigests(context, { db, registry, ports, asked, posters: platforms.posters() })
  // Before all else: nothing that answers may be closed while requests come in.
  const drainingMs = config.http.graceMs + ANSWERED_WITHIN_MS
  await closers.open('the way in over HTTP', Promise.resolve(http), ({ drain }) => drain(), drainingMs)
  return {
    ...{ app, health: ask, url: http.url },
    ...{ playground: page !== undefined, platforms: platforms.names() },
  }
}

/** What was read before the end of the grace time is answered by then. */
const ANSWERED_WITHIN_MS = 3_000

/** The model goes on learning by itself, if the operator lets it. */
async function startLearning(context: Context, db: Db, registry: Registry): Promise<void> {
  const { config, log, closers } = context
  const refreshes = createRefreshes(db)
  addRefreshMetrics(registry, refreshes)
  const { cron } = config.learning
  if (cron === undefined) return
  const aside = createRunAside(context)
  const schedule = await scheduleRefreshes({
    ...{ cron, run: aside.run, log },
    queue: await startRefreshQueue(db, log),
    isDue: (slot) => isDue({ refreshes, modelDir: config.modelDir }, slot),
    now: () => new Date(),
  })
  closers.push('the refresh schedule', async () => {
    await aside.stop()
    await schedule.stop()
  })
}

type Digesting = {
  readonly db: Db
  readonly registry: Registry
  readonly ports: Awaited<ReturnType<typeof openPorts>>
  readonly posters: Partial<Record<Platform, Poster>>
  readonly asked: DigestAsked
}

/** Where a platform is not configured or refused us, its digests wait; nothing where there is none. */
async function startDigests(context: Context, { ports, posters, ...parts }: Digesting): Promise<void> {
  if (Object.keys(posters).length === 0) return
  const posterFor = ({ place }: Subscription) => posters[platformOf(place)]
  await openDigests(context, {
    ...parts,
    posters,
    compose: (taken) => compose(ports.composing, taken),
    tellPaused: createTellPaused({ accounts: ports.accounts, formatterFor, posterFor }),
  })
}

function steamLoginOf({ config, log }: Context, app: App, accounts: Accounts): SteamLogin | undefined {
  const { publicUrl } = config.http
  return publicUrl === undefined
    ? undefined
    : { publicUrl, openId: { provider: config.steam.openIdUrl }, app, accounts, log }
}

/** Snapshots and old answers are personal data with an end; hourly is often enough for bounds of days. */
function scheduleRetention({ log, closers }: Context, db: Db): void {
  const purging = every(
    {
      ...{ name: 'retention', pattern: '7 * * * *', log },
      failed: 'could not delete expired data',
      recovered: 'deleting expired data again',
    },
    async () => log('debug', 'deleted expired data', await purge(db, new Date())),
  )
  closers.push('the retention schedule', purging.stop)
}

async function health(db: Db, scorer: ModelScorer, platforms: RunningPlatforms) {
  const [database, worker] = await Promise.all([databaseHealth(db), scorer.health()])
  return { database, inference: worker, ...platforms.health() }
}
