import type { GameId, PlaceKey } from '../ids.ts'
import type { Delivery, DeliveryId, DigestPick, EndState, OpenState, Platform } from './delivery.ts'
import type { Slot } from './schedule.ts'
import type { Subscription, SubscriptionId } from './subscription.ts'
import type { Note } from './subscriptions.ts'

/** A delivery in hand: nobody else has it until the lease ends. */
export type Claim = {
  readonly delivery: Delivery
  readonly lease: string
  readonly subscription: Subscription
}

/** What planning has made. */
export type Planned = {
  readonly due: number
  /** Where one was skipped, once for each. */
  readonly skipped: readonly PlaceKey[]
}

/**
 * What is to be posted, and what became of it. A change under a lease that has passed to somebody else is refused with
 * `false`, or `passed-on`: whoever gets that answer stops.
 */
export interface Deliveries {
  /**
   * Makes a delivery for each subscription that is due, moves it to its next slot, and takes `skipped` deliveries down for
   * what is older than the window. Any number of processes may call it at once; each slot is made once.
   */
  plan(now: Date, windowMs: number): Promise<Planned>
  /** A delivery outside the week's turn; undefined where that slot has one already, or the subscription is gone. */
  add(subscription: SubscriptionId, slot: Slot): Promise<DeliveryId | undefined>
  /** Open ones of a platform whose time has come and whom nobody holds, the longest due first. */
  waiting(platform: Platform, now: Date, limit: number): Promise<readonly DeliveryId[]>
  take(id: DeliveryId, now: Date, leaseMs: number): Promise<Claim | undefined>
  /**
   * Writes down that a request is about to leave, with what it holds. `shown`: another delivery has come first with one of
   * these games in the same channel.
   */
  begin(
    lease: string,
    request: { readonly picks: readonly DigestPick[]; readonly now: Date; readonly leavesBy: Date },
  ): Promise<'begun' | 'shown' | 'passed-on'>
  /** Not now; gives the lease back. No request of this lease is under way any more. */
  later(lease: string, next: Later, now: Date): Promise<boolean>
  end(lease: string, how: End, now: Date): Promise<boolean>
  /** What was, may have been, or is about to be posted to a channel, of deliveries due since then. */
  shownIn(channel: string, since: Date): Promise<ReadonlySet<GameId>>
}

/** When to go on. `due`: it certainly is not posted. `failed`: the attempt counts for the backoff. */
export type Later = { readonly state: OpenState; readonly tryAt: Date; readonly failed: boolean }

export type End = { readonly state: EndState; readonly message?: string; readonly note?: Note }
