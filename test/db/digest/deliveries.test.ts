import { beforeEach, describe, expect, it } from 'vitest'
import type { Claim } from '../../../core/digest/deliveries.ts'
import type { DeliveryId, DigestPick } from '../../../core/digest/delivery.ts'
import type { SubscriptionId } from '../../../core/digest/subscription.ts'
import type { NewSubscription } from '../../../core/digest/subscriptions.ts'
import { type ChannelKey, gameId, type PlaceKey } from '../../../core/ids.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { BEFORE, DUE, HOUR_MS, WINDOW_MS, wanted } from '../../support/digest/engine.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'

const { db, url } = await testDatabaseAt()
const subscriptions = createSubscriptions(db)
const deliveries = createDeliveries(db)

const WEEK_MS = 7 * 24 * HOUR_MS
const MINUTE_MS = 60_000
const lateBy = (ms: number) => new Date(DUE.getTime() + ms)
const picks = (...games: number[]): DigestPick[] =>
  games.map((game) => ({ game: gameId(game), section: 'new' }))

async function subscribe(place: PlaceKey, more: Partial<NewSubscription> = {}): Promise<SubscriptionId> {
  const added = await subscriptions.add(wanted(place, more), BEFORE)
  if (added === 'full') throw new Error('the place is full')
  return added.id
}

async function take(id: DeliveryId, now = DUE): Promise<Claim> {
  const taken = await deliveries.take(id, now, MINUTE_MS)
  if (!taken) throw new Error('somebody else holds it')
  return taken
}

/** A delivery of its own for a channel, due now. */
async function deliver(channel: ChannelKey = 'discord:9'): Promise<DeliveryId> {
  const place: PlaceKey = `discord:${crypto.randomUUID()}`
  const id = await deliveries.add(await subscribe(place, { channel }), { key: 'now:1', dueAt: DUE })
  if (!id) throw new Error('that slot was free')
  return id
}

const begin = (lease: string, games: readonly DigestPick[], now = DUE) =>
  deliveries.begin(lease, { picks: games, now, leavesBy: new Date(now.getTime() + 45_000) })

const rows = () => db.selectFrom('lake.delivery').selectAll().orderBy('due_at').orderBy('id').execute()

beforeEach(async () => {
  await db.deleteFrom('warehouse.subscription').execute()
  await db.deleteFrom('lake.delivery').execute()
})

describe('a delivery that is added', () => {
  it('is one for each slot', async () => {
    const id = await subscribe('discord:1')
    const slot = { key: 'now:2026-11-29T09:00', dueAt: DUE }
    const added = await Promise.all(Array.from({ length: 5 }, () => deliveries.add(id, slot)))
    expect(added.filter((one) => one !== undefined)).toHaveLength(1)
    expect(await deliveries.add(id, { ...slot, key: 'now:2026-11-29T09:01' })).toBeDefined()
  })
})

describe('what waits', () => {
  it('is of one platform, the longest due first, and no more than asked for', async () => {
    const discord = await subscribe('discord:1')
    const slack = await subscribe('slack:T1')
    const second = await deliveries.add(discord, { key: 'now:2', dueAt: DUE })
    const first = await deliveries.add(discord, { key: 'now:1', dueAt: BEFORE })
    const other = await deliveries.add(slack, { key: 'now:1', dueAt: BEFORE })
    expect(await deliveries.waiting('discord', BEFORE, 9)).toEqual([first])
    expect(await deliveries.waiting('discord', DUE, 9)).toEqual([first, second])
    expect(await deliveries.waiting('discord', DUE, 1)).toEqual([first])
    expect(await deliveries.waiting('slack', DUE, 9)).toEqual([other])
  })

  it('is nothing that somebody holds, that is not to be tried yet, or that has ended', async () => {
    const [held, later, ended] = [await deliver(), await deliver(), await deliver()]
    await take(held)
    const { lease } = await take(later)
    await deliveries.later(lease, { state: 'due', tryAt: lateBy(90_000), failed: true }, DUE)
    await deliveries.end((await take(ended)).lease, { state: 'empty', note: 'nothing-new' }, DUE)
    expect(await deliveries.waiting('discord', lateBy(MINUTE_MS - 1), 9)).toEqual([])
    expect(await deliveries.waiting('discord', lateBy(MINUTE_MS), 9)).toEqual([held])
    expect((await deliveries.waiting('discord', lateBy(90_000), 9)).toSorted()).toEqual(
      [held, later].toSorted(),
    )
  })
})

