import { afterAll, describe, expect, it } from 'vitest'
import type { DeliveryState } from '../../core/digest/delivery.ts'
import { openChannels } from '../support/digest/channels.ts'
import { createEngine, DUE, wanted } from '../support/digest/engine.ts'
import { type DigestProcess, startDigestProcess } from '../support/digest/process.ts'
import { createChannelPoster } from '../support/fakes/digest-poster.ts'
import { moveClock } from '../support/fakes/moved-clock.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'

const MINUTE_MS = 60_000

/** Every step of the state machine, with the second of three deliveries in hand, and the request itself. */
const CALLS = [
  ['before', 'deliveries.plan'],
  ['after', 'deliveries.plan'],
  ['before', 'deliveries.take'],
  ['after', 'deliveries.take'],
  ['before', 'words.compose'],
  ['after', 'words.compose'],
  ['before', 'poster.turn'],
  ['after', 'poster.turn'],
  ['before', 'deliveries.begin'],
  ['after', 'deliveries.begin'],
  ['before', 'poster.post'],
  ['during', 'a post that is lost'],
  ['during', 'a post that comes in'],
  ['after', 'poster.post'],
  ['before', 'deliveries.end'],
  ['after', 'deliveries.end'],
] as const
type Call = (typeof CALLS)[number]

/** Between these a post may or may not have left. */
const IN_DOUBT = CALLS.slice(9, 15)

const PLATFORMS = [
  // Found by the nonce in the next minutes, and by looking afterwards.
  {
    name: 'that knows nonces and can be read, within minutes',
    remembersMs: 120_000,
    readable: true,
    awayMs: 61_000,
  },
  {
    name: 'that knows nonces and can be read, later',
    remembersMs: 120_000,
    readable: true,
    awayMs: 10 * MINUTE_MS,
  },
  { name: 'that can be read', remembersMs: 0, readable: true, awayMs: 61_000 },
  { name: 'that tells nothing', remembersMs: 0, readable: false, awayMs: 61_000 },
]

type Stage = Awaited<ReturnType<typeof setStage>>

async function setStage({ remembersMs, readable, awayMs }: (typeof PLATFORMS)[number]) {
  const { db, url } = await testDatabaseAt()
  // A Monday: no weekly time comes in the hours of the test.
  const clock = moveClock(new Date(DUE.getTime() + 24 * 60 * MINUTE_MS))
  // It remembers longer than it is relied upon to.
  const channels = await openChannels({ now: clock.now, remembersMs: remembersMs * 1.5, readable })
  const poster = { url: channels.url, remembersMs, settlesMs: 30_000 }
  const start = () => startDigestProcess({ databaseUrl: url, clockFile: clock.file, poster })
  const engine = createEngine({ db, now: clock.now, poster: createChannelPoster(poster) })
  let place = 0
  let next = start()
  afterAll(async () => {
    await next.kill()
    await channels.stop()
  })

  return {
    channels,
    clock,
    engine,
    /** Three channels of a new server, due now. */
    async subscribe(): Promise<void> {
      place += 1
      channels.clear()
      await db.deleteFrom('warehouse.subscription').execute()
      await db.deleteFrom('lake.delivery').execute()
      for (const channel of ['a', 'b', 'c'])
        await engine.subscriptions.add(
          wanted(`discord:${place}`, { channel: `discord:${place}.${channel}` }),
          clock.now(),
        )
      await db.updateTable('warehouse.subscription').set({ next_due_at: clock.now() }).execute()
    },
    /** Another one is started meanwhile. */
    process(): DigestProcess {
      const process = next
      next = start()
      return process
    },
    /** What another process makes of it, until nothing is open. */
    async goOn(): Promise<void> {
      for (let pass = 0; pass < 20; pass += 1) {
        clock.move(awayMs)
        await engine.pass()
        const open = await db.selectFrom('lake.delivery').where('ended_at', 'is', null).select('id').execute()
        if (open.length === 0) return
      }
      throw new Error('deliveries stay open')
    },
    async outcome() {
      const rows = await db.selectFrom('lake.delivery').select(['id', 'state']).orderBy('state').execute()
      const messages = channels.messages.map(({ delivery }) => delivery)
      return {
        states: rows.map(({ state }) => state),
        twice: messages.length - new Set(messages).size,
        lost: rows.filter(({ id, state }) => state === 'posted' && !messages.includes(id)).length,
      }
    },
  }
}

async function killAt([when, call]: Call, stage: Stage): Promise<void> {
  const process = stage.process()
  if (when !== 'during') {
    const nth = call === 'deliveries.plan' ? 1 : 2
    expect(await process.order({ kind: 'pass', fate: { signal: 'SIGKILL', when, call, nth } })).toBe('fate')
    await process.gone
    return
  }
  const posted = stage.channels.arrival()
  void posted.then(() => stage.channels.next({ kind: 'silent', applied: call === 'a post that comes in' }))
  const second = posted.then(() => stage.channels.arrival())
  void process.order({ kind: 'pass' })
  await second
  await process.kill()
}

describe.each(PLATFORMS)('a platform $name', (platform) => {
  it('gets each digest once, whatever a process was doing when it was killed', async () => {
    const stage = await setStage(platform)
    const outcomes: Record<string, unknown> = {}
    const expected: Record<string, unknown> = {}
    for (const point of CALLS) {
      await stage.subscribe()
      await killAt(point, stage)
      await stage.goOn()
      outcomes[point.join(' ')] = await stage.outcome()
      const inDoubt = !platform.readable && IN_DOUBT.includes(point)
      const states: DeliveryState[] = ['posted', 'posted', inDoubt ? 'uncertain' : 'posted']
      expected[point.join(' ')] = { states, twice: 0, lost: 0 }
    }
    expect(outcomes).toEqual(expected)
  })
})
