import type { ChannelKey, GameId, PlaceKey, SteamId, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Catalogue } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../strings/strings.ts'
import type {
  Delivery,
  DeliveryId,
  DeliveryState,
  DigestPick,
  EndState,
  Found,
  OpenState,
  Platform,
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
  readonly channel: ChannelKey
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

/** A delivery in hand: nobody else has it until the lease ends. */
export type Taken = {
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
  take(id: DeliveryId, now: Date, leaseMs: number): Promise<Taken | undefined>
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

/**
 * What a digest holds, or that there is nothing to say. Picks that the delivery has already are kept. Called anew, for other
 * picks, where a process died before they were written down, or another delivery came first with one of them.
 */
export type Compose = (
  taken: Taken,
) => Promise<{ readonly picks: readonly DigestPick[]; readonly reply: Reply } | 'nothing-new'>

/** Tells whoever made it, in words, that a subscription has paused; false where nobody could be reached. */
export type TellPaused = (subscription: Subscription, why: Refusal) => Promise<boolean>

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

/** Durable jobs, run by any of our processes, each once at a time. Platforms do not wait for each other. */
export interface Queue {
  /** One that is queued or running under the same key is not added again. */
  add(platform: Platform, jobs: readonly { readonly key: string; readonly id: DeliveryId }[]): Promise<void>
  /** `handle` never throws, and may be called again for the same job after a crash. */
  work(platform: Platform, handle: (id: DeliveryId) => Promise<void>): Promise<void>
  /** Waits for what is in hand. */
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

/** What `/digest …` sets up and starts. */
export type Digests = {
  readonly subscriptions: Subscriptions
  readonly deliveries: Pick<Deliveries, 'add'>
  /** What would be posted now, for the asker's eyes alone. */
  readonly preview: (subscription: Subscription, words: Words) => Promise<Reply>
}

export type DigestPorts = Digests & {
  readonly catalogue: Pick<Catalogue, 'label' | 'labels'>
  readonly now: () => Date
}
