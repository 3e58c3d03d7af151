import type { Registry } from 'prom-client'
import type { Digests } from '../../../core/use-cases/digest/digests.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { startQueue } from '../../../db/digest/queue.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { Context } from '../../context/parts.ts'
import { type DigestParts, type RunningDigests, startDigests } from './clock.ts'
import { createDigestMetrics } from './metrics.ts'

type Needs = Pick<DigestParts, 'posters' | 'compose' | 'tellPaused'> & {
  readonly db: Db
  readonly registry: Registry
}

/** The weekly digests of the platforms that run here, until the closers come to them. */
export async function openDigests({ config, log, closers }: Context, needs: Needs): Promise<RunningDigests> {
  const { db, registry, ...parts } = needs
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
  closers.push('the digests', digests.stop)
  return digests
}

/** The same, where whoever asks for one at once need not wait for the clock. */
export function waking(digests: Digests, wake: () => void): Digests {
  return {
    ...digests,
    deliveries: {
      async add(id, slot) {
        const added = await digests.deliveries.add(id, slot)
        if (added !== undefined) wake()
        return added
      },
    },
  }
}
