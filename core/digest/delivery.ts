import type { AnswerId, ChannelKey, GameId, PlaceKey, UserKey } from '../ids.ts'
import type { Mention } from '../reply.ts'
import type { Refusal, SubscriptionId } from './subscription.ts'

/**
 * One digest for one channel in one week, from its due time to its end. Its id is also that of the stored answer, so that
 * the buttons under a post carry it, and is the nonce of the post: at most 25 characters.
 */
export type DeliveryId = AnswerId

/**
 * ```
 *            ┌──────── certainly not posted: busy, absent ────────┐
 *            ▼                                                    │
 *   due ──compose──► posting ──post──► posted                     │
 *    │ │                │  │ ├─ refused for good ─► refused       │
 *    │ │                │  │ ├─ what we sent is at fault ─► dead  │
 *    │ │                │  │ └─ busy ─────────────────────────────┤
 *    │ │                └── nobody knows ─► posting: again while  │
 *    │ │                    the platform remembers the nonce,     │
 *    │ │                    then looked up: absent ───────────────┘
 *    │ │                    found ─► posted · may not look ─► uncertain
 *    │ ├── nothing to say ─► empty
 *    │ └── called off: the subscription is paused ─► skipped
 *    └──── the window is over ─► dead (tried) or skipped (never tried)
 * ```
 * `posting` is written before the request leaves: whoever finds it knows that a post may stand in the channel. Once a
 * request of a round was lost, a busy platform says nothing of that one: the delivery stays `posting`.
 */
export const OPEN_STATES = ['due', 'posting'] as const
export const END_STATES = ['posted', 'empty', 'skipped', 'refused', 'dead', 'uncertain'] as const
export type OpenState = (typeof OPEN_STATES)[number]
export type EndState = (typeof END_STATES)[number]
export type DeliveryState = OpenState | EndState

export const SECTIONS = ['new', 'hidden-gem', 'on-sale', 'community', 'acclaimed'] as const
export type Section = (typeof SECTIONS)[number]

export type DigestPick = { readonly game: GameId; readonly section: Section }

/** Nothing that a channel was shown by digests in so many days comes again: twelve weeks. */
export const NOT_AGAIN_DAYS = 84

/** For so long a delivery is in one process's hands. Whoever else finds it waits until then. */
export const LEASE_MS = 60_000

/** A post that has left is given up after this; no later than this before its lease ends, it has to leave. */
export const REQUEST_MS = 15_000

export type Delivery = {
  readonly id: DeliveryId
  readonly subscription: SubscriptionId
  /** A local week, or `now:<minute>` where somebody asked for it at once. */
  readonly slot: string
  readonly dueAt: Date
  readonly state: DeliveryState
  /** Attempts that are known to have failed; for the backoff. */
  readonly failures: number
  /** Chosen once: a second attempt posts the same. */
  readonly picks: readonly DigestPick[] | undefined
  /** Set in `posting`. */
  readonly begun: Begun | undefined
}

/** A round of requests of which any may have been the one that posted. */
export type Begun = {
  /** No request left earlier. */
  readonly at: Date
  /** No request leaves later, until another one is begun. */
  readonly leavesBy: Date
}

/** Somebody wants it in spite of a pause. */
export function isAskedFor({ slot }: Delivery): boolean {
  return slot.startsWith('now:')
}

/** What came of a post. */
export type Posted =
  | { readonly kind: 'posted'; readonly message: string }
  /** Certainly not posted, and no waiting mends it. */
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** Certainly not posted; may be tried after `waitMs`, or after a while where the platform does not say. */
  | { readonly kind: 'busy'; readonly waitMs: number | undefined }
  /** Certainly not posted, and what we sent is at fault: nothing to retry, something to mend. `cause`: for the log. */
  | { readonly kind: 'invalid'; readonly cause?: unknown }
  /** It may stand in the channel. */
  | { readonly kind: 'lost' }

/** What a look among the channel's messages found. */
export type LookUpOutcome =
  | { readonly kind: 'found'; readonly message: string }
  | { readonly kind: 'absent' }
  /** We may not read what was posted there. */
  | { readonly kind: 'blind' }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'busy'; readonly waitMs: number | undefined }

/** Where a delivery goes. */
export type Target = {
  readonly delivery: DeliveryId
  readonly place: PlaceKey
  readonly channel: ChannelKey
  readonly call: Mention | undefined
  /** Whoever made the subscription. */
  readonly createdBy: UserKey | undefined
}

export type Platform = 'discord' | 'slack'

export const PLATFORMS: readonly Platform[] = ['discord', 'slack']

export function platformOf(place: PlaceKey): Platform {
  return place.startsWith('slack:') ? 'slack' : 'discord'
}

export type DeliveryRules = {
  /** For so long the platform answers the same nonce with the same message; 0 where it knows none. */
  readonly remembersMs: number
  /** A request that was given up may still arrive within this. */
  readonly settlesMs: number
  /** For so long after its due time a digest is still worth posting. */
  readonly windowMs: number
}

/** What to do next with a delivery that is open. */
export type Step =
  | { readonly kind: 'compose' }
  /** The same post again, which the platform recognises. */
  | { readonly kind: 'post' }
  | { readonly kind: 'look-up' }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'end'; readonly state: 'dead' | 'skipped' }

/** Pure: the state machine's one decision. */
export function stepFor(
  { state, begun, dueAt, failures }: Pick<Delivery, 'state' | 'begun' | 'dueAt' | 'failures'>,
  now: Date,
  rules: DeliveryRules,
): Step {
  if (state === 'posting' && begun) return afterUnknown(begun, now, rules)
  if (now.getTime() - dueAt.getTime() <= rules.windowMs) return { kind: 'compose' }
  return { kind: 'end', state: failures > 0 ? 'dead' : 'skipped' }
}

/** A post that may stand there is looked for even when the window is over: what became of it is to be known. */
function afterUnknown(begun: Begun, now: Date, { remembersMs, settlesMs }: DeliveryRules): Step {
  if (now < recognisedUntil(begun, remembersMs)) return { kind: 'post' }
  const settled = new Date(begun.leavesBy.getTime() + settlesMs)
  return now < settled ? { kind: 'wait', until: settled } : { kind: 'look-up' }
}

/** Before this a post may leave again: it arrives while the platform remembers the nonce. */
export function recognisedUntil(begun: Begun, remembersMs: number): Date {
  return new Date(begun.at.getTime() + remembersMs - REQUEST_MS)
}
