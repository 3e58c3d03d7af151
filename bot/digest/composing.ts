import type { ComposePorts } from '../../core/digest/compose.ts'
import type { Log } from '../../core/log.ts'
import type { Ports } from '../../core/ports.ts'
import type { Db } from '../../db/connect.ts'
import { createConsents } from '../../db/consents.ts'
import { createDeliveries } from '../../db/deliveries.ts'
import { createCandidateStore } from '../../db/digest-candidates.ts'
import { createCovers } from '../pictures/cover.ts'
import { createRemoteImages } from '../pictures/remote-images.ts'

type Needs = { readonly log: Log }

/** What composes a digest: much of what answers commands, and what digests alone need. */
export function openComposing({ log }: Needs, db: Db, ports: Omit<Ports, 'digests'>) {
  return {
    ...ports,
    candidates: createCandidateStore(db),
    consents: createConsents(db),
    deliveries: createDeliveries(db),
    drawCover: createCovers({ images: createRemoteImages({ log }), log }),
  } satisfies ComposePorts
}
