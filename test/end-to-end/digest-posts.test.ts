import { describe, expect, it } from 'vitest'
import type { Happening } from '../support/digest/channels.ts'
import { DUE, HOUR_MS, WINDOW_MS } from '../support/digest/engine.ts'
import { BLIND, createSetStage, NONCES, READABLE } from '../support/digest/stage.ts'
import { testDatabase } from '../support/postgres/database.ts'

const MINUTE_MS = 60_000

const setStage = createSetStage(await testDatabase())

const ways = (happenings: readonly Happening[]) =>
  happenings.flatMap((happening) =>
    [NONCES, READABLE].map((platform) => ({
      happening,
      platform,
      what: `${happening.kind}${'applied' in happening && happening.applied ? ', but posted' : ''}`,
      where: platform === NONCES ? 'knows nonces' : 'can be read',
    })),
  )

describe('a digest', () => {
  it('is posted when it is due, with its own id, and is remembered as what the channel was shown', async () => {
    const { engine, channels, rows } = await setStage()
    await engine.pass()
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'posted', message: 'm1', note: null, failures: 0, lease: null })
    expect(channels.messages).toMatchObject([
      { channel: 'discord:1.general', delivery: row?.id, text: '1 2 3' },
    ])
    expect(engine.ended).toEqual([{ platform: 'discord', state: 'posted', lateMs: expect.any(Number) }])
    expect(await engine.ports.deliveries.shownIn('discord:1.general', DUE)).toEqual(new Set([1, 2, 3]))
  })

  it('is empty where there is nothing new to say', async () => {
    const { engine, channels, rows, listed } = await setStage(NONCES, { compose: async () => 'nothing-new' })
    await engine.pass()
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'empty', note: 'nothing-new' }])
    expect((await listed())?.last).toMatchObject({ state: 'empty', note: 'nothing-new' })
  })

  it('of the next week shows other games', async () => {
    const { engine, clock, channels } = await setStage()
    await engine.pass()
    clock.move(7 * 24 * HOUR_MS)
    await engine.pass()
    expect(channels.messages.map(({ text }) => text)).toEqual(['1 2 3', '4 5 6'])
  })

  it.each(
    ways([
      { kind: 'broken', applied: false },
      { kind: 'broken', applied: true },
      { kind: 'cut-off', applied: false },
      { kind: 'cut-off', applied: true },
      { kind: 'silent', applied: false },
      { kind: 'silent', applied: true },
    ]),
  )('is posted once where the request is $what and the platform $where', async ({ happening, platform }) => {
    const { channels, goOn, rows, said } = await setStage(platform)
    channels.next(happening, happening)
    await goOn()
    expect(channels.messages.map(({ text }) => text)).toEqual(['1 2 3'])
    expect(await rows()).toMatchObject([{ state: 'posted', message: 'm1' }])
    expect(said()).toEqual([])
  })

  it('is posted once where the request comes in late, after everybody has given it up', async () => {
    const { channels, clock, engine, goOn, rows } = await setStage(READABLE)
    channels.next({ kind: 'delayed' })
    await engine.pass()
    clock.move(20_000)
    await engine.pass()
    channels.applyDelayed()
    await goOn()
    expect(channels.messages).toHaveLength(1)
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posted', message: 'm1' }])
  })

  it('is uncertain where it may stand there and nobody may look', async () => {
    for (const applied of [true, false]) {
      const { channels, goOn, rows, listed, said } = await setStage(BLIND)
      channels.next({ kind: 'cut-off', applied })
      await goOn()
      expect(channels.requests()).toBe(1)
      expect(await rows()).toMatchObject([{ state: 'uncertain', note: 'cannot-tell' }])
      expect((await listed())?.last?.note).toBe('cannot-tell')
      expect(said()).toMatchObject([{ level: 'warn', fields: { note: 'cannot-tell', place: 'discord:1' } }])
    }
  })

  it('that was lost is not taken for unposted because the platform is busy afterwards', async () => {
    const { channels, clock, engine, goOn } = await setStage()
    channels.next({ kind: 'cut-off', applied: true }, { kind: 'busy', seconds: 600 })
    await engine.pass()
    clock.move(5_000)
    await engine.pass()
    expect(channels.requests()).toBe(2)
    await goOn(MINUTE_MS)
    expect(channels.messages).toHaveLength(1)
    expect(channels.requests()).toBe(2)
  })

  it('is looked for again where the platform is busy', async () => {
    const { channels, goOn, rows } = await setStage(READABLE)
    channels.next({ kind: 'cut-off', applied: true })
    channels.nextLook({ kind: 'busy', seconds: 2 }, { kind: 'broken', applied: false }, { kind: 'busy' })
    await goOn()
    expect(await rows()).toMatchObject([{ state: 'posted', failures: 3 }])
  })

  it('is uncertain, and its subscription paused, where its channel is gone before anybody looked', async () => {
    const { channels, goOn, rows, listed } = await setStage(READABLE)
    channels.next({ kind: 'cut-off', applied: true })
    channels.nextLook({ kind: 'no-channel' })
    await goOn()
    expect(await rows()).toMatchObject([{ state: 'uncertain', note: 'no-channel' }])
    expect((await listed())?.paused?.why).toBe('no-channel')
  })

  it('is looked for until its window is long over, and then uncertain', async () => {
    const { channels, goOn, rows } = await setStage(READABLE)
    channels.next({ kind: 'cut-off', applied: true })
    channels.nextLook(...Array<Happening>(60).fill({ kind: 'broken', applied: false }))
    await goOn(HOUR_MS)
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'uncertain', note: 'cannot-tell' })
    expect(Number(row?.ended_at) - DUE.getTime()).toBeGreaterThan(WINDOW_MS)
  })
})

describe('being away', () => {
  it('at the due time costs nothing within the window', async () => {
    const { channels, clock, engine, rows } = await setStage()
    clock.move(WINDOW_MS - MINUTE_MS)
    await engine.pass()
    expect(channels.messages).toHaveLength(1)
    expect(await rows()).toMatchObject([{ state: 'posted' }])
  })

  it('for longer skips the digest, with a note', async () => {
    const { channels, clock, engine, rows, listed } = await setStage()
    clock.move(WINDOW_MS + MINUTE_MS)
    await engine.pass()
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'skipped', note: 'was-away' }])
    expect((await listed())?.last).toMatchObject({ state: 'skipped', note: 'was-away' })
  })

  it('for longer skips what was planned before, too', async () => {
    const { channels, clock, engine, rows, said } = await setStage()
    await engine.ports.deliveries.plan(clock.now(), WINDOW_MS)
    clock.move(WINDOW_MS + MINUTE_MS)
    await engine.pass()
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'skipped', note: 'was-away' }])
    expect(said()).toMatchObject([{ level: 'warn', message: 'a digest was skipped' }])
  })
})

describe('a pause', () => {
  it('calls off what is due already, without a word to operators', async () => {
    const { channels, clock, engine, subscription, rows, said } = await setStage()
    await engine.ports.deliveries.plan(clock.now(), WINDOW_MS)
    await engine.subscriptions.pause(subscription.id, 'by-hand', clock.now())
    await engine.pass()
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'skipped', note: null }])
    expect(said()).toEqual([])
  })

  it('does not call off what somebody asks for at once', async () => {
    const { channels, clock, engine, subscription } = await setStage()
    await engine.subscriptions.pause(subscription.id, 'by-hand', clock.now())
    await engine.ports.deliveries.add(subscription.id, { key: 'now:2026-11-29T09:00', dueAt: clock.now() })
    await engine.pass()
    expect(channels.messages).toHaveLength(1)
  })
})
