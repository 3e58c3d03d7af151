import { expect, it } from 'vitest'
import { parseTimezone } from '../../../core/digest/schedule.ts'
import { timezonesLike } from '../../../core/digest/timezones.ts'

it('finds a time zone by its city, as people type it', () => {
  expect(timezonesLike('new york', 3)[0]).toBe('America/New_York')
  expect(timezonesLike('seoul', 3)).toEqual(['Asia/Seoul'])
  expect(timezonesLike('utc', 3)).toContain('UTC')
})

it('offers only names that are understood', () => {
  const offered = timezonesLike('', 1000)
  expect(offered.length).toBeGreaterThan(300)
  for (const name of offered) expect(parseTimezone(name)).toBeDefined()
})
