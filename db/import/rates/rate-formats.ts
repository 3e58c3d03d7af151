import { readCsv } from '../read/csv.ts'
import { type Format, type Item, toItem } from '../read/format.ts'
import type { Line } from '../read/lines.ts'
import { parseRates, type Quote, type RatesOfDay } from './rates-of-day.ts'

/** `Date, USD, JPY, `: each line ends with a comma. */
const HEADER = /^"?Date"?(\s*,\s*"?[A-Z]{3}"?)+\s*(,\s*)?$/

/** One day, or all days with the newest first. */
const table: Format<RatesOfDay> = {
  name: "the CSV of the European Central Bank's reference rates",
  matches: (line) => HEADER.test(line),
  async *read(lines) {
    let header: readonly string[] | undefined
    for await (const row of readCsv(lines, ',')) {
      if (header) yield [toItem(row.fields ? parseRow(header, row.fields) : row.reason, row.line, row.text)]
      else header = row.fields ?? []
    }
  },
}

function parseRow(header: readonly string[], fields: readonly string[]): RatesOfDay | string {
  if (fields.length !== header.length) return `${fields.length} columns instead of ${header.length}`
  const [day = '', ...rates] = fields
  const quotes = rates.map((rate, at): Quote => [(header[at + 1] ?? '').trim(), rate.trim()])
  return parseRates(day, quotes.at(-1)?.join('') === '' ? quotes.slice(0, -1) : quotes)
}

/** The bank's own name for what its XML holds; a first line says nothing of it. */
const VOCABULARY = '/vocabulary/2002-08-01/eurofxref'

/** The same as XML, in which the last ninety days come as well: a `Cube` with a time, around one for each currency. */
const cubes: Format<RatesOfDay> = {
  name: 'their XML',
  matches: (_line, head) => head.includes(VOCABULARY),
  read: readCubes,
}

const TAG = /<Cube\s[^<>]*>|<\/gesmes:Envelope>/g

type OpenDay = { readonly line: number; readonly day: string; readonly quotes: Quote[] }

async function* readCubes(lines: AsyncIterable<Line>): AsyncGenerator<Item<RatesOfDay>[]> {
  let open: OpenDay | undefined
  let last = 0
  for await (const { number: line, ...read } of lines) {
    last = line
    if (read.text === undefined) yield [toItem<RatesOfDay>(read.fault, line, '')]
    for (const [tag] of (read.text ?? '').matchAll(TAG)) {
      const [day, currency] = [attribute(tag, 'time'), attribute(tag, 'currency')]
      if (currency !== undefined) open?.quotes.push([currency, attribute(tag, 'rate') ?? ''])
      else {
        if (open) yield [toItem(parseRates(open.day, open.quotes), open.line, tag)]
        if (day === undefined) return
        open = { line, day, quotes: [] }
      }
    }
  }
  yield [toItem<RatesOfDay>('the file ends too early', last, '')]
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
}

export const RATE_FORMATS: readonly Format<RatesOfDay>[] = [table, cubes]
