import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { errorFields, type Level, type Log } from '../log.ts'
import { Unavailable } from '../unavailable.ts'
import type { Claim, Deliveries, End, Later } from './deliveries.ts'
import { type EndState, LEASE_MS, type Platform, platformOf, type Target } from './delivery.ts'

/** How a delivery has ended, for those who count. */
export type Ended = { readonly platform: Platform; readonly state: EndState; readonly lateMs: number }

/** A delivery in this process's hands. What is written after they have lost it changes nothing. */
export type DeliveryLease = {
  readonly taken: Claim
  readonly until: Date
  readonly target: Target
  /** Whether a post may stand in the channel. */
  inDoubt(): boolean
  doubt(): void
  later(next: Later): Promise<void>
  /** `cause`: for the log alone. */
  end(how: End, cause?: unknown): Promise<void>
}

type Needs = {
  readonly deliveries: Pick<Deliveries, 'later' | 'end'>
  readonly now: () => Date
  readonly log: Log
  readonly onEnd: (ended: Ended) => void
}

/** A database that restarts is back within seconds, and what was just posted is worth remembering. */
const RECORDING = { maxAttempts: 10, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) }

export function holdIn({ deliveries, now, log, onEnd }: Needs, taken: Claim, since: Date): DeliveryLease {
  const { delivery, lease, subscription } = taken
  const until = new Date(since.getTime() + LEASE_MS)
  const patiently = retry(
    handleWhen((error) => isDatabaseAway(error) && now() < until),
    RECORDING,
  )
  let inDoubt = delivery.begun !== undefined
  return {
    ...{ taken, until, target: targetOf(taken) },
    inDoubt: () => inDoubt,
    doubt: () => {
      inDoubt = true
    },
    async later(next) {
      await patiently.execute(() => deliveries.later(lease, next, now()))
    },
    async end(how, cause) {
      const at = now()
      const ended = await patiently.execute(() => deliveries.end(lease, how, at))
      if (!ended) return
      const lateMs = at.getTime() - delivery.dueAt.getTime()
      onEnd({ platform: platformOf(subscription.place), state: how.state, lateMs })
      log(levelOf(how), SAYINGS[how.state], {
        ...{ delivery: delivery.id, subscription: subscription.id, place: subscription.place },
        ...{ slot: delivery.slot, failures: delivery.failures, lateSeconds: Math.round(lateMs / 1000) },
        ...(how.note && { note: how.note }),
        ...(cause !== undefined && errorFields(cause)),
      })
    },
  }
}

export function isDatabaseAway(error: unknown): boolean {
  return error instanceof Unavailable && error.party === 'database'
}

function targetOf({ delivery, subscription }: Claim): Target {
  const { place, channel, call, createdBy } = subscription
  return { delivery: delivery.id, place, channel, call, createdBy }
}

const SAYINGS: Readonly<Record<EndState, string>> = {
  posted: 'posted a digest',
  empty: 'a digest had nothing new to say',
  skipped: 'a digest was skipped',
  refused: 'a digest was refused for good; its subscription pauses',
  dead: 'a digest was given up',
  uncertain: 'nobody can tell whether a digest was posted',
}

function levelOf({ state, note }: End): Level {
  if (note === 'our-fault') return 'error'
  // Skipped without a note: somebody paused it.
  const asWished = state === 'posted' || state === 'empty' || (state === 'skipped' && note === undefined)
  return asWished ? 'debug' : 'warn'
}
