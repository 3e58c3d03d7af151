import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCoolDown, ratesFor } from '../../../bot/platform/rate-limit.ts'
import type { ChannelKey, UserKey } from '../../../core/ids.ts'

/** A cool-down on a clock that a test moves. */
function started(perMinute = 20, capacity?: number) {
  let ms = Date.UTC(2026, 0, 1)
  const now = () => new Date(ms)
  const coolDown = createCoolDown({
    ...ratesFor(perMinute),
    ...(capacity !== undefined && { capacity }),
    now,
  })
  return {
    ask: (user: UserKey = 'discord:1', channel: ChannelKey = 'discord:general', cost = 1) =>
      coolDown({ user, channel }, cost),
    pass: (seconds: number) => {
      ms += seconds * 1000
    },
  }
}

describe('the cool-down', () => {
  it('lets one person ask ten times at once, then once in three seconds, and says how long to wait', () => {
    const { ask, pass } = started()
    expect(Array.from({ length: 10 }, () => ask())).toEqual(Array.from({ length: 10 }, () => 0))
    expect(ask()).toBe(3)
    pass(2)
    expect(ask()).toBe(1)
    pass(1)
    expect([ask(), ask()]).toEqual([0, 3])
  })

  it('answers a hundred commands in a minute as the rate allows, and a refusal costs nothing', () => {
    const { ask, pass } = started()
    let answered = 0
    for (let asked = 0; asked < 100; asked += 1) {
      if (ask() === 0) answered += 1
      pass(0.6)
    }
    expect(answered).toBe(10 + 19)
  })

  it('holds a channel to forty at once and one a second, whoever asks there', () => {
    const { ask, pass } = started()
    const waits = Array.from({ length: 41 }, (_, i) => ask(`discord:${i}`))
    expect(waits).toEqual([...Array.from({ length: 40 }, () => 0), 1])
    expect(ask('discord:41', 'discord:elsewhere')).toBe(0)
    pass(1)
    expect(ask('discord:42')).toBe(0)
  })

  it('counts no one for a command that the channel refused', () => {
    const { ask, pass } = started()
    for (let i = 0; i < 40; i += 1) ask(`discord:${i}`)
    for (let i = 0; i < 20; i += 1) ask('discord:late')
    pass(10)
    expect(Array.from({ length: 10 }, () => ask('discord:late'))).toEqual(Array.from({ length: 10 }, () => 0))
  })

  it('takes four presses for one command', () => {
    const { ask } = started()
    for (let i = 0; i < 40; i += 1) expect(ask('discord:1', `discord:${i}`, 0.25)).toBe(0)
    expect(ask('discord:1', 'discord:x', 0.25)).toBe(1)
  })

  it('forgets those who were quiet for longest, so that it stays small', () => {
    const { ask } = started(2, 3)
    expect([ask('discord:1', 'discord:a'), ask('discord:1', 'discord:b')]).toEqual([0, 30])
    for (const user of ['discord:2', 'discord:3', 'discord:4'] as const) ask(user, user)
    expect(ask('discord:1', 'discord:c')).toBe(0)
  })

  it('never lets more through than its rate, and never refuses whoever has waited as told', () => {
    const steps = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(steps, (waits) => {
        const { ask, pass } = started()
        let seconds = 0
        let through = 0
        for (const wait of waits) {
          pass(wait)
          seconds += wait
          const left = ask()
          if (left === 0) through += 1
          else {
            pass(left)
            seconds += left
            expect(ask()).toBe(0)
            through += 1
          }
        }
        expect(through).toBeLessThanOrEqual(10 + seconds / 3 + 1e-6)
      }),
      { numRuns: 200 },
    )
  })

  it('is not fooled by a clock that goes back', () => {
    const { ask, pass } = started()
    for (let i = 0; i < 10; i += 1) ask()
    pass(-3600)
    expect(ask()).toBe(3)
  })
})
