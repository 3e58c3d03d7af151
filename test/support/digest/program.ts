import { createInterface } from 'node:readline'
import { Registry } from 'prom-client'
import { startDigests } from '../../../bot/jobs/digest/clock.ts'
import { createDigestMetrics } from '../../../bot/jobs/digest/metrics.ts'
import { startQueue } from '../../../db/digest/queue.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { createRateLimiter } from '../../../db/postgres/pace.ts'
import { createChannelPoster, type PosterOptions } from '../fakes/digest-poster.ts'
import { clockOf } from '../fakes/moved-clock.ts'
import { createEngine } from './engine.ts'
import { createFated, type Fate } from './fate.ts'

export type Orders = {
  readonly databaseUrl: string
  readonly clockFile: string
  readonly poster: Omit<PosterOptions, 'pace'>
  /** Posts of all processes together are so far apart. */
  readonly everyMs?: number
}

/** Look for digests once, or until it is stopped. */
export type Order = { readonly kind: 'pass' | 'serve'; readonly fate?: Fate }

// Run as `node digest-program.ts <orders>`: another process with the real engine, which posts to the stand-in. Each line on
// its standard input is an order.
const { databaseUrl, clockFile, poster, everyMs = 0 } = JSON.parse(process.argv[2] ?? '') as Orders
const db = connect(databaseUrl, () => {})
const now = clockOf(clockFile)
const pace = { pace: createRateLimiter(db), key: 'stand-in', everyMs }
const posting = createChannelPoster(everyMs > 0 ? { ...poster, pace } : poster)

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function obey({ kind, fate }: Order): Promise<void> {
  const fated = createFated(fate, say)
  const engine = createEngine({ db, now, poster: posting }, ({ compose, deliveries, ...ports }) => ({
    ...ports,
    poster: fated('poster', ports.poster),
    deliveries: fated('deliveries', deliveries),
    ...fated('words', { compose }),
  }))
  if (kind === 'pass') return engine.pass()
  const queue = fated('queue', await startQueue(db, engine.ports.log))
  const metrics = createDigestMetrics(new Registry())
  const posters = { discord: engine.ports.poster, slack: engine.ports.poster }
  await startDigests({ ...engine.ports, queue, posters, metrics })
}

say('ready')
for await (const line of createInterface({ input: process.stdin })) {
  await obey(JSON.parse(line) as Order)
  say('done')
}
