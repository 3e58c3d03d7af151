import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRow, readCsv } from '../../../../db/import/read/csv.ts'
import { readLines } from '../../../../db/import/read/lines.ts'

async function rows(text: string, delimiter = ','): Promise<CsvRow[]> {
  async function* bytes() {
    yield Buffer.from(text)
  }
  const read: CsvRow[] = []
  for await (const row of readCsv(readLines(bytes()), delimiter)) read.push(row)
  return read
}

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`

describe('a CSV', () => {
  it('comes back as it was written', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '🎮') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1 }),
        async (table) => {
          const text = table.map((row) => row.map(quote).join(',')).join('\n')
          expect((await rows(text)).map((row) => row.fields)).toEqual(table)
        },
      ),
    )
  })

  it('tells on which line a row begins, and leaves blank lines out', async () => {
    expect(await rows('a,b\n\n"c\nd",e\nf,g')).toEqual([
      { line: 1, text: 'a,b', fields: ['a', 'b'] },
      { line: 3, text: '"c\nd",e', fields: ['c\nd', 'e'] },
      { line: 5, text: 'f,g', fields: ['f', 'g'] },
    ])
  })

  it('takes a quote inside a plain field for itself', async () => {
    expect((await rows('5" disk,b,"c"d'))[0]?.fields).toEqual(['5" disk', 'b', 'cd'])
  })

  it('loses one line to a quote that nobody closes', async () => {
    const text = ['a', '"b', ...Array.from({ length: 200 }, (_, index) => `row${index}`)].join('\n')
    const read = await rows(text)
    expect(read.filter((row) => row.fields === undefined)).toEqual([
      { line: 2, text: '"b', fields: undefined, reason: 'a quote that is never closed' },
    ])
    expect(read).toHaveLength(202)
  })
})
