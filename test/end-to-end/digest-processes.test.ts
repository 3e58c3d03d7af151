import { describe, expect, it, onTestFinished } from 'vitest'
import { openChannels } from '../support/digest/channels.ts'
import { BEFORE, createEngine, DUE, subscribeMany, wanted } from '../support/digest/engine.ts'
import { startDigestProcess } from '../support/digest/process.ts'
import { createChannelPoster } from '../support/fakes/digest-poster.ts'
import { moveClock } from '../support/fakes/moved-clock.ts'
import { testDatabaseAt } from '../support/postgres/database.ts'
import { eventually } from '../support/waiting.ts'

async function setStage() {
  const { db, url } = await testDatabaseAt()
  const clock = moveClock(DUE)
  const channels = await openChannels({ now: clock.now, remembersMs: 180_000, readable: true })
  onTestFinished(() => channels.stop())
  const poster = { url: channels.url, remembersMs: 120_000, settlesMs: 30_000 }
  const engine = createEngine({ db, now: clock.now, poster: createChannelPoster(poster) })
  return {
    ...{ db, clock, channels, engine },
    start() {
      const process = startDigestProcess({ databaseUrl: url, clockFile: clock.file, poster })
      onTestFinished(() => process.kill())
      return process
    },
    /** Resolves when so many are posted and written down, and nothing is open. */
    async settled(count: number): Promise<void> {
      const states = db.selectFrom('lake.delivery').select('state').distinct()
      const all = db.selectFrom('lake.delivery').select((row) => row.fn.countAll<number>().as('n'))
      const done = async () => {
        expect(await all.execute()).toEqual([{ n: count }])
        expect(await states.execute()).toEqual([{ state: 'posted' }])
      }
      await eventually(done, 100)
    },
  }
}

describe('several processes', () => {
  it('post a thousand digests that are due in the same minute, each once', async () => {
    const { db, channels, start, settled } = await setStage()
    await subscribeMany(db, 1_000, DUE)
    const processes = [start(), start(), start()]
    for (const process of processes) expect(await process.order({ kind: 'serve' })).toBe('done')
    await settled(1_000)
    expect(channels.messages).toHaveLength(1_000)
    expect(new Set(channels.messages.map(({ delivery }) => delivery)).size).toBe(1_000)
    expect(new Set(channels.messages.map(({ channel }) => channel)).size).toBe(1_000)
    expect(channels.requests()).toBe(1_000)
  })
})

describe('a process that is killed with jobs', () => {
  it.each([
    ['before', 'queue.add'],
    ['after', 'queue.add'],
    ['before', 'deliveries.take'],
    ['after', 'deliveries.begin'],
    ['before', 'deliveries.end'],
  ] as const)('%s %s leaves them to the next one', async (when, call) => {
    const { db, clock, channels, start, settled } = await setStage()
    await subscribeMany(db, 3, DUE)
    const [first, second] = [start(), start()]
    void first.order({ kind: 'serve', fate: { signal: 'SIGKILL', when, call, nth: 1 } })
    await first.gone
    clock.move(61_000)
    expect(await second.order({ kind: 'serve' })).toBe('done')
    await settled(3)
    expect(channels.messages.map(({ channel }) => channel).toSorted()).toEqual([
      ...['discord:1.general', 'discord:2.general', 'discord:3.general'],
    ])
  })
})

describe('a process that stood still', () => {
  it.each([
    ['before', 'poster.turn'],
    ['before', 'deliveries.begin'],
    ['before', 'poster.post'],
    ['before', 'deliveries.end'],
  ] as const)('%s %s does not post what another one has taken over', async (when, call) => {
    const { clock, channels, engine, start, settled } = await setStage()
    await engine.subscriptions.add(wanted('discord:1'), BEFORE)
    const process = start()
    expect(await process.order({ kind: 'pass', fate: { signal: 'SIGSTOP', when, call, nth: 1 } })).toBe(
      'fate',
    )
    // Longer than any nonce is remembered.
    for (let pass = 0; pass < 5; pass += 1) {
      clock.move(5 * 60_000)
      await engine.pass()
    }
    await settled(1)
    const requests = channels.requests()
    process.goOn()
    expect(await process.hear()).toBe('done')
    expect(channels.messages).toHaveLength(1)
    expect(channels.requests()).toBe(requests)
    await settled(1)
  })
})
