import { describe, expect, it } from 'vitest'
import type { DeliverPorts } from '../../core/digest/deliver.ts'
import { deliver } from '../../core/digest/deliver.ts'
import type { DeliveryId } from '../../core/digest/delivery.ts'
import { Unavailable } from '../../core/unavailable.ts'
import type { Happening } from '../support/digest/channels.ts'
import { DUE, HOUR_MS, WINDOW_MS } from '../support/digest/engine.ts'
import { BLIND, createSetStage, NONCES, READABLE } from '../support/digest/stage.ts'
import { testDatabase } from '../support/postgres/database.ts'

const MINUTE_MS = 60_000

const db = await testDatabase()
const setStage = createSetStage(db)

describe('a busy platform', () => {
  it('is left alone for as long as it asks', async () => {
    const { channels, clock, engine, rows } = await setStage()
    channels.next({ kind: 'busy', seconds: 90 })
    await engine.pass()
    expect(await rows()).toMatchObject([{ state: 'due', failures: 1, begun_at: null }])
    clock.move(80_000)
    await engine.pass()
    expect(channels.requests()).toBe(1)
    clock.move(11_000)
    await engine.pass()
    expect(channels.messages).toHaveLength(1)
    expect(await rows()).toMatchObject([{ state: 'posted', failures: 1 }])
  })

  it('that does not say for how long is asked less and less often', async () => {
    const { channels, clock, engine, rows } = await setStage()
    channels.next(...Array<Happening>(12).fill({ kind: 'busy' }))
    const waits: number[] = []
    for (let i = 0; i < 12; i += 1) {
      const now = clock.now().getTime()
      await engine.pass()
      const [row] = await rows()
      waits.push(Number(row?.try_at) - now)
      clock.move(Number(row?.try_at) - clock.now().getTime())
    }
    expect(channels.requests()).toBe(12)
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(Math.min(2_500 * 2 ** i, 150_000))
      expect(wait).toBeLessThan(Math.min(5_000 * 2 ** i, 300_000) + 2_000)
    }
  })

  it.each([
    ['says nothing of how long', { kind: 'busy' } as const],
    ['asks for more than a day', { kind: 'busy', seconds: 100_000 } as const],
  ])('that %s is given up when the window is over', async (_what, happening) => {
    const { channels, goOn, rows, said, listed } = await setStage()
    channels.next(...Array<Happening>(1_000).fill(happening))
    await goOn(HOUR_MS)
    expect(channels.messages).toEqual([])
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'dead', note: 'gave-up' })
    expect(Number(row?.ended_at) - DUE.getTime()).toBeLessThan(WINDOW_MS + 2 * HOUR_MS)
    expect(said()).toMatchObject([{ level: 'warn', message: 'a digest was given up' }])
    expect((await listed())?.paused).toBeUndefined()
  })
})

describe('a channel that refuses for good', () => {
  it.each([
    ['no-permission', { kind: 'no-permission' } as const],
    ['no-channel', { kind: 'no-channel' } as const],
  ])('%s: pauses its subscription, and its maker is told once', async (why, happening) => {
    const told: unknown[] = []
    const tellPaused: DeliverPorts['tellPaused'] = async (subscription, reason) =>
      told.push([subscription.createdBy, reason]) > 0
    const { channels, clock, engine, rows, listed, said } = await setStage(NONCES, { tellPaused })
    channels.next(happening)
    await engine.pass()
    expect(await rows()).toMatchObject([{ state: 'refused', note: why, failures: 0 }])
    expect(await listed()).toMatchObject({ paused: { why }, untold: false, last: { note: why } })
    expect(told).toEqual([['discord:robin', why]])
    expect(said()).toHaveLength(1)
    for (let week = 0; week < 3; week += 1) {
      clock.move(7 * 24 * HOUR_MS)
      await engine.pass()
    }
    expect(channels.requests()).toBe(1)
    expect(told).toHaveLength(1)
  })

  const UNTOLD: readonly (readonly [string, DeliverPorts['tellPaused'], number])[] = [
    ['cannot be reached', async () => false, 1],
    ['is told by broken words', () => Promise.reject(new Error('no words')), 2],
  ]

  it.each(UNTOLD)('is told by the list where its maker %s', async (_why, tellPaused, lines) => {
    const { channels, engine, rows, listed, said } = await setStage(NONCES, { tellPaused })
    channels.next({ kind: 'no-permission' })
    await engine.pass()
    expect(await rows()).toMatchObject([{ state: 'refused' }])
    expect(await listed()).toMatchObject({ untold: true })
    expect(said()).toHaveLength(lines)
  })
})

