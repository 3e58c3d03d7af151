import type { AppPorts } from '../../core/app.ts'
import type { Log } from '../../core/log.ts'
import type { ComposePorts } from '../../core/use-cases/digest/compose.ts'
import { createCandidateStore } from '../../db/digest/candidates.ts'
import { createDeliveries } from '../../db/digest/deliveries.ts'
import { createConsents } from '../../db/people/consents.ts'
import type { Db } from '../../db/postgres/connect.ts'
import { createCovers } from '../images/cover.ts'
import { createRemoteImages } from '../images/remote-images.ts'

type Needs = { readonly log: Log }

/** What composes a digest: much of what answers commands, and what digests alone need. */
export function openComposing({ log }: Needs, db: Db, ports: Omit<AppPorts, 'digests'>) {
  return {
    ...ports,
    candidates: createCandidateStore(db),
    consents: createConsents(db),
    deliveries: createDeliveries(db),
    drawCover: createCovers({ images: createRemoteImages({ log }), log }),
  } satisfies ComposePorts
}
