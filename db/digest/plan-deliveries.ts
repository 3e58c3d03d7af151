import { randomBytes } from 'node:crypto'
import { type Insertable, type Selectable, sql, type Transaction } from 'kysely'
import type { Planned } from '../../core/digest/deliveries.ts'
import { type Slot, slotAfter } from '../../core/digest/schedule.ts'
import type { PlaceKey } from '../../core/ids.ts'
import type { Db } from '../postgres/connect.ts'
import type { Database, DeliveryTable, SubscriptionTable } from '../postgres/schema.ts'

/** So many subscriptions in one transaction: the others of a busy minute are free for the next process. */
const BATCH = 100

/** Makes what is due into deliveries, batch by batch, until no subscription is left that nobody else is planning. */
export async function plan(db: Db, now: Date, windowMs: number): Promise<Planned> {
  let due = 0
  const skipped: PlaceKey[] = []
  for (;;) {
    const batch = await db.transaction().execute((within) => planBatch(within, now, windowMs))
    due += batch.made.filter(({ state }) => state === 'due').length
    skipped.push(
      ...batch.made.filter(({ state }) => state === 'skipped').map((row) => row.place_key as PlaceKey),
    )
    if (batch.subscriptions < BATCH) return { due, skipped }
  }
}

async function planBatch(within: Transaction<Database>, now: Date, windowMs: number) {
  const subscriptions = await within
    .selectFrom('warehouse.subscription')
    .selectAll()
    .where('paused_why', 'is', null)
    .where('next_due_at', '<=', now)
    // The playground posts nowhere.
    .where('place_key', 'not like', 'playground:%')
    .orderBy('next_due_at')
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  if (subscriptions.length === 0) return { subscriptions: 0, made: [] }
  const plans = subscriptions.map((subscription) => ({ subscription, slots: slotsUntil(subscription, now) }))
  const made = await within
    .insertInto('lake.delivery')
    .values(plans.flatMap(({ subscription, slots }) => slots.due.map(toRow(subscription, now, windowMs))))
    .onConflict((same) => same.columns(['subscription_id', 'slot']).doNothing())
    .returning(['place_key', 'state'])
    .execute()
  await moveOn(within, plans)
  return { subscriptions: subscriptions.length, made }
}

type Slots = { readonly due: readonly Slot[]; readonly next: Slot }

/** All that have come since it was last planned, and the one after them. */
function slotsUntil(subscription: Selectable<SubscriptionTable>, now: Date): Slots {
  const due: Slot[] = []
  let next: Slot = { key: subscription.next_slot, dueAt: subscription.next_due_at }
  while (next.dueAt <= now) {
    due.push(next)
    next = slotAfter(subscription, next.dueAt)
  }
  return { due, next }
}

function toRow({ id, place_key, channel }: Selectable<SubscriptionTable>, now: Date, windowMs: number) {
  return ({ key, dueAt }: Slot): Insertable<DeliveryTable> => {
    const late = now.getTime() - dueAt.getTime() > windowMs
    return {
      ...newDelivery({ id, place_key, channel }, { key, dueAt }),
      ...(late && { state: 'skipped', note: 'was-away', ended_at: now }),
    }
  }
}

/** A row for something to post. */
export function newDelivery(
  { id, place_key, channel }: Pick<Selectable<SubscriptionTable>, 'id' | 'place_key' | 'channel'>,
  { key, dueAt }: Slot,
): Insertable<DeliveryTable> {
  return {
    id: randomBytes(9).toString('base64url'),
    ...{ subscription_id: id, place_key, channel, slot: key, state: 'due' },
    ...{ due_at: dueAt, try_at: dueAt },
  }
}

type Plan = { readonly subscription: Selectable<SubscriptionTable>; readonly slots: Slots }

async function moveOn(within: Transaction<Database>, plans: readonly Plan[]): Promise<void> {
  const ids = plans.map(({ subscription }) => subscription.id)
  const slots = plans.map(({ slots }) => slots.next.key)
  const times = plans.map(({ slots }) => slots.next.dueAt)
  await sql`
    update warehouse.subscription as subscription set next_slot = next.slot, next_due_at = next.due_at
    from unnest(${ids}::text[], ${slots}::text[], ${times}::timestamptz[]) as next (id, slot, due_at)
    where subscription.id = next.id
  `.execute(within)
}
