import type { Deliveries } from './deliveries.ts'
import { type DeliveryId, isAskedFor, LEASE_MS, REQUEST_MS, recognisedUntil, stepFor } from './delivery.ts'
import { type DeliveryLease, type Ended, holdIn, isDatabaseAway } from './lease.ts'
import type { Compose, Poster, SendWindow } from './poster.ts'
import { again, onFault, type SettlePorts, settle, settleFound } from './settle.ts'

export type DeliverPorts = SettlePorts & {
  readonly deliveries: Pick<Deliveries, 'take' | 'begin' | 'later' | 'end'>
  /** Of the delivery's platform. */
  readonly poster: Poster
  readonly compose: Compose
  /** Called once for each delivery that ends here. */
  readonly onEnd: (ended: Ended) => void
}

/** As many deliveries of one channel as a place has subscriptions may choose the same games at once. */
const MAX_CHOICES = 10

/** Our clock and the platform's are not the same. */
const CLOCK_SKEW_MS = 60_000

/**
 * One step of a delivery, if nobody else has it. Whoever loses it on the way stops without a word. Throws where the database
 * is away: the delivery then waits for the end of its lease.
 */
export async function deliver(ports: DeliverPorts, id: DeliveryId): Promise<void> {
  const since = ports.now()
  const taken = await ports.deliveries.take(id, since, LEASE_MS)
  if (!taken) return
  const hand = holdIn(ports, taken, since)
  try {
    await takeStep(ports, hand)
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    await onFault(ports, hand, error)
  }
}

async function takeStep(ports: DeliverPorts, hand: DeliveryLease): Promise<void> {
  const { delivery, subscription } = hand.taken
  const step = stepFor(delivery, ports.now(), { ...ports.poster.rules, windowMs: ports.windowMs })
  switch (step.kind) {
    case 'compose':
      if (subscription.paused && !isAskedFor(delivery)) return hand.end({ state: 'skipped' })
      return post(ports, hand)
    case 'post':
      return post(ports, hand)
    case 'look-up':
      return lookUp(ports, hand)
    case 'wait':
      return hand.later({ state: 'posting', tryAt: step.until, failed: false })
    case 'end':
      return hand.end({ state: step.state, note: step.state === 'dead' ? 'gave-up' : 'was-away' })
  }
}

async function post(ports: DeliverPorts, hand: DeliveryLease): Promise<void> {
  for (let choice = 0; choice < MAX_CHOICES; choice += 1) {
    const content = await ports.compose(hand.taken)
    if (content === 'nothing-new') return nothingNew(ports, hand)
    await ports.poster.turn(hand.target, signalUntil(hand.until, ports.now()))
    const { leavesBy, permit } = permitFor(ports, hand)
    if (!permit.isOpen()) return again(ports, hand)
    const request = { picks: content.picks, now: ports.now(), leavesBy }
    const begun = await ports.deliveries.begin(hand.taken.lease, request)
    if (begun === 'passed-on') return
    if (begun === 'shown') continue
    hand.doubt()
    return settle(ports, hand, await ports.poster.post(hand.target, content.reply, permit))
  }
  await again(ports, hand)
}

async function nothingNew(ports: DeliverPorts, hand: DeliveryLease): Promise<void> {
  // Whether a post stands there will be seen by looking.
  if (hand.inDoubt()) return again(ports, hand)
  await hand.end({ state: 'empty', note: 'nothing-new' })
}

/** A request leaves in time to be over before the lease is, and for a repeated one before its nonce is forgotten. */
function permitFor(
  { poster, now }: DeliverPorts,
  hand: DeliveryLease,
): { leavesBy: Date; permit: SendWindow } {
  const { begun } = hand.taken.delivery
  const latest = hand.until.getTime() - REQUEST_MS
  const known = begun ? recognisedUntil(begun, poster.rules.remembersMs).getTime() : latest
  const leavesBy = new Date(Math.min(latest, known))
  const over = new Date(leavesBy.getTime() + REQUEST_MS)
  return { leavesBy, permit: { isOpen: () => now() < leavesBy, signal: signalUntil(over, now()) } }
}

function signalUntil(end: Date, now: Date): AbortSignal {
  return AbortSignal.timeout(Math.max(0, end.getTime() - now.getTime()))
}

async function lookUp(ports: DeliverPorts, hand: DeliveryLease): Promise<void> {
  const { begun, dueAt } = hand.taken.delivery
  await ports.poster.turn(hand.target, signalUntil(hand.until, ports.now()))
  const since = new Date((begun?.at ?? dueAt).getTime() - CLOCK_SKEW_MS)
  await settleFound(ports, hand, await ports.poster.find(hand.target, since))
}
