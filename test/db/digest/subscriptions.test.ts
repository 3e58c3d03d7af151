import { beforeEach, describe, expect, it } from 'vitest'
import type { Subscription } from '../../../core/digest/subscription.ts'
import type { NewSubscription } from '../../../core/digest/subscriptions.ts'
import type { PlaceKey } from '../../../core/ids.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { BEFORE, DUE, HOUR_MS, wanted } from '../../support/digest/engine.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const subscriptions = createSubscriptions(db)
const deliveries = createDeliveries(db)
const NEXT_WEEK = new Date('2026-12-06T09:00:00Z')

async function subscribe(
  place: PlaceKey = 'discord:1',
  more: Partial<NewSubscription> = {},
): Promise<Subscription> {
  const added = await subscriptions.add(wanted(place, more), BEFORE)
  if (added === 'full') throw new Error('the place is full')
  return added
}

async function stateOf(id: string) {
  const row = await db.selectFrom('lake.delivery').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { state: row.state, lease: row.lease, ended: row.ended_at !== null }
}

beforeEach(async () => {
  await db.deleteFrom('warehouse.subscription').execute()
  await db.deleteFrom('lake.delivery').execute()
})

describe('a subscription', () => {
  it('is kept as it was wished, and first due at the next time of its wall clock', async () => {
    const wish = wanted('slack:T1', { genres: ['Roguelike', 'Indie'], call: { role: '77' }, locale: 'ko' })
    const added = await subscriptions.add(wish, BEFORE)
    const expected = { ...wish, id: expect.any(String), number: 1, paused: undefined, nextDueAt: DUE }
    expect(added).toEqual(expected)
    expect(await subscriptions.of('slack:T1')).toEqual([{ ...expected, last: undefined, untold: false }])
    expect(await subscriptions.of('slack:T')).toEqual([])
  })

  it.each(['here', 'everyone', undefined] as const)('calls %s', async (call) => {
    expect((await subscribe('discord:1', { call })).call).toBe(call)
  })

  it('is due a week later where it was made at its very time', async () => {
    const added = await subscriptions.add(wanted('discord:1'), DUE)
    expect(added).toMatchObject({ nextDueAt: NEXT_WEEK })
  })
})

