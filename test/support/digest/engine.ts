import { sql } from 'kysely'
import type { DeliverPorts } from '../../../core/digest/deliver.ts'
import { deliver } from '../../../core/digest/deliver.ts'
import type { Deliveries } from '../../../core/digest/deliveries.ts'
import { PLATFORMS, platformOf } from '../../../core/digest/delivery.ts'
import type { Ended } from '../../../core/digest/lease.ts'
import type { Compose, Poster } from '../../../core/digest/poster.ts'
import type { Schedule } from '../../../core/digest/schedule.ts'
import type { NewSubscription, Subscriptions } from '../../../core/digest/subscriptions.ts'
import { gameId, type PlaceKey } from '../../../core/ids.ts'
import type { Log } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import type { LogLine } from '../program.ts'

export const HOUR_MS = 3_600_000
export const WINDOW_MS = 24 * HOUR_MS

/** Sundays at six in the evening of Seoul: 9:00 in UTC. */
export const SUNDAY: Schedule = { weekday: 'sunday', time: '18:00', timezone: 'Asia/Seoul' }
/** A quarter of an hour before that. */
export const BEFORE = new Date('2026-11-29T08:45:00Z')
export const DUE = new Date('2026-11-29T09:00:00Z')

export function wanted(place: PlaceKey, more: Partial<NewSubscription> = {}): NewSubscription {
  return {
    ...{ place, channel: `${place}.general`, createdBy: `${platformOf(place)}:robin`, schedule: SUNDAY },
    ...{ genres: [], count: 3, locale: 'en', call: undefined },
    ...more,
  }
}

/** The best games that the channel was not shown: 1, 2, 3 and so on. */
export function composeFrom(deliveries: Deliveries): Compose {
  return async ({ delivery, subscription }) => {
    const shown = await deliveries.shownIn(subscription.channel, new Date(0))
    const games = Array.from({ length: 100 }, (_, i) => gameId(i + 1)).filter((game) => !shown.has(game))
    const fresh = games.slice(0, subscription.count).map((game) => ({ game, section: 'new' }) as const)
    const picks = delivery.picks ?? fresh
    return { picks, reply: replyOf(picks.map(({ game }) => game).join(' ')) }
  }
}

function replyOf(summary: string): Reply {
  return { delivery: 'channel', summary, blocks: [], buttons: [], attachments: [] }
}

type Parts = Omit<DeliverPorts, 'deliveries'> & { readonly deliveries: Deliveries }

export type Engine = {
  readonly subscriptions: Subscriptions
  readonly ports: Parts
  readonly lines: readonly LogLine[]
  readonly ended: readonly Ended[]
  /** What one tick finds, one after the other. */
  pass(): Promise<void>
}

type Options = { readonly db: Db; readonly now: () => Date; readonly poster: Poster }

/** The real parts around a poster of the test's. `change` may put others in their place. */
export function createEngine(
  { db, now, poster }: Options,
  change: (parts: Parts) => Parts = (parts) => parts,
): Engine {
  const lines: LogLine[] = []
  const ended: Ended[] = []
  const log: Log = (level, message, fields = {}) => void lines.push({ level, message, fields })
  const deliveries = createDeliveries(db)
  const subscriptions = createSubscriptions(db)
  const ports = change({
    ...{ deliveries, subscriptions, poster, now, log, windowMs: WINDOW_MS },
    compose: composeFrom(deliveries),
    tellPaused: async () => true,
    onEnd: (end) => void ended.push(end),
  })
  return {
    ...{ subscriptions, ports, lines, ended },
    async pass() {
      await ports.deliveries.plan(now(), WINDOW_MS)
      for (const platform of PLATFORMS)
        for (const id of await ports.deliveries.waiting(platform, now(), 1000)) await deliver(ports, id)
    },
  }
}

/** Many channels, each of a server of its own, that are due at the same moment. */
export async function subscribeMany(db: Db, count: number, dueAt: Date): Promise<void> {
  await sql`
    insert into warehouse.subscription
      (id, number, place_key, channel, weekday, time, timezone, count, locale, next_slot, next_due_at)
    select 'many ' || n, 1, 'discord:' || n, 'discord:' || n || '.general', ${SUNDAY.weekday}, ${SUNDAY.time},
      ${SUNDAY.timezone}, 3, 'en', 'many', ${dueAt}
    from generate_series(1, ${count}::integer) as n
  `.execute(db)
}
