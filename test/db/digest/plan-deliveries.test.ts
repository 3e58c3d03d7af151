import { beforeEach, describe, expect, it } from 'vitest'
import type { Schedule } from '../../../core/digest/schedule.ts'
import type { SubscriptionId } from '../../../core/digest/subscription.ts'
import type { NewSubscription } from '../../../core/digest/subscriptions.ts'
import type { PlaceKey } from '../../../core/ids.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { BEFORE, DUE, HOUR_MS, subscribeMany, WINDOW_MS, wanted } from '../../support/digest/engine.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { db, url } = await testDatabaseAt()
const subscriptions = createSubscriptions(db)
const deliveries = createDeliveries(db)

const WEEK_MS = 7 * 24 * HOUR_MS
const MINUTE_MS = 60_000
const lateBy = (ms: number) => new Date(DUE.getTime() + ms)

async function subscribe(place: PlaceKey, more: Partial<NewSubscription> = {}): Promise<SubscriptionId> {
  const added = await subscriptions.add(wanted(place, more), BEFORE)
  if (added === 'full') throw new Error('the place is full')
  return added.id
}

const rows = () => db.selectFrom('lake.delivery').selectAll().orderBy('due_at').orderBy('id').execute()

beforeEach(async () => {
  await db.deleteFrom('warehouse.subscription').execute()
  await db.deleteFrom('lake.delivery').execute()
})

describe('planning', () => {
  it('makes a delivery at its time and not before, and moves the subscription on', async () => {
    await subscribe('discord:1')
    expect(await deliveries.plan(lateBy(-1), WINDOW_MS)).toEqual({ due: 0, skipped: [] })
    expect(await deliveries.plan(DUE, WINDOW_MS)).toEqual({ due: 1, skipped: [] })
    expect(await deliveries.plan(DUE, WINDOW_MS)).toEqual({ due: 0, skipped: [] })
    expect(await rows()).toMatchObject([
      { slot: '2026-W48', due_at: DUE, state: 'due', channel: 'discord:1.general' },
    ])
    expect(await subscriptions.of('discord:1')).toMatchObject([{ nextDueAt: lateBy(WEEK_MS) }])
  })

  it('after an absence still makes what is within the window, and notes each week before as skipped', async () => {
    await subscribe('discord:1')
    await subscribe('slack:T1', { schedule: { weekday: 'sunday', time: '18:01', timezone: 'Asia/Seoul' } })
    const back = lateBy(2 * WEEK_MS + WINDOW_MS)
    expect(await deliveries.plan(back, WINDOW_MS)).toEqual({
      due: 2,
      skipped: ['discord:1', 'discord:1', 'slack:T1', 'slack:T1'],
    })
    const made = (await rows()).filter(({ place_key }) => place_key === 'discord:1')
    expect(made.map(({ slot, state, note, ended_at }) => ({ slot, state, note, ended_at }))).toEqual([
      { slot: '2026-W48', state: 'skipped', note: 'was-away', ended_at: back },
      { slot: '2026-W49', state: 'skipped', note: 'was-away', ended_at: back },
      { slot: '2026-W50', state: 'due', note: null, ended_at: null },
    ])
  })

  it('skips what is older than the window by a moment', async () => {
    await subscribe('discord:1')
    expect(await deliveries.plan(lateBy(WINDOW_MS + 1), WINDOW_MS)).toEqual({
      due: 0,
      skipped: ['discord:1'],
    })
  })

  it('makes each once, whoever plans at once, over many batches', async () => {
    await subscribeMany(db, 450, DUE)
    const others = Array.from({ length: 4 }, () => connect(url, () => {}))
    const planned = await Promise.all(others.map((other) => createDeliveries(other).plan(DUE, WINDOW_MS)))
    await Promise.all(others.map((other) => other.destroy()))
    expect(planned.reduce((sum, { due }) => sum + due, 0)).toBe(450)
    const made = await rows()
    expect(new Set(made.map((row) => row.subscription_id)).size).toBe(450)
    expect(made).toHaveLength(450)
  })

  it('is unmoved by a subscription that somebody else is planning', async () => {
    await subscribeMany(db, 2, DUE)
    await db.transaction().execute(async (within) => {
      await within
        .selectFrom('warehouse.subscription')
        .select('id')
        .where('place_key', '=', 'discord:1')
        .forUpdate()
        .execute()
      expect(await deliveries.plan(DUE, WINDOW_MS)).toEqual({ due: 1, skipped: [] })
    })
    expect(await deliveries.plan(DUE, WINDOW_MS)).toEqual({ due: 1, skipped: [] })
  })
})

describe('each local week', () => {
  const WEEKS = 60
  const START = new Date('2026-09-01T00:00:00Z')
  const zones: readonly Schedule[] = [
    { weekday: 'sunday', time: '02:30', timezone: 'America/New_York' },
    { weekday: 'sunday', time: '01:30', timezone: 'America/New_York' },
    { weekday: 'sunday', time: '01:15', timezone: 'Europe/London' },
    { weekday: 'sunday', time: '02:30', timezone: 'Asia/Seoul' },
    { weekday: 'sunday', time: '02:10', timezone: 'Australia/Lord_Howe' },
    { weekday: 'sunday', time: '01:45', timezone: 'Australia/Lord_Howe' },
  ]

  it.each(zones)('is due once in $timezone at $time, over both changes of the clock', async (schedule) => {
    const place: PlaceKey = 'discord:1'
    await subscriptions.add(wanted(place, { schedule }), START)
    let made = 0
    // As a tick that is away for hours, at another time each day.
    for (
      let at = START.getTime();
      at < START.getTime() + WEEKS * WEEK_MS;
      at += 11 * HOUR_MS + 7 * MINUTE_MS
    ) {
      const { due, skipped } = await deliveries.plan(new Date(at), WINDOW_MS)
      expect(skipped).toEqual([])
      made += due
    }
    const slots = (await rows()).map(({ slot }) => slot)
    expect(slots).toHaveLength(made)
    expect(new Set(slots).size).toBe(slots.length)
    const wall = new Intl.DateTimeFormat('en-CA', { timeZone: schedule.timezone, dateStyle: 'short' })
    const days = (await rows()).map(({ due_at }) => Date.parse(wall.format(due_at)))
    // No week is left out, and none comes twice.
    for (const [i, day] of days.slice(1).entries()) expect(day - (days[i] ?? 0)).toBe(WEEK_MS)
    expect(made).toBeGreaterThanOrEqual(WEEKS - 1)
  })
})
