import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Registry } from 'prom-client'
import { createDiscordPoster } from '../bot/discord/send/poster.ts'
import { startDigests } from '../bot/jobs/digest/clock.ts'
import { createDigestMetrics } from '../bot/jobs/digest/metrics.ts'
import { createSlackPoster } from '../bot/slack/send/poster.ts'
import { createDeliveries } from '../db/digest/deliveries.ts'
import { startQueue } from '../db/digest/queue.ts'
import { createSubscriptions } from '../db/digest/subscriptions.ts'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { connect } from '../db/postgres/connect.ts'
import { migrate } from '../db/postgres/migrate.ts'
import { createRateLimiter } from '../db/postgres/pace.ts'
import { composeFrom, SUNDAY, WINDOW_MS } from '../test/support/digest/engine.ts'
import { startDiscordServer } from '../test/support/discord/server.ts'
import { startSlackServer } from '../test/support/slack/server.ts'

/**
 * `node bench/digests.ts [count]`: how long so many digests take that are due in the same minute, on one Discord and in
 * one Slack workspace, at the platforms' limits, which the stand-ins enforce and count.
 */
const count = Number(process.argv[2] ?? 1000)
/** A place may have ten; what Slack limits is the one workspace whose token we have. */
const PER_PLACE = 10
const WORKSPACE = 'T111'

const dataDir = await mkdtemp(path.join(tmpdir(), 'indiescout-bench-'))
// As root the server runs as another user.
await chmod(dataDir, 0o755)
const server = await startEmbedded({ dataDir, log: () => {} })
const db = connect(server.url, () => {})
await migrate(db)
const discord = await startDiscordServer()
const slack = await startSlackServer({ mode: 'socket' })
const due = new Date()

for (let at = 0; at < count; at += 1) {
  const team = `T${Math.floor(at / PER_PLACE)}`
  await subscribe(at, `discord:${Math.floor(at / PER_PLACE)}`, `discord:${discord.channels.add()}`)
  await subscribe(at, `slack:${team}`, `slack:${WORKSPACE}.${slack.channels.add(`C${at}`)}`)
}

async function subscribe(at: number, place_key: string, channel: string): Promise<void> {
  const schedule = { ...SUNDAY, next_slot: 'bench', next_due_at: due }
  const row = { id: channel, number: (at % PER_PLACE) + 1, place_key, channel, created_by: null, call: null }
  await db
    .insertInto('warehouse.subscription')
    .values({ ...row, ...schedule, count: 3, locale: 'en' })
    .execute()
}

const log = () => {}
const pace = createRateLimiter(db)
const deliveries = createDeliveries(db)
const posters = {
  discord: createDiscordPoster({ token: discord.token, apiUrl: discord.apiUrl, pace, log }),
  slack: createSlackPoster({ ...slack.options, pace, log, now: () => new Date() }),
}
const startedAt = performance.now()
const digests = await startDigests({
  ...{ deliveries, subscriptions: createSubscriptions(db), queue: await startQueue(db, log), posters, log },
  ...{ compose: composeFrom(deliveries), tellPaused: async () => true, windowMs: WINDOW_MS },
  ...{ now: () => new Date(), metrics: createDigestMetrics(new Registry()) },
})

const done = { discord: 0, slack: 0 }
while (done.discord === 0 || done.slack === 0) {
  const seconds = (performance.now() - startedAt) / 1000
  if (done.discord === 0 && discord.channels.posts().length >= count) done.discord = seconds
  if (done.slack === 0 && slack.channels.posts().length >= count) done.slack = seconds
  await new Promise((resolve) => setTimeout(resolve, 20))
}
// Discord: fifty a second. Slack: one a second for a channel, and five for a workspace, which is "several hundred a minute".
const least = { discord: count / 50, slack: count / 5 }
for (const platform of ['discord', 'slack'] as const)
  process.stdout.write(
    `${platform}: ${count} digests in ${done[platform].toFixed(1)} s; at its limits ${least[platform].toFixed(1)} s\n`,
  )
process.stdout.write(`refused as too fast: Discord ${discord.limited}, Slack ${slack.channels.limited()}\n`)
await digests.stop()
await discord.stop()
await slack.close()
await db.destroy()
await server.stop()
await rm(dataDir, { recursive: true, force: true })