describe('our own fault', () => {
  it('is a message that the platform does not take: logged as an error, and never tried again', async () => {
    const { channels, goOn, rows, said, listed } = await setStage()
    channels.next({ kind: 'bad' })
    await goOn()
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'dead', note: 'our-fault' }])
    expect(said()).toMatchObject([{ level: 'error', fields: { note: 'our-fault' } }])
    expect((await listed())?.paused).toBeUndefined()
  })

  it('is a digest that cannot be made: tried some times, and then given up', async () => {
    const compose = () => Promise.reject(new Error('a bug'))
    const { channels, goOn, rows, said } = await setStage(NONCES, { compose })
    await goOn(MINUTE_MS)
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'dead', note: 'our-fault', failures: 10 }])
    expect(said().map(({ level }) => level)).toEqual([...Array(10).fill('warn'), 'error'])
    expect(said().at(-1)?.fields.error).toBe('a bug')
  })

  it('is none where somebody else is away: it is tried until the window is over', async () => {
    const compose = () => Promise.reject(new Unavailable('inference'))
    const { goOn, rows } = await setStage(NONCES, { compose })
    await goOn(HOUR_MS)
    expect(await rows()).toMatchObject([{ state: 'dead', note: 'gave-up' }])
  })

  it('is no reason to post twice: what may stand there is looked for', async () => {
    let begun = 0
    const { channels, engine, goOn, rows } = await setStage(NONCES, {
      deliveries: ({ begin }) => ({
        begin: (...request) => {
          begun += 1
          return begun > 1 ? Promise.reject(new Error('a bug')) : begin(...request)
        },
      }),
    })
    channels.next({ kind: 'cut-off', applied: true })
    await engine.pass()
    await goOn()
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posted' }])
  })

  it('leaves uncertain what it keeps from being looked for', async () => {
    const { channels, clock, engine, rows } = await setStage(READABLE)
    channels.next({ kind: 'cut-off', applied: true })
    await engine.pass()
    const [row] = await rows()
    const find = () => Promise.reject(new Error('a bug'))
    const ports = { ...engine.ports, poster: { ...engine.ports.poster, find } }
    for (let look = 0; look < 20; look += 1) {
      clock.move(6 * MINUTE_MS)
      await deliver(ports, row?.id as DeliveryId)
    }
    expect(await rows()).toMatchObject([{ state: 'uncertain', note: 'our-fault', failures: 10 }])
  })
})

it('tells operators which digest, and nothing of what stands in it', async () => {
  const { channels, engine, goOn, said, subscription } = await setStage(BLIND)
  channels.next({ kind: 'cut-off', applied: true })
  await goOn()
  const [row] = await db.selectFrom('lake.delivery').select('id').execute()
  expect(said()).toEqual([
    {
      level: 'warn',
      message: 'nobody can tell whether a digest was posted',
      fields: {
        ...{ delivery: row?.id, subscription: subscription.id, place: 'discord:1', slot: '2026-W48' },
        ...{ failures: 0, lateSeconds: expect.any(Number), note: 'cannot-tell' },
      },
    },
  ])
  expect(JSON.stringify(engine.lines)).not.toContain('1 2 3')
})
