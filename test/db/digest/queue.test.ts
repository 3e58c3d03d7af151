import { afterAll, describe, expect, it } from 'vitest'
import type { DeliveryId, Platform } from '../../../core/digest/delivery.ts'
import type { Queue } from '../../../core/digest/queue.ts'
import { startQueue } from '../../../db/digest/queue.ts'
import { connect } from '../../../db/postgres/connect.ts'
import { testDatabaseAt } from '../../support/postgres/database.ts'
import { eventually } from '../../support/waiting.ts'

const { db, url } = await testDatabaseAt()
const other = connect(url, () => {})
// They make their tables at once, as processes that are started together.
const [one, two] = await Promise.all([startQueue(db, () => {}), startQueue(other, () => {})])
afterAll(async () => {
  await one.stop()
  await two.stop()
  await other.destroy()
})

const jobs = (...keys: string[]) => keys.map((key) => ({ key, id: `id of ${key}` as DeliveryId }))

async function work(queue: Queue, platform: Platform, during: () => Promise<unknown> = async () => {}) {
  const seen: string[] = []
  await queue.work(platform, async (id) => {
    seen.push(id)
    await during()
  })
  return seen
}

describe('jobs', () => {
  it('are done once by whichever process comes first, each platform’s for itself', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    const keys = Array.from({ length: 50 }, (_, i) => `job ${i}`)
    await one.add('slack', jobs('slow'))
    await one.add('discord', jobs(...keys))
    await two.add('discord', jobs(...keys, ...keys))
    const slow = await work(one, 'slack', () => held)
    const seen = [await work(one, 'discord'), await work(two, 'discord')]
    await eventually(() => expect(seen.flat()).toHaveLength(50))
    expect(new Set(seen.flat()).size).toBe(50)
    await eventually(() => expect(slow).toEqual(['id of slow']))

    // While it is in hand, its key is taken; afterwards it is free.
    await two.add('slack', jobs('slow', 'next'))
    letGo()
    await eventually(() => expect(slow).toEqual(['id of slow', 'id of next']))
    await eventually(async () => {
      await one.add('slack', jobs('slow'))
      expect(slow.length).toBeGreaterThan(2)
    }, 200)
  })
})
