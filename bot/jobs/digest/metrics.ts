import { Counter, Histogram, type Registry } from 'prom-client'
import { END_STATES, platformOf } from '../../../core/digest/delivery.ts'
import type { Ended } from '../../../core/digest/lease.ts'
import type { PlaceKey } from '../../../core/ids.ts'

export type DigestMetrics = {
  readonly onEnd: (ended: Ended) => void
  /** Those that never came to be delivered. */
  readonly onSkipped: (places: readonly PlaceKey[]) => void
}

const PLATFORMS = ['discord', 'slack']

/** From a pace of seconds to the end of a day's window. */
const LATE_SECONDS = [1, 5, 10, 30, 60, 120, 300, 900, 3_600, 21_600, 86_400]

export function createDigestMetrics(registry: Registry): DigestMetrics {
  const registers = [registry]
  const deliveries = new Counter({
    name: 'digest_deliveries_total',
    help: 'Digests that have come to an end, by platform and how.',
    labelNames: ['platform', 'state'],
    registers,
  })
  const late = new Histogram({
    name: 'digest_late_seconds',
    help: 'From the due time of a digest to its post.',
    labelNames: ['platform'],
    buckets: LATE_SECONDS,
    registers,
  })
  for (const platform of PLATFORMS) {
    for (const state of END_STATES) deliveries.inc({ platform, state }, 0)
    late.zero({ platform })
  }
  return {
    onEnd({ platform, state, lateMs }) {
      deliveries.inc({ platform, state })
      if (state === 'posted') late.observe({ platform }, lateMs / 1000)
    },
    onSkipped(places) {
      for (const place of places) deliveries.inc({ platform: platformOf(place), state: 'skipped' })
    },
  }
}
