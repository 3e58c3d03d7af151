import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRelease } from '../../../../db/import/games/release-date.ts'

const LANGUAGES = [
  ...[
    'ar',
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'es',
    'es-419',
    'fi',
    'fr',
    'hu',
    'id',
    'it',
    'ja',
    'ko',
    'ms',
  ],
  ...['nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
]

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
    ['2025-03-01T10:00:00Z', '2025-03-01', 'day'],
    ['2021/12/31', '2021-12-31', 'day'],
    ['March 1st, 2025', '2025-03-01', 'day'],
    ['22 апр. 2018 г.', '2018-04-22', 'day'],
    ['1 січ. 2020 р.', '2020-01-01', 'day'],
    ['2025年3月1日', '2025-03-01', 'day'],
    ['2025 年 3 月', '2025-03-01', 'month'],
    ['2020년 3월 1일', '2020-03-01', 'day'],
    ['2020. jan. 1.', '2020-01-01', 'day'],
    ['1/mar./2020', '2020-03-01', 'day'],
    ['1er mars 2020', '2020-03-01', 'day'],
    ['1º de março de 2020', '2020-03-01', 'day'],
    ['1 Thg03, 2020', '2020-03-01', 'day'],
    ['ngày 1 tháng 3 năm 2020', '2020-03-01', 'day'],
    ['1 มี.ค. 2020', '2020-03-01', 'day'],
    ['1 MAYIS 2020', '2020-05-01', 'day'],
    ['١ مارس ٢٠٢٠', '2020-03-01', 'day'],
    ['１ Jan ２０２０', '2020-01-01', 'day'],
    ['May 2026', '2026-05-01', 'month'],
    ['Late March 2025', '2025-03-01', 'month'],
    ['03.2021', '2021-03-01', 'month'],
    ['2025 Q3', '2025-07-01', 'quarter'],
    ['3Q 2025', '2025-07-01', 'quarter'],
    ['third quarter of 2025', '2025-07-01', 'quarter'],
    ['III кв. 2025', '2025-07-01', 'quarter'],
    ['2025年第三季度', '2025-07-01', 'quarter'],
    ['2025년 3분기', '2025-07-01', 'quarter'],
    ['Summer 2025', '2025-01-01', 'year'],
    ['Лето 2025', '2025-01-01', 'year'],
    ['2025年夏季', '2025-01-01', 'year'],
    ['2025 여름', '2025-01-01', 'year'],
    ['H1 2025', '2025-01-01', 'year'],
    ['Coming 2026', '2026-01-01', 'year'],
    ['2025 г.', '2025-01-01', 'year'],
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
    'Maybe 2026',
    'It may 2026',
    'Before May 2026',
    'May 2025 or 2026',
    'Mar 21',
    '3/4/21',
    '2563',
    '44197',
    'x'.repeat(100_000),
  ])('%j is unknown', (text) => {
    expect(parseRelease(text)).toBeUndefined()
  })

  it.each([
    ['13/04/2021', '2021-04-13', 'day'],
    ['04/13/2021', '2021-04-13', 'day'],
    ['05.05.2021', '2021-05-05', 'day'],
    ['03/04/2021', '2021-01-01', 'year'],
    ['3.4.2021', '2021-01-01', 'year'],
    ['May–June 2025', '2025-01-01', 'year'],
  ])('%j tells its month only where the order is certain', (text, at, precision) => {
    expect(parseRelease(text)).toEqual({ at, precision })
  })

  it.each(['Out 2026', 'Kesä 2025', 'set 2025'])('%j names no month, as it says other things too', (text) => {
    expect(parseRelease(text)?.precision).toBe('year')
  })

  it.each(LANGUAGES)(
    'in the language %s is the day that was written, or nothing more precise than is certain',
    (language) => {
      const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      const style = fc.constantFrom<'long' | 'medium' | 'short'>('long', 'medium', 'short')
      fc.assert(
        fc.property(date, style, (day, dateStyle) => {
          const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { dateStyle, timeZone: 'UTC' })
          const read = parseRelease(format.format(day))
          const written = day.toISOString().slice(0, 10)
          if (read?.precision === 'day') expect(read.at).toBe(written)
          else if (read) expect(read).toEqual({ at: `${written.slice(0, 4)}-01-01`, precision: 'year' })
          else expect(dateStyle).toBe('short')
        }),
      )
    },
  )

  it('never makes a month of words that name none', () => {
    const word = fc.constantFrom(
      'maybe',
      'mayor',
      'march-hare',
      'decade',
      'junk',
      'augmented',
      'octopus',
      'soon',
    )
    fc.assert(
      fc.property(word, fc.integer({ min: 1990, max: 2030 }), (one, year) => {
        expect(parseRelease(`${one} ${year}`)).toBeUndefined()
      }),
    )
  })
})
