import type { EventEmitter } from 'node:events'
import type { Registry } from 'prom-client'
import type { Digests } from '../../../core/use-cases/digest/digests.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { startQueue } from '../../../db/digest/queue.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { Context } from '../../context/parts.ts'
import { type DigestParts, startDigests } from './clock.ts'
import { createDigestMetrics } from './metrics.ts'

/** Tells that somebody asked for a digest at once. */
export type DigestAsked = EventEmitter<{ digest: [] }>

type Needs = Pick<DigestParts, 'posters' | 'compose' | 'tellPaused'> & {
  readonly db: Db
  readonly registry: Registry
  readonly asked: DigestAsked
}

/** The weekly digests of the platforms that run here, until the closers come to them. */
export async function openDigests({ config, log, closers }: Context, needs: Needs): Promise<void> {
  const { db, registry, asked, ...parts } = needs
  const digests = await startDigests({
    ...parts,
    deliveries: createDeliveries(db),
    subscriptions: createSubscriptions(db),
    queue: await startQueue(db, log),
    windowMs: config.digestWindowMs,
    now: () => new Date(),
    log,
    metrics: createDigestMetrics(registry),
  })
  asked.on('digest', digests.wake)
  closers.push('the digests', () => {
    asked.off('digest', digests.wake)
    return digests.stop()
  })
}

/** The same, telling of each digest that is asked for at once, so that it need not wait for the clock. */
export function telling(digests: Digests, asked: DigestAsked): Digests {
  return {
    ...digests,
    deliveries: {
      async add(id, slot) {
        const added = await digests.deliveries.add(id, slot)
        if (added !== undefined) asked.emit('digest')
        return added
      },
    },
  }
}
