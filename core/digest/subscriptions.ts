import type { ChannelKey, PlaceKey, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Mention } from '../reply.ts'
import type { DeliveryState } from './delivery.ts'
import type { Schedule, Slot } from './schedule.ts'
import type { Pause, Refusal, Subscription, SubscriptionId } from './subscription.ts'

/** Why nothing was posted, for `/digest list`; undefined where there is nothing to explain. */
export type Note = 'nothing-new' | 'was-away' | 'gave-up' | 'cannot-tell' | 'our-fault' | Refusal

/** How the newest delivery of a subscription went. */
type Outcome = {
  readonly state: DeliveryState
  readonly dueAt: Date
  readonly note: Note | undefined
}

export type NewSubscription = {
  readonly place: PlaceKey
  readonly channel: ChannelKey
  readonly createdBy: UserKey
  readonly schedule: Schedule
  readonly genres: readonly string[]
  readonly count: number
  readonly locale: Locale
  readonly call: Mention | undefined
}

export type Listed = Subscription & {
  readonly last: Outcome | undefined
  /** It paused by itself, and nobody could be told by direct message: the list tells it, once more each time. */
  readonly untold: boolean
}

/** The channels that asked. */
export interface Subscriptions {
  /** All of a place, by number. */
  of(place: PlaceKey): Promise<readonly Listed[]>
  /** Under the lowest free number; `full` where the place has as many as it may. */
  add(wanted: NewSubscription, now: Date): Promise<Subscription | 'full'>
  /** False where it is gone, or was paused before. */
  pause(id: SubscriptionId, why: Pause, now: Date): Promise<boolean>
  /** From the first slot after now, which it names; undefined where it is gone. */
  resume(id: SubscriptionId, now: Date): Promise<Slot | undefined>
  /** Its open deliveries end with it. False where it is gone. */
  remove(id: SubscriptionId): Promise<boolean>
  /**
   * True for the first caller alone, of a pause that came by itself: it is told once. Until `markTold` it counts as untold,
   * so that a claim whose process dies is told by the list.
   */
  claimTelling(id: SubscriptionId): Promise<boolean>
  markTold(id: SubscriptionId): Promise<void>
}
