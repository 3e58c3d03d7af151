import { EventEmitter } from 'node:events'
import { Registry } from 'prom-client'
import { expect, it, vi } from 'vitest'
import { readConfig } from '../../../../bot/config/config.ts'
import { createClosers } from '../../../../bot/context/closers.ts'
import { type DigestAsked, openDigests, telling } from '../../../../bot/jobs/digest/open.ts'
import type { SubscriptionId } from '../../../../core/digest/subscription.ts'
import type { Level } from '../../../../core/log.ts'
import { createDeliveries } from '../../../../db/digest/deliveries.ts'
import { openChannels } from '../../../support/digest/channels.ts'
import { composeFrom, subscribeMany } from '../../../support/digest/engine.ts'
import { createChannelPoster } from '../../../support/fakes/digest-poster.ts'
import { memoryDigests } from '../../../support/fakes/memory-digests.ts'
import { testDatabase } from '../../../support/postgres/database.ts'
import { eventually } from '../../../support/waiting.ts'

it('the program’s digests go out by the real clock, and end with the program', async () => {
  const db = await testDatabase()
  await subscribeMany(db, 5, new Date())
  const channels = await openChannels({ now: () => new Date(), remembersMs: 0, readable: true })
  const poster = createChannelPoster({ url: channels.url, remembersMs: 0, settlesMs: 30_000 })
  const lines: [Level, string][] = []
  const log = (level: Level, message: string) => void lines.push([level, message])
  const closers = createClosers()
  const registry = new Registry()
  await openDigests(
    { config: readConfig({}), log, closers },
    {
      db,
      registry,
      asked: new EventEmitter(),
      posters: { discord: poster },
      compose: composeFrom(createDeliveries(db)),
      tellPaused: async () => true,
    },
  )
  await eventually(async () => {
    expect(await registry.metrics()).toContain('digest_deliveries_total{platform="discord",state="posted"} 5')
  })
  await closers.closeAll(log)
  await channels.stop()
  expect(channels.messages).toHaveLength(5)
  expect(lines.filter(([level]) => level !== 'debug')).toEqual([])
})

it('a digest asked for at once wakes the clock, and one that stands already does not', async () => {
  const wake = vi.fn<() => void>()
  const asked: DigestAsked = new EventEmitter()
  asked.on('digest', wake)
  const { deliveries } = telling(memoryDigests(), asked)
  const slot = { key: 'now:2026-11-25T12:00:00.000Z', dueAt: new Date('2026-11-25T12:00:30Z') }
  const added = () => deliveries.add('one' as SubscriptionId, slot)
  expect([await added(), await added()]).toEqual([expect.any(String), undefined])
  expect(wake).toHaveBeenCalledTimes(1)
})
