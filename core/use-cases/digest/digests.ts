import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Deliveries } from '../../digest/deliveries.ts'
import type { Subscription } from '../../digest/subscription.ts'
import type { Subscriptions } from '../../digest/subscriptions.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'

/** What `/digest …` sets up and starts. */
export type Digests = {
  readonly subscriptions: Subscriptions
  readonly deliveries: Pick<Deliveries, 'add'>
  /** What would be posted now, for the asker's eyes alone. */
  readonly preview: (subscription: Subscription, strings: Strings) => Promise<Reply>
}

export type DigestPorts = Digests & {
  readonly catalogue: Pick<Catalogue, 'label' | 'labels'>
  readonly now: () => Date
}
