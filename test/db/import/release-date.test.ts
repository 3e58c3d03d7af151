import { describe, expect, it } from 'vitest'
import { parseRelease } from '../../../db/import/release-date.ts'

describe('a release date', () => {
  it.each([
    ['2018-01-25', '2018-01-25', 'day'],
    ['Jan 25, 2018', '2018-01-25', 'day'],
    ['25 January, 2018', '2018-01-25', 'day'],
    ['9 Sept. 2018', '2018-09-09', 'day'],
    ['2024-02-29', '2024-02-29', 'day'],
    ['Oct 2018', '2018-10-01', 'month'],
    ['2018-10', '2018-10-01', 'month'],
    ['Q3 2019', '2019-07-01', 'quarter'],
    [' 2018 ', '2018-01-01', 'year'],
  ])('%j is as precise as it says', (text, at, precision) => {
    expect(parseRelease(text)).toEqual({ at, precision })
  })

  it.each([
    '',
    'Coming soon',
    'Soon..',
    'TBA',
    '2023-02-29',
    '2018-13-01',
    '31 Apr, 2018',
    '0001',
    '9999-01-01',
    'Q5 2019',
    'Foo 2018',
    '22 апр. 2018 г.',
  ])('%j is unknown', (text) => {
    expect(parseRelease(text)).toBeUndefined()
  })
})