describe('a delivery in hand', () => {
  it('comes with its subscription', async () => {
    const id = await subscribe('slack:T1', { genres: ['Roguelike'], call: 'here' })
    await deliveries.plan(DUE, WINDOW_MS)
    const [waiting] = await deliveries.waiting('slack', DUE, 1)
    const { subscription, delivery } = await take(waiting as DeliveryId)
    expect(subscription).toMatchObject({ id, genres: ['Roguelike'], call: 'here', place: 'slack:T1' })
    expect(delivery).toEqual({
      ...{ id: waiting, subscription: id, slot: '2026-W48', dueAt: DUE, state: 'due' },
      ...{ failures: 0, picks: undefined, begun: undefined },
    })
  })

  it('is in one pair of hands of many that reach for it', async () => {
    const others = Array.from({ length: 4 }, () => connect(url, () => {}))
    for (let round = 0; round < 5; round += 1) {
      const id = await deliver()
      const taken = await Promise.all(
        [...others, ...others].map((other) => createDeliveries(other).take(id, DUE, MINUTE_MS)),
      )
      expect(taken.filter((one) => one !== undefined)).toHaveLength(1)
    }
    await Promise.all(others.map((other) => other.destroy()))
  })

  it('is taken over when the lease is over, and not before; nothing of the first one counts then', async () => {
    const id = await deliver()
    const { lease } = await take(id)
    expect(await deliveries.take(id, lateBy(MINUTE_MS - 1), MINUTE_MS)).toBeUndefined()
    const next = await take(id, lateBy(MINUTE_MS))
    expect(await begin(lease, picks(1))).toBe('passed-on')
    expect(await deliveries.later(lease, { state: 'due', tryAt: DUE, failed: true }, DUE)).toBe(false)
    expect(await deliveries.end(lease, { state: 'posted' }, DUE)).toBe(false)
    expect(await begin(next.lease, picks(1), lateBy(MINUTE_MS))).toBe('begun')
    expect(await deliveries.end(next.lease, { state: 'posted', message: 'm' }, lateBy(MINUTE_MS))).toBe(true)
    expect(await rows()).toMatchObject([{ state: 'posted', message: 'm', failures: 0, lease: null }])
  })

  it('begins nothing once its lease is over, taken over or not, but may still say what came of it', async () => {
    const { lease } = await take(await deliver())
    expect(await begin(lease, picks(1), lateBy(MINUTE_MS))).toBe('passed-on')
    expect(await deliveries.end(lease, { state: 'posted', message: 'm' }, lateBy(MINUTE_MS))).toBe(true)
  })

  it('is begun by one of many, and its first request stays the first of its round', async () => {
    const id = await deliver()
    const { lease } = await take(id)
    expect(await begin(lease, picks(1, 2))).toBe('begun')
    await deliveries.later(lease, { state: 'posting', tryAt: lateBy(5_000), failed: false }, lateBy(2_000))
    const again = await take(id, lateBy(5_000))
    expect(again.delivery).toMatchObject({
      state: 'posting',
      picks: picks(1, 2),
      begun: { at: DUE, leavesBy: lateBy(2_000) },
    })
    expect(await begin(again.lease, picks(1, 2), lateBy(6_000))).toBe('begun')
    await deliveries.later(
      again.lease,
      { state: 'posting', tryAt: lateBy(9_000), failed: false },
      lateBy(99_000),
    )
    const third = await take(id, lateBy(9_000))
    expect(third.delivery.begun).toEqual({ at: DUE, leavesBy: lateBy(51_000) })
  })

  it('that was certainly not posted begins a new round, with what was chosen', async () => {
    const id = await deliver()
    const { lease } = await take(id)
    await begin(lease, picks(1, 2))
    await deliveries.later(lease, { state: 'due', tryAt: DUE, failed: true }, DUE)
    const again = await take(id)
    expect(again.delivery).toMatchObject({ state: 'due', failures: 1, begun: undefined, picks: picks(1, 2) })
    expect(await begin(again.lease, picks(1, 2), lateBy(3_000))).toBe('begun')
    expect(await rows()).toMatchObject([{ state: 'posting', begun_at: lateBy(3_000) }])
  })
})

describe('what a channel was shown', () => {
  it('is what stands there, may stand there, or is to be posted; of that channel, since then', async () => {
    const states = ['posted', 'uncertain', 'refused', 'dead', 'empty'] as const
    for (const [i, state] of states.entries()) {
      const { lease } = await take(await deliver())
      await begin(lease, picks(i + 1))
      await deliveries.end(lease, { state }, DUE)
    }
    await begin((await take(await deliver())).lease, picks(6))
    const back = await take(await deliver())
    await begin(back.lease, picks(7))
    await deliveries.later(back.lease, { state: 'due', tryAt: DUE, failed: true }, DUE)
    await begin((await take(await deliver('discord:8'))).lease, picks(8))
    expect(await deliveries.shownIn('discord:9', DUE)).toEqual(new Set([1, 2, 6, 7]))
    expect(await deliveries.shownIn('discord:8', DUE)).toEqual(new Set([8]))
    expect(await deliveries.shownIn('discord:9', lateBy(1))).toEqual(new Set())
  })

  it('is not shown by another delivery that chose the same at the same time', async () => {
    const [one, other] = [await take(await deliver()), await take(await deliver())]
    const elsewhere = await take(await deliver('discord:8'))
    expect(await begin(one.lease, picks(1, 2))).toBe('begun')
    expect(await begin(other.lease, picks(2, 3))).toBe('shown')
    expect(await begin(elsewhere.lease, picks(2, 3))).toBe('begun')
    expect(await begin(other.lease, picks(3, 4))).toBe('begun')
  })

  it('is chosen by one of many that begin at once', async () => {
    const others = Array.from({ length: 4 }, () => connect(url, () => {}))
    const held = await Promise.all([...others, ...others].map(async () => take(await deliver())))
    const begun = await Promise.all(
      held.map(({ lease }, i) =>
        createDeliveries(others[i % 4] ?? db).begin(lease, {
          picks: picks(5, i + 10),
          now: DUE,
          leavesBy: DUE,
        }),
      ),
    )
    await Promise.all(others.map((other) => other.destroy()))
    expect(begun.toSorted()).toEqual(['begun', ...Array(7).fill('shown')])
  })

  it('may come again after twelve weeks', async () => {
    const { lease } = await take(await deliver())
    await begin(lease, picks(1))
    await deliveries.end(lease, { state: 'posted' }, DUE)
    for (const [weeks, outcome] of [
      [12, 'shown'],
      [12.1, 'begun'],
    ] as const) {
      const now = lateBy(weeks * WEEK_MS)
      expect(await begin((await take(await deliver(), now)).lease, picks(1), now)).toBe(outcome)
    }
  })
})
