import type { ChannelKey, PlaceKey, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { Mention } from '../reply.ts'
import type { Schedule } from './schedule.ts'

export type SubscriptionId = string & { readonly __id: 'subscription' }

/** A server or workspace may have so many, paused ones too. */
export const MAX_SUBSCRIPTIONS = 10

/** Why nothing is posted any more until somebody resumes it: a person's will, or what a platform said for good. */
const PAUSES = [
  'by-hand',
  'no-channel',
  'no-access',
  'no-permission',
  'archived',
  'app-removed',
  'missing-scope',
] as const
export type Pause = (typeof PAUSES)[number]
/** What a platform says that no waiting mends. */
export type Refusal = Exclude<Pause, 'by-hand'>
/** A channel that asked for a digest every week. */
export type Subscription = {
  readonly id: SubscriptionId
  /** By which people name it: 1 to 10 within its place. */
  readonly number: number
  readonly place: PlaceKey
  /** As in `Asker.channel`: `discord:<channel>` or `slack:<team>.<channel>`. */
  readonly channel: ChannelKey
  /** Who is told when it pauses; undefined once they had us forget them. */
  readonly createdBy: UserKey | undefined
  readonly schedule: Schedule
  /** Exact labels; all must be carried. */
  readonly genres: readonly string[]
  readonly count: number
  readonly locale: Locale
  readonly call: Mention | undefined
  readonly paused: { readonly why: Pause; readonly since: Date } | undefined
  readonly nextDueAt: Date
}
