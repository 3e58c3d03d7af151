import type { AnswerId, GameId, PlaceKey, SteamId, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Reply } from '../reply.ts'
import type {
  Delivery,
  DeliveryId,
  DeliveryState,
  DigestPick,
  Found,
  Posted,
  Rules,
  Section,
  Target,
} from './delivery.ts'
import type { Schedule, Slot } from './schedule.ts'
import type { Call, Pause, Refusal, Subscription, SubscriptionId } from './subscription.ts'

/** Why nothing was posted, for `/digest list`; undefined where there is nothing to explain. */
export type Note = 'nothing-new' | 'was-away' | 'gave-up' | 'cannot-tell' | 'our-fault' | Refusal

/** How the newest delivery of a subscription went. */
export type Outcome = {
  readonly state: DeliveryState
  readonly dueAt: Date
  readonly note: Note | undefined
}

export type NewSubscription = {
  readonly place: PlaceKey
  readonly channel: string
  readonly createdBy: UserKey
  readonly schedule: Schedule
  readonly genres: readonly string[]
  readonly count: number
  readonly locale: Locale
  readonly call: Call | undefined
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
  /** From the first slot after now; false where it is gone. */
  resume(id: SubscriptionId, now: Date): Promise<boolean>
  remove(id: SubscriptionId): Promise<boolean>
  /** True for the first caller alone: the pause is told once. */
  claimTelling(id: SubscriptionId): Promise<boolean>
  /** The telling did not reach them: the list says it. */
  leaveUntold(id: SubscriptionId): Promise<void>
}

/** A delivery in hand: nobody else has it until the lease ends. */
export type Taken = {
  readonly delivery: Delivery
  readonly lease: string
  readonly subscription: Subscription
}

/**
 * What is to be posted, and what became of it. A change under a lease that has passed to somebody else is refused with
 * `false`: whoever gets that answer stops.
 */
export interface Deliveries {
  /**
   * Makes a delivery for each subscription that is due, moves it to its next slot, and takes `skipped` deliveries down for
   * what is older than the window. Any number of processes may call it at once; each slot is made once. Returns how many.
   */
  plan(now: Date, windowMs: number): Promise<number>
  /** A delivery outside the week's turn; undefined where that slot has one already. */
  add(subscription: SubscriptionId, slot: Slot): Promise<DeliveryId | undefined>
  /** Open ones whose time has come and whom nobody holds, the longest due first. */
  waiting(now: Date, limit: number): Promise<readonly { readonly id: DeliveryId; readonly turn: number }[]>
  take(id: DeliveryId, now: Date, leaseMs: number): Promise<Taken | undefined>
  /** Writes down that a request is about to leave, with what it holds. */
  begin(lease: string, picks: readonly DigestPick[], now: Date): Promise<boolean>
  /** Back to `due` where it certainly was not posted; `posting` stays where nobody knows. Gives the lease back. */
  later(lease: string, next: { readonly state: 'due' | 'posting'; readonly tryAt: Date }): Promise<boolean>
  end(
    lease: string,
    how: {
      readonly state: Exclude<DeliveryState, 'due' | 'posting'>
      readonly message?: string
      readonly note?: Note
    },
    now: Date,
  ): Promise<boolean>
  /** What was, or may have been, posted to a channel since then. */
  shownIn(channel: string, since: Date): Promise<ReadonlySet<GameId>>
}

/** One platform's channels. Everything is tried once: repeating is for the state machine to decide. */
export interface Poster {
  readonly rules: Pick<Rules, 'remembersMs' | 'settlesMs'>
  /** Waits until a request may leave under the platform's limits, so that `post` and `find` need not. Throws by the signal. */
  turn(target: Target, signal: AbortSignal): Promise<void>
  /** `reply` is for everybody and carries the delivery's id in its buttons. Never throws. */
  post(target: Target, reply: Reply, permit: Permit): Promise<Posted>
  /** Looks for the post among the channel's messages since then. Never throws. */
  find(target: Target, since: Date): Promise<Found>
  /** By direct message; false where that person cannot be reached. Never throws. */
  tell(user: UserKey, reply: Reply): Promise<boolean>
}

/** Leave to send one post. */
export type Permit = {
  /** Asked just before the request leaves, and `busy` where it no longer holds: the process may have been stopped for long. */
  readonly holds: () => boolean
  /** Ends whatever is still under way. The request itself is given up after `REQUEST_MS` by the poster. */
  readonly signal: AbortSignal
}

/** Durable jobs, run by any of our processes, each once at a time. */
export interface Queue {
  /** One that is queued or running under the same key is not added again. */
  add(jobs: readonly { readonly key: string; readonly id: string }[]): Promise<void>
  /** `handle` may be called again for the same job after a crash. */
  work(handle: (id: string) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Shares a platform's rate limit between all processes. */
export interface Pace {
  /** Resolves when it is this caller's turn; turns of one key are `everyMs` apart. */
  turn(key: string, everyMs: number, signal?: AbortSignal): Promise<void>
  /** The platform asked for a rest: no turn of this key that is not given yet comes before. */
  rest(key: string, forMs: number): Promise<void>
}

/** The week's best by section, best first: the same for every channel of one language and genre. */
export type Candidates = Readonly<Record<Exclude<Section, 'community'>, readonly GameId[]>>

/** Remembers what was computed once for a week. */
export interface CandidateStore {
  /** Calls `compute` for the first who asks, in whatever process; the others wait for it. */
  of(
    key: { readonly week: string; readonly locale: Locale; readonly genres: readonly string[] },
    compute: () => Promise<Candidates>,
  ): Promise<Candidates>
}

/** For what a player agreed to: their library in the combined taste of a place, or in training. */
export type Purpose = 'community' | 'training'

export interface Consents {
  /** `place`: where it holds for `community`; `training` holds everywhere. */
  set(user: UserKey, purpose: Purpose, place: PlaceKey | undefined, given: boolean): Promise<void>
  of(user: UserKey, place: PlaceKey | undefined): Promise<Readonly<Record<Purpose, boolean>>>
  /** Accounts of those who consented there and have proven their link. */
  community(place: PlaceKey, limit: number): Promise<readonly SteamId[]>
}

/** Where a digest's stored answer belongs: to no person. */
export type DigestOwner = `digest:${AnswerId}`
