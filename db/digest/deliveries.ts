import { randomUUID } from 'node:crypto'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Claim, Deliveries } from '../../core/digest/deliveries.ts'
import {
  type Delivery,
  type DeliveryId,
  type DigestPick,
  NOT_AGAIN_DAYS,
  OPEN_STATES,
} from '../../core/digest/delivery.ts'
import type { SubscriptionId } from '../../core/digest/subscription.ts'
import type { GameId } from '../../core/ids.ts'
import { daysAfter } from '../../core/players/retention.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database, DeliveryTable } from '../postgres/schema.ts'
import { storableJson, storableText } from '../postgres/storable-text.ts'
import { newDelivery, plan } from './plan-deliveries.ts'
import { toSubscription } from './subscriptions.ts'

type Within = Transaction<Database>

/** What is to be posted, and what became of it. */
export function createDeliveries(db: Db): Deliveries {
  return {
    plan: (now, windowMs) => plan(db, now, windowMs),

    add: (id, slot) => db.transaction().execute((within) => add(within, id, slot)),

    async waiting(platform, now, limit) {
      const rows = await db
        .selectFrom('lake.delivery')
        .select('id')
        .where('state', 'in', OPEN_STATES)
        .where('try_at', '<=', now)
        .where((row) => row.or([row('leased_until', 'is', null), row('leased_until', '<=', now)]))
        .where(sql<boolean>`starts_with(place_key, ${`${platform}:`})`)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(({ id }) => id as DeliveryId)
    },

    take: (id, now, leaseMs) => take(db, id, { now, until: new Date(now.getTime() + leaseMs) }),

    begin: (lease, request) => db.transaction().execute((within) => begin(within, lease, request)),

    async later(lease, { state, tryAt, failed }, now) {
      const { numUpdatedRows } = await db
        .updateTable('lake.delivery')
        .set({ lease: null, leased_until: null, state, try_at: tryAt })
        .set({ failures: sql`failures + ${failed ? 1 : 0}` })
        .set(
          state === 'due'
            ? { begun_at: null, leaves_by: null }
            : { leaves_by: sql`least(leaves_by, ${now})` },
        )
        .where('lease', '=', lease)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async end(lease, { state, message = null, note = null }, now) {
      const { numUpdatedRows } = await db
        .updateTable('lake.delivery')
        .set({ state, message: message && storableText(message), note, ended_at: now })
        .set({ lease: null, leased_until: null })
        .where('lease', '=', lease)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async shownIn(channel, since) {
      const { rows } = await shown(db, channel, since)
      return new Set(rows.map(({ appid }) => appid as GameId))
    },
  }
}

/** A subscription that is being removed is waited for. */
async function add(within: Within, id: SubscriptionId, slot: Parameters<Deliveries['add']>[1]) {
  const subscription = await within
    .selectFrom('warehouse.subscription')
    .select(['id', 'place_key', 'channel'])
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!subscription) return undefined
  const row = await within
    .insertInto('lake.delivery')
    .values(newDelivery(subscription, slot))
    .onConflict((same) => same.columns(['subscription_id', 'slot']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id as DeliveryId | undefined
}

async function take(
  db: Db,
  id: DeliveryId,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<Claim | undefined> {
  const lease = randomUUID()
  const row = await db
    .updateTable('lake.delivery')
    .set({ lease, leased_until: until })
    .where('id', '=', id)
    .where('state', 'in', OPEN_STATES)
    .where('try_at', '<=', now)
    .where((row) => row.or([row('leased_until', 'is', null), row('leased_until', '<=', now)]))
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  const subscription = await db
    .selectFrom('warehouse.subscription')
    .selectAll()
    .where('id', '=', row.subscription_id)
    .executeTakeFirst()
  // One that was removed just now has ended its deliveries as well.
  return subscription && { delivery: toDelivery(row), lease, subscription: toSubscription(subscription) }
}

/**
 * Games are written down here, all of a channel one after the other: of two deliveries that chose the same one without
 * knowing of each other, the second is told.
 */
async function begin(
  within: Within,
  lease: string,
  { picks, now, leavesBy }: Parameters<Deliveries['begin']>[1],
): ReturnType<Deliveries['begin']> {
  const held = await within
    .selectFrom('lake.delivery')
    .select(['id', 'channel', 'picks'])
    .where('lease', '=', lease)
    .where('leased_until', '>', now)
    .forUpdate()
    .executeTakeFirst()
  if (!held) return 'passed-on'
  if (!held.picks && (await areShown(within, held.channel, { picks, now }))) return 'shown'
  await within
    .updateTable('lake.delivery')
    .set({ state: 'posting', picks: storableJson(picks), leaves_by: leavesBy })
    .set({ begun_at: sql`coalesce(begun_at, ${now})` })
    .where('id', '=', held.id)
    .execute()
  return 'begun'
}

async function areShown(
  within: Within,
  channel: string,
  { picks, now }: { readonly picks: readonly DigestPick[]; readonly now: Date },
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`digest ${channel}`}, 0))`.execute(within)
  const games = new Set<number>(picks.map(({ game }) => game))
  const { rows } = await shown(within, channel, daysAfter(now, -NOT_AGAIN_DAYS))
  return rows.some(({ appid }) => games.has(appid))
}

/** Of those that stand there, may stand there, or are still to be posted with what was chosen for them. */
function shown(db: Db | Within, channel: string, since: Date) {
  return sql<{ appid: number }>`
    select distinct (pick ->> 'game')::integer as appid
    from lake.delivery, jsonb_array_elements(picks) as pick
    where channel = ${channel} and due_at >= ${since} and state in ('due', 'posting', 'posted', 'uncertain')
    order by 1
  `.execute(db)
}

function toDelivery(row: Selectable<DeliveryTable>): Delivery {
  const { slot, state, failures, begun_at, leaves_by } = row
  return {
    ...{
      id: row.id as DeliveryId,
      subscription: row.subscription_id as SubscriptionId,
      slot,
      state,
      failures,
    },
    dueAt: row.due_at,
    picks: row.picks ?? undefined,
    begun: begun_at && leaves_by ? { at: begun_at, leavesBy: leaves_by } : undefined,
  }
}
