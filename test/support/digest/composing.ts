import type { Claim } from '../../../core/digest/deliveries.ts'
import type { Delivery } from '../../../core/digest/delivery.ts'
import type { Subscription, SubscriptionId } from '../../../core/digest/subscription.ts'
import type { AnswerId } from '../../../core/ids.ts'
import type { ComposePorts } from '../../../core/use-cases/digest/compose.ts'
import { markedFormatterFor } from '../builders/platforms.ts'
import { memoryPlaces } from '../fakes/memory-places.ts'
import {
  memoryAnswers,
  memoryCandidates,
  memoryCatalogue,
  memoryLibraries,
  memoryScorer,
} from '../fakes/ports.ts'
import { RATES } from '../fakes/rates.ts'

/** A digest's needs: those that a test names, and empty ones. */
export function memoryDigestPorts(known: Partial<ComposePorts> = {}): ComposePorts {
  return {
    catalogue: memoryCatalogue([]),
    scorer: memoryScorer(),
    libraries: memoryLibraries({ kind: 'no-profile' }),
    answers: memoryAnswers(),
    candidates: memoryCandidates(),
    consents: { community: async () => [] },
    deliveries: { shownIn: async () => new Set() },
    places: memoryPlaces(),
    rates: { table: async () => RATES },
    drawCover: async () => undefined,
    formatterFor: markedFormatterFor,
    now: () => new Date('2026-11-25T12:00:00Z'),
    ...known,
  }
}

export function subscription(known: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub1' as SubscriptionId,
    number: 1,
    place: 'discord:9',
    channel: 'discord:7',
    createdBy: 'discord:1',
    schedule: { weekday: 'friday', time: '18:00', timezone: 'Asia/Seoul' },
    genres: [],
    count: 5,
    locale: 'en',
    call: undefined,
    paused: undefined,
    nextDueAt: new Date('2026-11-27T09:00:00Z'),
    ...known,
  }
}

/** In hand, to be composed. */
export function taken(known: Partial<Subscription> = {}, delivery: Partial<Delivery> = {}): Claim {
  const of = subscription(known)
  return {
    lease: 'lease',
    subscription: of,
    delivery: {
      ...{ id: 'dEl1_very-Qw1x' as AnswerId, subscription: of.id, slot: '2026-W48' },
      ...{ dueAt: new Date('2026-11-20T09:00:00Z'), state: 'due', failures: 0 },
      ...{ picks: undefined, begun: undefined },
      ...delivery,
    },
  }
}
