import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseTime,
  parseTimezone,
  type Schedule,
  slotsAfter,
  WEEKDAYS,
} from '../../../core/digest/schedule.ts'

const sunday = (time: string, timezone: string): Schedule => ({ weekday: 'sunday', time, timezone })
const due = (schedule: Schedule, after: string, count = 3) =>
  slotsAfter(schedule, new Date(after), count).map(({ dueAt }) => dueAt.toISOString())

describe('the due time of a weekly digest', () => {
  it('stays at the same hour of the wall in New York, while it moves in the world', () => {
    expect(due(sunday('18:00', 'America/New_York'), '2026-10-20T00:00:00Z')).toEqual([
      '2026-10-25T22:00:00.000Z',
      '2026-11-01T23:00:00.000Z',
      '2026-11-08T23:00:00.000Z',
    ])
  })

  it('that the clock skips in New York is the minute at which the clock goes on', () => {
    expect(due(sunday('02:30', 'America/New_York'), '2026-03-02T00:00:00Z')).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-15T06:30:00.000Z',
      '2026-03-22T06:30:00.000Z',
    ])
  })

  it('that the clock shows twice in New York is the first of the two, once', () => {
    expect(due(sunday('01:30', 'America/New_York'), '2026-10-26T00:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-08T06:30:00.000Z',
    ])
    // Between the two, the next one is a week away.
    expect(due(sunday('01:30', 'America/New_York'), '2026-11-01T05:45:00Z', 1)).toEqual([
      '2026-11-08T06:30:00.000Z',
    ])
  })

  it('follows London’s summer time both ways', () => {
    expect(due(sunday('01:15', 'Europe/London'), '2026-03-23T00:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-04-05T00:15:00.000Z',
    ])
    expect(due(sunday('01:15', 'Europe/London'), '2026-10-20T00:00:00Z', 2)).toEqual([
      '2026-10-25T00:15:00.000Z',
      '2026-11-01T01:15:00.000Z',
    ])
  })

  it('never moves in Seoul', () => {
    const times = due(sunday('09:00', 'Asia/Seoul'), '2026-01-01T00:00:00Z', 53)
    expect(new Set(times.map((time) => time.slice(10)))).toEqual(new Set(['T00:00:00.000Z']))
  })

  it('knows the half hour of Lord Howe', () => {
    // The clock goes from 02:00 to 02:30 on 4 October 2026, and from 02:00 back to 01:30 on 5 April.
    expect(due(sunday('02:10', 'Australia/Lord_Howe'), '2026-10-01T00:00:00Z', 2)).toEqual([
      '2026-10-03T15:30:00.000Z',
      '2026-10-10T15:10:00.000Z',
    ])
    expect(due(sunday('01:45', 'Australia/Lord_Howe'), '2026-04-01T00:00:00Z', 2)).toEqual([
      '2026-04-04T14:45:00.000Z',
      '2026-04-11T15:15:00.000Z',
    ])
  })

  it('is none at the moment itself, but the next one', () => {
    expect(due(sunday('09:00', 'UTC'), '2026-11-29T09:00:00Z', 1)).toEqual(['2026-12-06T09:00:00.000Z'])
    expect(due(sunday('09:00', 'UTC'), '2026-11-29T08:59:59Z', 1)).toEqual(['2026-11-29T09:00:00.000Z'])
  })

  it('is named by the local week, over the turn of the year too', () => {
    const keys = (timezone: string) =>
      slotsAfter(sunday('23:30', timezone), new Date('2026-12-25T00:00:00Z'), 3).map(({ key }) => key)
    expect(keys('Asia/Seoul')).toEqual(['2026-W52', '2026-W53', '2027-W01'])
    expect(keys('America/New_York')).toEqual(['2026-W52', '2026-W53', '2027-W01'])
  })

  it('comes once a week wherever, at the same time of the wall or the minute at which the clock goes on', () => {
    const zones = ['America/New_York', 'Europe/London', 'Asia/Seoul', 'Australia/Lord_Howe', 'Pacific/Apia']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...WEEKDAYS),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true }),
        (timezone, weekday, minute, after) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          const slots = slotsAfter({ weekday, time, timezone }, after, 60)
          expect(new Set(slots.map(({ key }) => key)).size).toBe(60)
          expect(slots[0]?.dueAt.getTime()).toBeGreaterThan(after.getTime())
          const wall = new Intl.DateTimeFormat('en-GB', {
            ...{ timeZone: timezone, hour: '2-digit', minute: '2-digit', weekday: 'long' },
          })
          const shown = slots.map(({ dueAt }) => wall.format(dueAt).toLowerCase())
          const other = shown.filter((one) => one !== `${weekday} at ${time}` && one !== `${weekday} ${time}`)
          // At most one clock change a year can fall on one weekly time.
          expect(other.length).toBeLessThanOrEqual(2)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('what people type', () => {
  it.each([
    ['18:00', '18:00'],
    [' 9:05 ', '09:05'],
    ['7', '07:00'],
    ['24:00', undefined],
    ['12:60', undefined],
    ['noon', undefined],
    ['', undefined],
  ])('for a time: “%s” is %s', (typed, time) => expect(parseTime(typed)).toBe(time))

  it.each([
    ['asia/seoul', 'Asia/Seoul'],
    ['UTC', 'UTC'],
    ['+09:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
  ])('for a time zone: “%s” is %s', (typed, timezone) => expect(parseTimezone(typed)).toBe(timezone))
})
