import { onTestFinished } from 'vitest'
import type { DeliverPorts } from '../../../core/digest/deliver.ts'
import type { Subscription } from '../../../core/digest/subscription.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { createChannelPoster } from '../fakes/digest-poster.ts'
import { moveClock } from '../fakes/moved-clock.ts'
import { openChannels } from './channels.ts'
import { BEFORE, createEngine, DUE, wanted } from './engine.ts'

/** Knows nonces for three minutes, of which two are relied upon. */
export const NONCES = { remembersMs: 120_000, readable: true }
export const READABLE = { remembersMs: 0, readable: true }
export const BLIND = { remembersMs: 0, readable: false }

type Change = Partial<Omit<DeliverPorts, 'deliveries'>> & {
  readonly deliveries?: (deliveries: DeliverPorts['deliveries']) => Partial<DeliverPorts['deliveries']>
}

/** Sets one channel of a platform, at the moment at which its digest is due, with nothing else in the database. */
export function createSetStage(db: Db) {
  const rows = () => db.selectFrom('lake.delivery').selectAll().orderBy('due_at').orderBy('id').execute()

  return async (platform = NONCES, change: Change = {}) => {
    await db.deleteFrom('warehouse.subscription').execute()
    await db.deleteFrom('lake.delivery').execute()
    const { clock, channels, engine } = await openEngine(db, platform, change)
    const subscribe = async (): Promise<Subscription> => {
      const added = await engine.subscriptions.add(wanted('discord:1'), BEFORE)
      if (added === 'full') throw new Error('the place is full')
      return added
    }
    return {
      ...{ clock, channels, engine, rows, subscribe, subscription: await subscribe() },
      /** As the clock does it, until nothing is open. */
      async goOn(everyMs = 5_000): Promise<void> {
        for (let pass = 0; pass < 500; pass += 1) {
          await engine.pass()
          if ((await rows()).every(({ ended_at }) => ended_at !== null)) return
          clock.move(everyMs)
        }
        throw new Error('deliveries stay open')
      },
      listed: async () => (await engine.subscriptions.of('discord:1'))[0],
      /** What was said to operators, but for what went well. */
      said: () => engine.lines.filter(({ level }) => level !== 'debug'),
    }
  }
}

async function openEngine(db: Db, platform: typeof NONCES, { deliveries: changed, ...change }: Change) {
  const { remembersMs, readable } = platform
  const clock = moveClock(DUE)
  const channels = await openChannels({ now: clock.now, remembersMs: remembersMs * 1.5, readable })
  onTestFinished(() => channels.stop())
  const poster = createChannelPoster({ url: channels.url, remembersMs, settlesMs: 30_000, requestMs: 200 })
  const engine = createEngine({ db, now: clock.now, poster }, (parts) => ({
    ...{ ...parts, ...change },
    deliveries: { ...parts.deliveries, ...changed?.(parts.deliveries) },
  }))
  return { clock, channels, engine }
}
