import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { importGames } from '../../../../db/import/games/games.ts'
import { importRates } from '../../../../db/import/rates/rates.ts'
import { parseRates, type Quote } from '../../../../db/import/rates/rates-of-day.ts'
import { file, zip } from '../../../support/builders/import-files.ts'
import { cubesXml, dailyCsv, historyCsv, type Rates } from '../../../support/builders/rate-files.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const NOW = new Date('2026-11-25T12:00:00Z')

beforeEach(async () => {
  await db.deleteFrom('warehouse.exchange_rate').execute()
})

const stored = async () => {
  const rows = await db.selectFrom('warehouse.exchange_rate').selectAll().orderBy('currency').execute()
  return rows.map(({ currency, per_euro, day }) => `${currency} ${per_euro} ${day}`)
}

const load = async (...contents: (string | Buffer)[]) => {
  const sources = await Promise.all(contents.map((content) => file(content, 'rates')))
  return importRates(db, sources, { now: NOW })
}

const refusal = (content: string | Buffer) =>
  load(content).then(
    () => 'no error',
    (error: Error) => error.message,
  )

const MONDAY: Rates = { USD: '1.0823', JPY: '163.20', KRW: '1412.83' }
const TUESDAY: Rates = { USD: '1.0799', JPY: '163.20', KRW: '1420.00' }
const STORED = ['JPY 163.2 2026-11-23', 'KRW 1412.83 2026-11-23', 'USD 1.0823 2026-11-23']

describe('importing exchange rates', () => {
  const daily = dailyCsv('23 November 2026', MONDAY)
  const history = historyCsv(
    ['2026-11-23', MONDAY],
    ['2026-11-20', { ...MONDAY, USD: '1.5', RUB: '117.2' }],
    ['1999-01-04', { USD: '1.1789', JPY: '133.73', TRL: '372274' }],
  )
  const days = cubesXml(['2026-11-23', MONDAY], ['2026-11-20', { USD: '1.5', RUB: '117.2' }])
  it.each([
    ['the table of a day', daily],
    ['one with a byte order mark and the line ends of Windows', `\uFEFF${daily.replaceAll('\n', '\r\n')}`],
    ['one without the last comma', daily.replaceAll(', \n', '\n')],
    ['the table of all days, of which it takes the newest', history],
    ['one with the oldest day first', historyCsv(['2026-11-20', { USD: 1.5 }], ['2026-11-23', MONDAY])],
    ['the XML of a day', cubesXml(['2026-11-23', MONDAY])],
    ['the XML of ninety days, which is one line', days.replaceAll(/\n\t*/g, '').replaceAll("'", '"')],
    ['a gzip', gzipSync(daily)],
    ['a zip', zip({ 'read.me': Buffer.from('x'), 'eurofxref.csv': Buffer.from(daily) })],
  ])('reads %s', async (_, content) => {
    expect(await load(content)).toMatchObject([{ rows: 3, added: 3, changed: 0, bad: 0 }])
    expect(await stored()).toEqual(STORED)
  })

  it('changes nothing the second time', async () => {
    await load(daily)
    expect(await load(daily)).toMatchObject([
      { rows: 3, added: 0, changed: 0, notes: ['rates of 2026-11-23'] },
    ])
    expect(await stored()).toEqual(STORED)
  })

  it('takes a newer day whole, and takes away what is no longer quoted', async () => {
    await load(historyCsv(['2026-11-23', { ...MONDAY, BGN: '1.9558' }]))
    expect(await load(dailyCsv('24 November 2026', TUESDAY))).toMatchObject([
      {
        rows: 3,
        added: 0,
        changed: 3,
        notes: ['rates of 2026-11-24', 'no longer quoted, and taken away: BGN'],
      },
    ])
    expect(await stored()).toEqual(['JPY 163.2 2026-11-24', 'KRW 1420 2026-11-24', 'USD 1.0799 2026-11-24'])
  })

  it('keeps what is stored from an older file, and says so', async () => {
    const [, older] = await load(daily, dailyCsv('20 November 2026', TUESDAY))
    expect(older).toMatchObject({ rows: 3, added: 0, changed: 0 })
    expect(older?.notes).toEqual([
      'rates of 2026-11-20: older than the stored ones of 2026-11-23, which stay',
    ])
    expect(await stored()).toEqual(STORED)
  })

  it('counts the euro as one, and stores it nowhere', async () => {
    await load(dailyCsv('23 November 2026', { EUR: 1, ...MONDAY }))
    expect(await stored()).toEqual(STORED)
    expect(await refusal(dailyCsv('24 November 2026', { EUR: '0.92', GBP: '0.78' }))).toContain(
      'rates for something else than one euro',
    )
  })
})

