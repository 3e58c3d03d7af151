import { Registry } from 'prom-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DigestParts, startDigests } from '../../../../bot/jobs/digest/clock.ts'
import { createDigestMetrics } from '../../../../bot/jobs/digest/metrics.ts'
import type { Queue } from '../../../../core/digest/queue.ts'
import type { Level } from '../../../../core/log.ts'
import { Unavailable } from '../../../../core/unavailable.ts'
import { startQueue } from '../../../../db/digest/queue.ts'
import { openChannels } from '../../../support/digest/channels.ts'
import { BEFORE, createEngine, DUE, HOUR_MS, wanted } from '../../../support/digest/engine.ts'
import { createChannelPoster } from '../../../support/fakes/digest-poster.ts'
import { moveClock } from '../../../support/fakes/moved-clock.ts'
import { testDatabase } from '../../../support/postgres/database.ts'
import { eventually } from '../../../support/waiting.ts'

const db = await testDatabase()

async function setStage(queue: Queue) {
  const clock = moveClock(DUE)
  const channels = await openChannels({ now: clock.now, remembersMs: 0, readable: true })
  onTestFinished(() => channels.stop())
  const poster = createChannelPoster({ url: channels.url, remembersMs: 0, settlesMs: 30_000 })
  const lines: { level: Level; message: string }[] = []
  const { ports, subscriptions } = createEngine({ db, now: clock.now, poster }, (parts) => ({
    ...parts,
    log: (level, message) => void lines.push({ level, message }),
  }))
  const registry = new Registry()
  const metrics = createDigestMetrics(registry)
  const parts: DigestParts = { ...ports, queue, posters: { discord: poster }, metrics }
  return { clock, channels, subscriptions, parts, registry, lines }
}

/** Takes whatever it is given, and does nothing. */
const idle: Queue = { add: async () => {}, work: async () => {}, stop: async () => {} }

describe('the clock of the digests', () => {
  it('delivers what is due when it starts, for the platforms that run here, and counts it', async () => {
    const { clock, channels, subscriptions, parts, registry } = await setStage(await startQueue(db, () => {}))
    await subscriptions.add(wanted('discord:1'), BEFORE)
    await subscriptions.add(wanted('slack:T1'), BEFORE)
    const lateWish = { schedule: { weekday: 'saturday', time: '08:00', timezone: 'UTC' } } as const
    await subscriptions.add(wanted('slack:T2', lateWish), new Date(BEFORE.getTime() - 48 * HOUR_MS))
    clock.move(2_000)
    const digests = await startDigests(parts)
    await eventually(async () => {
      expect(await registry.metrics()).toContain(
        'digest_deliveries_total{platform="discord",state="posted"} 1',
      )
    })
    await digests.stop()
    expect(channels.messages).toMatchObject([{ channel: 'discord:1.general' }])
    const shown = await registry.metrics()
    expect(shown).toContain('digest_deliveries_total{platform="slack",state="skipped"} 1')
    expect(shown).toContain('digest_late_seconds_bucket{le="1",platform="discord"} 0')
    expect(shown).toContain('digest_late_seconds_count{platform="discord"} 1')
    // Somebody else's platform waits for whoever runs it.
    expect(await parts.deliveries.waiting('slack', clock.now(), 9)).toHaveLength(1)
  })

  it('says once that it cannot look, and when it can again', async () => {
    const { parts, lines } = await setStage(idle)
    let failures = 2
    const plan: DigestParts['deliveries']['plan'] = async () => {
      failures -= 1
      if (failures >= 0) throw new Unavailable('database')
      return { due: 0, skipped: [] }
    }
    const digests = await startDigests({ ...parts, deliveries: { ...parts.deliveries, plan } })
    await eventually(() => expect(lines).toHaveLength(2))
    await digests.stop()
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'info'])
  })

  it('takes a delivery that fails for one that is tried again, not for its own end', async () => {
    const handles: ((id: never) => Promise<void>)[] = []
    const queue: Queue = { ...idle, work: async (_platform, handle) => void handles.push(handle) }
    const { parts, lines } = await setStage(queue)
    const take = () => Promise.reject(new Unavailable('database'))
    const digests = await startDigests({ ...parts, deliveries: { ...parts.deliveries, take } })
    await handles[0]?.('any' as never)
    await digests.stop()
    expect(lines).toEqual([{ level: 'warn', message: 'a digest is waiting for the database' }])
  })

  it('waits with its end for what it is doing', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const order: string[] = []
    const stop = async () => void order.push('queue stopped')
    const { parts } = await setStage({ ...idle, stop })
    let first = true
    const plan: DigestParts['deliveries']['plan'] = async () => {
      if (!first) {
        ask()
        await answered
        order.push('planned')
      }
      first = false
      return { due: 0, skipped: [] }
    }
    const digests = await startDigests({ ...parts, deliveries: { ...parts.deliveries, plan } })
    await asked
    const stopped = digests.stop()
    answer()
    await stopped
    expect(order).toEqual(['planned', 'queue stopped'])
  })
})
