import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UserKey } from '../../../../core/ids.ts'
import { SteamFailure } from '../../../../core/steam/steam-failure.ts'
import { restMs } from '../../../../core/steam/sync/rest.ts'
import { nextTurn, WEEK_MS } from '../../../../core/steam/sync/turns.ts'

const DAY_MS = 86_400_000
const user = fc.nat().map((id): UserKey => `discord:${id}`)
const at = fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })

describe('the turn of a library', () => {
  it('comes between one and eight days later, always at the same moment of the week', () => {
    fc.assert(
      fc.property(user, at, at, (who, first, second) => {
        const wait = nextTurn(who, first).getTime() - first.getTime()
        expect(wait).toBeGreaterThanOrEqual(DAY_MS)
        expect(wait).toBeLessThan(DAY_MS + WEEK_MS)
        const apart = nextTurn(who, second).getTime() - nextTurn(who, first).getTime()
        expect(Math.abs(apart % WEEK_MS)).toBe(0)
      }),
    )
  })

  it('comes every week to the moment, however late it was kept', () => {
    const turn = nextTurn('discord:1', new Date('2026-11-26T00:00:00Z'))
    for (const lateMs of [0, 1, 3_600_000, 5 * DAY_MS]) {
      expect(nextTurn('discord:1', new Date(turn.getTime() + lateMs)).getTime() - turn.getTime()).toBe(
        WEEK_MS,
      )
    }
  })

  it('is spread over the week: of 7,000 who come at once a seventh is due on each day', () => {
    const now = new Date('2026-11-26T00:00:00Z')
    const days = new Array(8).fill(0)
    for (let id = 0; id < 7_000; id += 1) {
      days[Math.floor((nextTurn(`slack:T.${id}`, now).getTime() - now.getTime()) / DAY_MS)] += 1
    }
    expect(days[0]).toBe(0)
    // Four standard deviations of a thousand.
    for (const due of days.slice(1)) expect(Math.abs(due - 1_000)).toBeLessThan(120)
  })

  it('comes after 1, 2, 4 and then every 8 weeks where there is nothing to see', () => {
    const now = new Date('2026-11-26T00:00:00Z')
    const weeks = [0, 1, 2, 3, 4, 5, 60].map(
      (failures) =>
        (nextTurn('discord:1', now, failures).getTime() - nextTurn('discord:1', now).getTime()) / WEEK_MS,
    )
    expect(weeks).toEqual([0, 0, 1, 3, 7, 7, 7])
  })
})

describe('a rest', () => {
  const minutes = (failure: SteamFailure, failures: number) => restMs(failure)(failures) / 60_000

  it('doubles from five minutes to six hours', () => {
    const away = new SteamFailure('away', 'away')
    expect([1, 2, 3, 8, 2_000].map((failures) => minutes(away, failures))).toEqual([5, 10, 20, 360, 360])
  })

  it('is as long as Steam asks, up to a day, and an hour for a key', () => {
    expect(minutes(new SteamFailure('away', 'away', 30 * 60_000), 1)).toBe(30)
    expect(minutes(new SteamFailure('away', 'away', 1e12), 1)).toBe(24 * 60)
    expect(minutes(new SteamFailure('key', 'key'), 9)).toBe(60)
  })
})
