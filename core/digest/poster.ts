import type { UserKey } from '../ids.ts'
import type { Reply } from '../reply.ts'
import type { Claim } from './deliveries.ts'
import type { DeliveryRules, DigestPick, LookUpOutcome, Posted, Target } from './delivery.ts'
import type { Refusal, Subscription } from './subscription.ts'

/**
 * What a digest holds, or that there is nothing to say. Picks that the delivery has already are kept. Called anew, for other
 * picks, where a process died before they were written down, or another delivery came first with one of them.
 */
export type Compose = (
  taken: Claim,
) => Promise<{ readonly picks: readonly DigestPick[]; readonly reply: Reply } | 'nothing-new'>

/** Tells whoever made it, in words, that a subscription has paused; false where nobody could be reached. */
export type TellPaused = (subscription: Subscription, why: Refusal) => Promise<boolean>

/** One platform's channels. Everything is tried once: repeating is for the state machine to decide. */
export interface Poster {
  readonly rules: Pick<DeliveryRules, 'remembersMs' | 'settlesMs'>
  /** Waits until a request may leave under the platform's limits, so that `post` and `find` need not. Throws by the signal. */
  turn(target: Target, signal: AbortSignal): Promise<void>
  /** `reply` is for everybody and carries the delivery's id in its buttons. Never throws. */
  post(target: Target, reply: Reply, permit: SendWindow): Promise<Posted>
  /** Looks for the post among the channel's messages since then. Never throws. */
  find(target: Target, since: Date): Promise<LookUpOutcome>
  /** By direct message; false where that person cannot be reached. Never throws. */
  tell(user: UserKey, reply: Reply): Promise<boolean>
}

/** Leave to send one post. */
export type SendWindow = {
  /** Asked just before the request leaves, and `busy` where it no longer holds: the process may have been stopped for long. */
  readonly isOpen: () => boolean
  /** Ends whatever is still under way. The request itself is given up after `REQUEST_MS` by the poster. */
  readonly signal: AbortSignal
}
