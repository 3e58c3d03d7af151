import { describe, expect, it } from 'vitest'
import type { DeliverPorts } from '../../core/digest/deliver.ts'
import { deliver } from '../../core/digest/deliver.ts'
import type { DeliveryId } from '../../core/digest/delivery.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { WINDOW_MS } from '../support/digest/engine.ts'
import { BLIND, createSetStage } from '../support/digest/stage.ts'
import { testDatabase } from '../support/postgres/database.ts'

const MINUTE_MS = 60_000

const setStage = createSetStage(await testDatabase())

describe('a lease', () => {
  it('that passed on while the digest was made stops whoever had it, without a word', async () => {
    const { channels, clock, engine, rows, said } = await setStage()
    const compose: DeliverPorts['compose'] = async (taken) => {
      const content = await engine.ports.compose(taken)
      clock.move(MINUTE_MS)
      await engine.pass()
      return content
    }
    await engine.ports.deliveries.plan(clock.now(), WINDOW_MS)
    const [id] = await engine.ports.deliveries.waiting('discord', clock.now(), 1)
    await deliver({ ...engine.ports, compose }, id as DeliveryId)
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posted' }])
    expect(said()).toEqual([])
    expect(engine.ended).toHaveLength(1)
  })

  it('that is about to end sends nothing any more', async () => {
    const { channels, clock, engine, goOn, rows } = await setStage()
    const { poster } = engine.ports
    let slow = true
    const turn = async () => {
      if (slow) clock.move(50_000)
      slow = false
    }
    await engine.ports.deliveries.plan(clock.now(), WINDOW_MS)
    const [id] = await engine.ports.deliveries.waiting('discord', clock.now(), 1)
    await deliver({ ...engine.ports, poster: { ...poster, turn } }, id as DeliveryId)
    expect(channels.requests()).toBe(0)
    expect(await rows()).toMatchObject([{ state: 'due', failures: 1, lease: null }])
    await goOn()
    expect(channels.messages).toHaveLength(1)
  })

  it('lets no repeated post leave that might come in when its nonce is forgotten', async () => {
    const { channels, clock, engine, goOn, rows } = await setStage()
    channels.next({ kind: 'cut-off', applied: true })
    await engine.pass()
    clock.move(100_000)
    const [row] = await rows()
    const turn = async () => clock.move(20_000)
    await deliver({ ...engine.ports, poster: { ...engine.ports.poster, turn } }, row?.id as DeliveryId)
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posting', failures: 0, lease: null }])
    await goOn()
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posted' }])
  })

  it('is long enough to write down what was posted when the database is away for a moment', async () => {
    let failures = 3
    const { channels, engine, rows } = await setStage(BLIND, {
      deliveries: ({ end }) => ({
        end: async (...how) => {
          failures -= 1
          if (failures >= 0) throw new Unavailable('database')
          return end(...how)
        },
      }),
    })
    await engine.pass()
    expect(channels.requests()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'posted', message: 'm1' }])
  })
})

describe('two digests of one channel', () => {
  it('never show the same game, however close together', async () => {
    const { channels, clock, engine, subscribe } = await setStage()
    for (let i = 0; i < 5; i += 1) await subscribe()
    await engine.ports.deliveries.plan(clock.now(), WINDOW_MS)
    const ids = await engine.ports.deliveries.waiting('discord', clock.now(), 9)
    await Promise.all(ids.map((id) => deliver(engine.ports, id)))
    const shown = channels.messages.flatMap(({ text }) => text.split(' '))
    expect(shown).toHaveLength(18)
    expect(new Set(shown).size).toBe(18)
  })
})
