import type { AnswerId, GameId, PlaceKey, UserKey } from '../ids.ts'
import type { Call, Refusal, SubscriptionId } from './subscription.ts'

/**
 * One digest for one channel in one week, from its due time to its end. Its id is also that of the stored answer, so that
 * the buttons under a post carry it, and is the nonce of the post: at most 25 characters.
 */
export type DeliveryId = AnswerId

/**
 * ```
 *            ┌──────────── certainly not posted: busy ───────────┐
 *            ▼                                                    │
 *   due ──compose──► posting ──post──► posted                     │
 *    │ │                │  │ └─ refused for good ─► refused (the subscription pauses)
 *    │ │                │  └─── busy ────────────────────────────┘
 *    │ │                └────── nobody knows ─► posting: post again while the platform remembers the nonce, then look it up
 *    │ │                                          found ─► posted · absent ─► post · may not look ─► uncertain
 *    │ └── nothing to say ─► empty
 *    └──── the window is over ─► dead (tried) or skipped (never tried)
 * ```
 * `posting` is written before the request leaves: whoever finds it knows that a post may stand in the channel.
 */
export const OPEN_STATES = ['due', 'posting'] as const
export const END_STATES = ['posted', 'empty', 'skipped', 'refused', 'dead', 'uncertain'] as const
export type DeliveryState = (typeof OPEN_STATES)[number] | (typeof END_STATES)[number]

export const SECTIONS = ['new', 'hidden-gem', 'on-sale', 'community', 'acclaimed'] as const
export type Section = (typeof SECTIONS)[number]

export type DigestPick = { readonly game: GameId; readonly section: Section }

/** A post that has left is given up after this; no later than this before its lease ends, it has to leave. */
export const REQUEST_MS = 15_000

export type Delivery = {
  readonly id: DeliveryId
  readonly subscription: SubscriptionId
  /** A local week, or `now:<minute>` where somebody asked for it at once. */
  readonly slot: string
  readonly dueAt: Date
  readonly state: DeliveryState
  /** Posts that were begun and are known not to have come about; for the backoff. */
  readonly failures: number
  /** Chosen once: a second attempt posts the same. */
  readonly picks: readonly DigestPick[] | undefined
  /** When the first request of this round may have left; set in `posting`. */
  readonly begunAt: Date | undefined
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
export type Found =
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
  readonly channel: string
  readonly call: Call | undefined
  /** Whoever made the subscription. */
  readonly createdBy: UserKey | undefined
}

export type Rules = {
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
  /** The same post again: it is known not to stand there, or the platform recognises it. */
  | { readonly kind: 'post' }
  | { readonly kind: 'look-up' }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'end'; readonly state: 'dead' | 'skipped' }

/** Pure: the state machine's one decision. */
export function stepFor({ state, begunAt, dueAt, failures }: Delivery, now: Date, rules: Rules): Step {
  if (state === 'posting' && begunAt) return afterUnknown(begunAt, now, rules)
  if (now.getTime() - dueAt.getTime() <= rules.windowMs) return { kind: 'compose' }
  return { kind: 'end', state: failures > 0 ? 'dead' : 'skipped' }
}

/** A post that may stand there is looked for even when the window is over: what became of it is to be known. */
function afterUnknown(begunAt: Date, now: Date, { remembersMs, settlesMs }: Rules): Step {
  const age = now.getTime() - begunAt.getTime()
  if (age < remembersMs) return { kind: 'post' }
  if (age < settlesMs) return { kind: 'wait', until: new Date(begunAt.getTime() + settlesMs) }
  return { kind: 'look-up' }
}