describe('the subscriptions of a place', () => {
  it('are numbered from one, and a number that is free again is given again', async () => {
    const numbers = []
    for (let i = 0; i < 10; i += 1) numbers.push((await subscribe()).number)
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await subscriptions.add(wanted('discord:1'), BEFORE)).toBe('full')
    expect((await subscribe('discord:2')).number).toBe(1)
    const [, second] = await subscriptions.of('discord:1')
    expect(second && (await subscriptions.remove(second.id))).toBe(true)
    expect((await subscribe()).number).toBe(2)
    expect((await subscriptions.of('discord:1')).map(({ number }) => number)).toEqual(numbers)
  })

  it('are no more than ten, however many add to it at once', async () => {
    const added = await Promise.all(
      Array.from({ length: 15 }, () => subscriptions.add(wanted('discord:1'), BEFORE)),
    )
    expect(added.filter((one) => one === 'full')).toHaveLength(5)
    const numbers = added.flatMap((one) => (one === 'full' ? [] : [one.number]))
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('tell how their newest delivery went', async () => {
    const { id } = await subscribe()
    await deliveries.add(id, { key: 'now:1', dueAt: BEFORE })
    expect(await subscriptions.of('discord:1')).toMatchObject([
      { last: { state: 'due', dueAt: BEFORE, note: undefined } },
    ])
    await deliveries.plan(new Date(DUE.getTime() + 25 * HOUR_MS), 24 * HOUR_MS)
    expect(await subscriptions.of('discord:1')).toMatchObject([
      { last: { state: 'skipped', dueAt: DUE, note: 'was-away' } },
    ])
  })
})

describe('a pause', () => {
  it('keeps its reason and its day, and the first one counts', async () => {
    const { id } = await subscribe()
    expect(await subscriptions.pause(id, 'no-access', DUE)).toBe(true)
    expect(await subscriptions.pause(id, 'by-hand', NEXT_WEEK)).toBe(false)
    expect(await subscriptions.of('discord:1')).toMatchObject([{ paused: { why: 'no-access', since: DUE } }])
  })

  it('makes nothing due until it ends, from the first time after that', async () => {
    const { id } = await subscribe()
    await subscriptions.pause(id, 'by-hand', BEFORE)
    expect(await deliveries.plan(DUE, HOUR_MS)).toEqual({ due: 0, skipped: [] })
    const tuesday = new Date('2026-12-01T12:00:00Z')
    expect(await subscriptions.resume(id, tuesday)).toEqual({ key: '2026-W49', dueAt: NEXT_WEEK })
    expect(await subscriptions.of('discord:1')).toMatchObject([{ paused: undefined, nextDueAt: NEXT_WEEK }])
    expect(await deliveries.plan(tuesday, HOUR_MS)).toEqual({ due: 0, skipped: [] })
    expect(await deliveries.plan(NEXT_WEEK, HOUR_MS)).toEqual({ due: 1, skipped: [] })
  })

  it('that is none does not move what is due', async () => {
    const { id } = await subscribe()
    expect(await subscriptions.resume(id, NEXT_WEEK)).toEqual({ key: '2026-W48', dueAt: DUE })
    expect(await subscriptions.of('discord:1')).toMatchObject([{ nextDueAt: DUE }])
  })

  it('that came by itself is told once, and by the list until that has worked', async () => {
    const { id } = await subscribe()
    const untold = async () => (await subscriptions.of('discord:1')).map((one) => one.untold)
    expect(await subscriptions.claimTelling(id)).toBe(false)
    await subscriptions.pause(id, 'archived', DUE)
    expect(await untold()).toEqual([true])
    const claims = await Promise.all(Array.from({ length: 5 }, () => subscriptions.claimTelling(id)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await untold()).toEqual([true])
    await subscriptions.markTold(id)
    expect(await untold()).toEqual([false])
  })

  it('is told again when it comes again', async () => {
    const { id } = await subscribe()
    for (let round = 0; round < 2; round += 1) {
      await subscriptions.pause(id, 'archived', DUE)
      expect(await subscriptions.claimTelling(id)).toBe(true)
      await subscriptions.markTold(id)
      await subscriptions.resume(id, DUE)
    }
  })

  it('by hand is told to nobody', async () => {
    const { id } = await subscribe()
    await subscriptions.pause(id, 'by-hand', DUE)
    expect(await subscriptions.claimTelling(id)).toBe(false)
    expect(await subscriptions.of('discord:1')).toMatchObject([{ untold: false }])
  })
})

describe('a subscription that is removed', () => {
  it('is gone for every call', async () => {
    const { id } = await subscribe()
    expect(await subscriptions.remove(id)).toBe(true)
    expect(await subscriptions.remove(id)).toBe(false)
    expect(await subscriptions.pause(id, 'by-hand', DUE)).toBe(false)
    expect(await subscriptions.resume(id, DUE)).toBeUndefined()
    expect(await subscriptions.claimTelling(id)).toBe(false)
    expect(await deliveries.add(id, { key: 'now:1', dueAt: DUE })).toBeUndefined()
    expect(await deliveries.plan(DUE, HOUR_MS)).toEqual({ due: 0, skipped: [] })
  })

  it('ends what is open, and takes it out of the hands that hold it', async () => {
    const { id } = await subscribe()
    const due = await deliveries.add(id, { key: 'now:1', dueAt: DUE })
    const posting = await deliveries.add(id, { key: 'now:2', dueAt: DUE })
    const posted = await deliveries.add(id, { key: 'now:3', dueAt: DUE })
    if (!due || !posting || !posted) throw new Error('three deliveries were to be made')
    const held = await deliveries.take(posting, DUE, HOUR_MS)
    const done = await deliveries.take(posted, DUE, HOUR_MS)
    if (!held || !done) throw new Error('nobody else holds them')
    await deliveries.begin(held.lease, { picks: [], now: DUE, leavesBy: DUE })
    await deliveries.end(done.lease, { state: 'posted', message: '1' }, DUE)
    await subscriptions.remove(id)
    expect(await stateOf(due)).toEqual({ state: 'skipped', lease: null, ended: true })
    expect(await stateOf(posting)).toEqual({ state: 'uncertain', lease: null, ended: true })
    expect(await stateOf(posted)).toEqual({ state: 'posted', lease: null, ended: true })
    expect(await deliveries.end(held.lease, { state: 'posted' }, DUE)).toBe(false)
    expect(await deliveries.waiting('discord', DUE, 9)).toEqual([])
  })

  it('leaves nothing open when it is planned at the same moment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id } = await subscribe()
      await Promise.all([deliveries.plan(DUE, HOUR_MS), subscriptions.remove(id)])
      await Promise.all([deliveries.add(id, { key: 'now:1', dueAt: DUE }), subscriptions.remove(id)])
    }
    expect(await deliveries.waiting('discord', DUE, 99)).toEqual([])
  })
})
