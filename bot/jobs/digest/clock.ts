import type { DeliverPorts } from '../../../core/digest/deliver.ts'
import { deliver } from '../../../core/digest/deliver.ts'
import type { Deliveries } from '../../../core/digest/deliveries.ts'
import type { DeliveryId, Platform } from '../../../core/digest/delivery.ts'
import type { Poster } from '../../../core/digest/poster.ts'
import type { Queue } from '../../../core/digest/queue.ts'
import { errorFields } from '../../../core/log.ts'
import { every } from '../every.ts'
import type { DigestMetrics } from './metrics.ts'

export type DigestParts = Omit<DeliverPorts, 'deliveries' | 'poster' | 'onEnd'> & {
  readonly deliveries: Deliveries
  readonly queue: Queue
  /** Of the platforms that run here. */
  readonly posters: Partial<Readonly<Record<Platform, Poster>>>
  readonly metrics: DigestMetrics
}

const EVERY_FIVE_SECONDS = '*/5 * * * * *'

/** More than a platform takes in five seconds. */
const AT_ONCE = 500

/** A job that was lost with its process is made anew in the next minute. */
const KEY_MS = 60_000

/**
 * Looks for digests that are due, at once and every five seconds, and delivers them. Any number of processes may do so:
 * PostgreSQL's rows say what is to be done, the queue spreads it.
 */
export async function startDigests(parts: DigestParts): Promise<RunningDigests> {
  const { queue, log } = parts
  const lanes = lanesOf(parts)
  for (const { platform, ports } of lanes) await queue.work(platform, (id) => attempt(ports, id))
  const looking = every(
    {
      ...{ name: 'digests', pattern: EVERY_FIVE_SECONDS, log },
      failed: 'could not check for due digests',
      recovered: 'checking for due digests again',
    },
    () => tick(parts, lanes),
  )
  await looking.run()
  return {
    wake: () => void looking.run(),
    async stop() {
      await looking.stop()
      await queue.stop()
    },
  }
}

export type RunningDigests = {
  /** Looks at once: somebody waits for one. */
  wake(): void
  stop(): Promise<void>
}

type Lane = { readonly platform: Platform; readonly ports: DeliverPorts }

function lanesOf({ posters, metrics, ...ports }: DigestParts): Lane[] {
  const found = Object.entries(posters) as [Platform, Poster][]
  return found.map(([platform, poster]) => ({ platform, ports: { ...ports, poster, onEnd: metrics.onEnd } }))
}

async function tick(parts: DigestParts, lanes: readonly Lane[]): Promise<void> {
  const { deliveries, queue, windowMs, now, log, metrics } = parts
  const { due, skipped } = await deliveries.plan(now(), windowMs)
  metrics.onSkipped(skipped)
  if (skipped.length > 0)
    log('warn', 'digests were skipped: no process was running to post them', { digests: skipped.length })
  if (due > 0) log('debug', 'digests are due', { digests: due })
  for (const { platform } of lanes) {
    const ids = await deliveries.waiting(platform, now(), AT_ONCE)
    const minute = Math.floor(now().getTime() / KEY_MS)
    await queue.add(
      platform,
      ids.map((id) => ({ key: `${id}:${minute}`, id })),
    )
  }
}

async function attempt(ports: DeliverPorts, id: DeliveryId): Promise<void> {
  try {
    await deliver(ports, id)
  } catch (error) {
    ports.log('warn', 'a digest is waiting for the database', { delivery: id, ...errorFields(error) })
  }
}
