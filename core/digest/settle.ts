import { errorFields, type Log } from '../log.ts'
import { Unavailable } from '../unavailable.ts'
import { backoffMs, repeatMs, restMs } from './backoff.ts'
import type { LookUpOutcome, Posted } from './delivery.ts'
import type { DeliveryLease } from './lease.ts'
import type { TellPaused } from './poster.ts'
import type { Refusal } from './subscription.ts'
import type { Subscriptions } from './subscriptions.ts'

export type SettlePorts = {
  readonly subscriptions: Pick<Subscriptions, 'pause' | 'claimTelling' | 'markTold'>
  readonly tellPaused: TellPaused
  readonly windowMs: number
  readonly now: () => Date
  readonly log: Log
}

/** So many failures are no accident any more, where the fault is ours or looking has failed for a whole window. */
const MAX_FAULTS = 10

/** Writes down what came of a post. */
export async function settle(ports: SettlePorts, hand: DeliveryLease, posted: Posted): Promise<void> {
  switch (posted.kind) {
    case 'posted':
      return hand.end({ state: 'posted', message: posted.message })
    case 'refused':
      return refuse(ports, hand, { why: posted.why, state: 'refused' })
    case 'invalid':
      return hand.end({ state: 'dead', note: 'our-fault' }, posted.cause)
    case 'busy':
      // Of an earlier request of this round, which was lost, it says nothing.
      if (hand.taken.delivery.begun) return again(ports, hand, posted.waitMs)
      return notPosted(ports, hand, posted.waitMs)
    case 'lost':
      return again(ports, hand)
  }
}

/** Writes down what was seen in the channel. */
export async function settleFound(
  ports: SettlePorts,
  hand: DeliveryLease,
  found: LookUpOutcome,
): Promise<void> {
  switch (found.kind) {
    case 'found':
      return hand.end({ state: 'posted', message: found.message })
    case 'absent':
      return hand.later({ state: 'due', tryAt: ports.now(), failed: true })
    case 'blind':
      return hand.end({ state: 'uncertain', note: 'cannot-tell' })
    case 'refused':
      return refuse(ports, hand, { why: found.why, state: 'uncertain' })
    case 'busy':
      return unseen(ports, hand, found.waitMs)
  }
}

/** Not this time: as long as nobody knows whether it stands there it is repeated soon, while that is still seen through. */
export async function again(ports: SettlePorts, hand: DeliveryLease, waitMs?: number): Promise<void> {
  if (!hand.inDoubt()) return notPosted(ports, hand, waitMs)
  const now = ports.now()
  const doubtMs = now.getTime() - (hand.taken.delivery.begun?.at ?? now).getTime()
  const tryAt = new Date(now.getTime() + (waitMs === undefined ? repeatMs(doubtMs) : restMs(waitMs)))
  await hand.later({ state: 'posting', tryAt, failed: false })
}

/** It certainly is not there. The end of its window is not waited past. */
async function notPosted(ports: SettlePorts, hand: DeliveryLease, waitMs: number | undefined): Promise<void> {
  const { dueAt } = hand.taken.delivery
  const tryAt = Math.min(nextTry(ports, hand, waitMs), dueAt.getTime() + ports.windowMs + 1)
  await hand.later({ state: 'due', tryAt: new Date(tryAt), failed: true })
}

async function unseen(ports: SettlePorts, hand: DeliveryLease, waitMs: number | undefined): Promise<void> {
  const { begun, failures } = hand.taken.delivery
  const soughtMs = begun ? ports.now().getTime() - begun.at.getTime() : 0
  if (failures >= MAX_FAULTS && soughtMs > ports.windowMs) {
    return hand.end({ state: 'uncertain', note: 'cannot-tell' })
  }
  await hand.later({ state: 'posting', tryAt: new Date(nextTry(ports, hand, waitMs)), failed: true })
}

function nextTry({ now }: SettlePorts, hand: DeliveryLease, waitMs: number | undefined): number {
  return now().getTime() + (waitMs === undefined ? backoffMs(hand.taken.delivery.failures) : restMs(waitMs))
}

/** Nothing comes to that channel any more until somebody resumes it; whoever made the subscription is told once. */
async function refuse(
  ports: SettlePorts,
  hand: DeliveryLease,
  { why, state }: { readonly why: Refusal; readonly state: 'refused' | 'uncertain' },
): Promise<void> {
  const { subscriptions, tellPaused, log, now } = ports
  const { subscription } = hand.taken
  await subscriptions.pause(subscription.id, why, now())
  await hand.end({ state, note: why })
  try {
    if (!(await subscriptions.claimTelling(subscription.id))) return
    if (await tellPaused(subscription, why)) await subscriptions.markTold(subscription.id)
  } catch (error) {
    log('warn', 'could not notify anyone that a digest was paused; /digest list shows it', {
      ...{ subscription: subscription.id, place: subscription.place },
      ...errorFields(error),
    })
  }
}

/** Something failed that is no answer of the platform's. An outside party may come back; our own fault is given up. */
export async function onFault(ports: SettlePorts, hand: DeliveryLease, error: unknown): Promise<void> {
  const { delivery, subscription } = hand.taken
  const ours = !(error instanceof Unavailable)
  if (ours && delivery.failures >= MAX_FAULTS) {
    return hand.end({ state: hand.inDoubt() ? 'uncertain' : 'dead', note: 'our-fault' }, error)
  }
  ports.log('warn', 'could not deliver a digest; retrying later', {
    ...{ delivery: delivery.id, place: subscription.place, failures: delivery.failures },
    ...errorFields(error),
  })
  const tryAt = new Date(nextTry(ports, hand, undefined))
  await hand.later({ state: hand.inDoubt() ? 'posting' : 'due', tryAt, failed: true })
}
