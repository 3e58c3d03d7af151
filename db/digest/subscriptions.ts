import { randomBytes } from 'node:crypto'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { EndState, OpenState } from '../../core/digest/delivery.ts'
import { type Slot, slotAfter } from '../../core/digest/schedule.ts'
import { MAX_SUBSCRIPTIONS, type Subscription, type SubscriptionId } from '../../core/digest/subscription.ts'
import type { Listed, NewSubscription, Subscriptions } from '../../core/digest/subscriptions.ts'
import type { ChannelKey, PlaceKey, UserKey } from '../../core/ids.ts'
import { isErased, scopesOf, unlessErased } from '../people/erasures.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database, DeliveryTable, SubscriptionTable } from '../postgres/schema.ts'
import { storableJson } from '../postgres/storable-text.ts'

type Within = Transaction<Database>

/** The channels that asked for a digest. */
export function createSubscriptions(db: Db): Subscriptions {
  return {
    async of(place) {
      const rows = await db
        .selectFrom('warehouse.subscription as subscription')
        .leftJoinLateral(
          (within) =>
            within
              .selectFrom('lake.delivery as delivery')
              .select(['delivery.state', 'delivery.due_at', 'delivery.note'])
              .whereRef('delivery.subscription_id', '=', 'subscription.id')
              .orderBy('delivery.due_at', 'desc')
              .orderBy('delivery.id')
              .limit(1)
              .as('newest'),
          (join) => join.onTrue(),
        )
        .selectAll('subscription')
        .select(['newest.state', 'newest.due_at', 'newest.note'])
        .where('subscription.place_key', '=', place)
        .orderBy('subscription.number')
        .execute()
      return rows.map(toListed)
    },

    async add(wanted, now) {
      const added = await unlessErased(db, [wanted.place], (within) => add(within, wanted, now))
      if (added === undefined) throw new Error('the place was removed while a digest was set up for it')
      return added
    },

    async pause(id, why, now) {
      const { numUpdatedRows } = await db
        .updateTable('warehouse.subscription')
        .set({ paused_why: why, paused_at: now, telling: null })
        .where('id', '=', id)
        .where('paused_why', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    resume: (id, now) => db.transaction().execute((within) => resume(within, id, now)),

    remove: (id) => db.transaction().execute((within) => remove(within, id)),

    async claimTelling(id) {
      const { numUpdatedRows } = await db
        .updateTable('warehouse.subscription')
        .set({ telling: 'untold' })
        .where('id', '=', id)
        .where('paused_why', '!=', 'by-hand')
        .where('telling', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async markTold(id) {
      await db
        .updateTable('warehouse.subscription')
        .set({ telling: 'told' })
        .where('id', '=', id)
        .where('telling', '=', 'untold')
        .execute()
    },
  }
}

async function add(within: Within, wanted: NewSubscription, now: Date): Promise<Subscription | 'full'> {
  const { place, channel, createdBy, schedule, genres, count, locale, call } = wanted
  // All who add to a place wait for each other, so that no two take the same number.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`subscriptions ${place}`}, 0))`.execute(within)
  const number = await freeNumber(within, place)
  if (number === undefined) return 'full'
  const slot = slotAfter(schedule, now)
  const maker = (await isErased(within, scopesOf(createdBy))) ? null : createdBy
  const row = await within
    .insertInto('warehouse.subscription')
    .values({
      id: randomBytes(9).toString('base64url'),
      ...{ number, place_key: place, channel, created_by: maker, ...schedule },
      ...{ genres: [...genres], count, locale, call: call === undefined ? null : storableJson(call) },
      ...{ next_slot: slot.key, next_due_at: slot.dueAt, created_at: now },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toSubscription(row)
}

async function freeNumber(within: Within, place: PlaceKey): Promise<number | undefined> {
  const rows = await within
    .selectFrom('warehouse.subscription')
    .select('number')
    .where('place_key', '=', place)
    .execute()
  const taken = new Set(rows.map(({ number }) => number))
  return Array.from({ length: MAX_SUBSCRIPTIONS }, (_, i) => i + 1).find((number) => !taken.has(number))
}

/** One that was not paused stays as it is. */
async function resume(within: Within, id: SubscriptionId, now: Date): Promise<Slot | undefined> {
  const row = await within
    .selectFrom('warehouse.subscription')
    .select(['weekday', 'time', 'timezone', 'paused_why', 'next_slot', 'next_due_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  if (row.paused_why === null) return { key: row.next_slot, dueAt: row.next_due_at }
  const slot = slotAfter(row, now)
  await within
    .updateTable('warehouse.subscription')
    .set({ paused_why: null, paused_at: null, telling: null, next_slot: slot.key, next_due_at: slot.dueAt })
    .where('id', '=', id)
    .execute()
  return slot
}

/** Of a post that is under way nobody will know any more: it counts as one that may stand there. */
const ENDS: Readonly<Record<OpenState, EndState>> = { due: 'skipped', posting: 'uncertain' }

async function remove(within: Within, id: SubscriptionId): Promise<boolean> {
  const { numDeletedRows } = await within
    .deleteFrom('warehouse.subscription')
    .where('id', '=', id)
    .executeTakeFirst()
  for (const state of ['due', 'posting'] as const) {
    await within
      .updateTable('lake.delivery')
      .set({ state: ENDS[state], lease: null, leased_until: null, ended_at: sql`now()` })
      .where('subscription_id', '=', id)
      .where('state', '=', state)
      .execute()
  }
  return numDeletedRows === 1n
}

type Newest = { readonly [K in 'state' | 'due_at' | 'note']: DeliveryTable[K] | null }

function toListed(row: Selectable<SubscriptionTable> & Newest): Listed {
  const { state, due_at, note } = row
  return {
    ...toSubscription(row),
    last: state && due_at ? { state, dueAt: due_at, note: note ?? undefined } : undefined,
    untold: row.paused_why !== null && row.paused_why !== 'by-hand' && row.telling !== 'told',
  }
}

export function toSubscription(row: Selectable<SubscriptionTable>): Subscription {
  const { number, weekday, time, timezone, genres, count, locale } = row
  return {
    ...{ id: row.id as SubscriptionId, number, place: row.place_key as PlaceKey },
    channel: row.channel as ChannelKey,
    createdBy: (row.created_by as UserKey | null) ?? undefined,
    schedule: { weekday, time, timezone },
    ...{ genres, count, locale, call: row.call ?? undefined },
    paused: row.paused_why && row.paused_at ? { why: row.paused_why, since: row.paused_at } : undefined,
    nextDueAt: row.next_due_at,
  }
}