describe('a file that is not to be believed', () => {
  const table = historyCsv(['2026-11-24', TUESDAY], ['2026-11-23', MONDAY])
  const xml = cubesXml(['2026-11-24', TUESDAY], ['2026-11-23', MONDAY])
  beforeEach(() => load(dailyCsv('23 November 2026', MONDAY)))

  it.each([
    ['rates is empty.', ''],
    ['rates is empty.', '\n \n'],
    ['rates holds nothing to import.', 'Date, USD, JPY, \n'],
    ['is in no known format; expected the CSV of the European', 'hello\n'],
    ['is not a text file', Buffer.from([0, 1, 2, 3])],
    ['is a web page', '<!doctype html><p>Date, USD</p>'],
    ['is in no known format', '10,spam\n'],
    ['holds players; import it with: npm run import -- players <file>', '1,10,60\n'],
    ['rates is broken at line 3: 4 columns instead of 5.', table.slice(0, -2)],
    ['rates is broken at line 3: 3 columns instead of 5.', table.slice(0, -12)],
    ['the file ends too early.', xml.slice(0, -20)],
    ['the file ends too early.', xml.slice(0, xml.indexOf('2026-11-23'))],
    ['rates is truncated', gzipSync(table).subarray(0, -12)],
    ['rates is a truncated or damaged zip.', zip({ a: Buffer.from(table) }).subarray(0, -30)],
    ['is a zip without a file that can be imported', zip({ 'read.me': Buffer.from('hello') })],
    ['rates holds nothing to import; line 2: not a day.', dailyCsv('30 February 2026', TUESDAY)],
    ['not a day.', dailyCsv('November 2026', TUESDAY)],
    ['rates states rates of 2026-11-27, which is yet to come.', dailyCsv('27 November 2026', TUESDAY)],
    ['not a rate for USD.', dailyCsv('24 November 2026', { USD: 0 })],
    ['not a rate for USD.', dailyCsv('24 November 2026', { USD: '-1.08' })],
    ['not a rate for USD.', dailyCsv('24 November 2026', { USD: '1e309' })],
    ['4 columns instead of 3.', dailyCsv('24 November 2026', { USD: '1,08' })],
    ['no rate at all.', dailyCsv('24 November 2026', { USD: 'N/A' })],
    ['USD twice.', 'Date, USD, USD, \n24 November 2026, 1.08, 1.09, \n'],
    ['a column without a currency.', 'Date, USD, \n24 November 2026, 1.08, 1.09\n'],
    ['a column without a currency.', cubesXml(['2026-11-24', { usd: 1 }])],
    ['a quote that is never closed.', `Date, USD, \n"24 November 2026, 1.08, \n`],
  ])('changes nothing: “%s”', async (sentence, content) => {
    const message = await refusal(content)
    expect(message).toContain(sentence)
    expect(message.split('\n')).toHaveLength(1)
    expect(await stored()).toEqual(STORED)
  })

  it('spoils those that are named beside it', async () => {
    await expect(load(table, 'hello\n')).rejects.toThrow('is in no known format')
    expect(await stored()).toEqual(STORED)
  })

  it('is named for what it is where games were asked for', async () => {
    const asked = (content: string) => file(content, 'rates').then((path) => importGames(db, [path]))
    const sentence = 'holds rates; import it with: npm run import -- rates <file>'
    await expect(asked(table)).rejects.toThrow(sentence)
    await expect(asked(xml)).rejects.toThrow(sentence)
  })
})

describe('the rates of a day', () => {
  const currency = fc.stringMatching(/^[A-Z]{3}$/).filter((code) => code !== 'EUR')
  const rate = fc.integer({ min: 1, max: 10 ** 9 }).map((value) => value / 10_000)
  const rates = fc.dictionary(currency, rate, { minKeys: 1, noNullPrototype: true })

  it('come back as they were written', () => {
    fc.assert(
      fc.property(rates, (written) => {
        const quotes = Object.entries(written).map(([code, value]): Quote => [code, String(value)])
        const read = parseRates('2026-11-23', [...quotes, ['ZZZ', 'N/A']].toReversed() as Quote[])
        if (typeof read === 'string') expect(read).toBe('ZZZ twice')
        else expect(Object.fromEntries(read.perEuro)).toEqual(written)
      }),
    )
  })

  it('are above nothing and finite, or a reason, whatever is written', () => {
    const cell = fc.oneof(fc.string(), fc.double().map(String), fc.constant('N/A'))
    const quote = fc.tuple(fc.oneof(currency, fc.string()), cell)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constant('2026-11-23')), fc.array(quote), (day, quotes) => {
        const read = parseRates(day, quotes)
        if (typeof read === 'string') return
        expect(read.day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        for (const value of read.perEuro.values()) expect(value > 0 && Number.isFinite(value)).toBe(true)
      }),
    )
  })

  it('are taken from either form of the file alike', async () => {
    await fc.assert(
      fc.asyncProperty(rates, fc.boolean(), async (written, xml) => {
        await db.deleteFrom('warehouse.exchange_rate').execute()
        const day = ['2026-11-23', written] as const
        await load(xml ? cubesXml(day) : historyCsv(day))
        const expected = Object.entries(written).map(([code, value]) => `${code} ${value} 2026-11-23`)
        expect(await stored()).toEqual(expected.sort())
      }),
      { numRuns: 20 },
    )
  })
})
