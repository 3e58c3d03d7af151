import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCsv } from '../../../db/gram/csv.ts'
import { parseGiven } from '../../../db/gram/open.ts'
import { openParquet } from '../../../db/gram/parquet.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { startDuckDb } from '../../support/inference/duckdb.ts'
import { rowsOf } from '../../support/inference/gram-rows.ts'

async function csv(content: string | Buffer, name = 'gram.csv'): Promise<string> {
  const file = path.join(await temporaryFolder(), name)
  await writeFile(file, content)
  return file
}

async function parquet(sql: string, options?: string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'gram.parquet')
  const duck = await startDuckDb()
  await duck.writeParquet(sql, file, options)
  duck.close()
  return file
}

describe('--gram', () => {
  it.each([
    ['gram.parquet', 'parquet'],
    ['out/gram.parquet/', 'parquet'],
    ['GRAM.CSV', 'csv'],
    ['gram.csv.gz', 'csv'],
    ['  Select 1 as i', 'query'],
    ['with a as (select 1) select * from a', 'query'],
    ['select * from "gram.csv"', 'query'],
  ])('takes %s as %s', (text, kind) => {
    expect(parseGiven(text).kind).toBe(kind)
  })

  it.each(['', 'gram', 'gram.txt', 'delete from game', 'selection.tsv'])('refuses “%s”', (text) => {
    expect(() => parseGiven(text)).toThrow(/^--gram takes/)
  })
})

describe('CSV', () => {
  it('is read by its header, in any order of columns, with quotes and line ends of any kind', async () => {
    const file = await csv('\uFEFF"count",J,note,i\r\n3,10,x,10\r\n\r\n"1",20,"a,b","10"')
    const source = await openCsv(file)
    expect(source).toMatchObject({ name: 'gram.csv', weighted: false })
    expect(await rowsOf(source)).toEqual([
      [10, 10, 3],
      [10, 20, 1],
    ])
    // And again.
    expect(await rowsOf(source)).toHaveLength(2)
  })

  it('may be packed, and have weights', async () => {
    const source = await openCsv(await csv(gzipSync('i,j,count,weight\n10,10,3,2.5e0\n'), 'gram.csv.gz'))
    expect(source.weighted).toBe(true)
    expect(await rowsOf(source)).toEqual([[10, 10, 3, 2.5]])
  })

  it('has NaN for what is no number', async () => {
    const file = await csv('i,j,count\n10,,1\n10\nten,20,3\n10,20,1x\n')
    const [empty, short, words, junk] = await rowsOf(await openCsv(file))
    expect(empty).toEqual([10, Number.NaN, 1])
    expect(short).toEqual([10, Number.NaN, Number.NaN])
    expect(words).toEqual([Number.NaN, 20, 3])
    expect(junk).toEqual([10, 20, Number.NaN])
  })

  it('gives back whatever was written, however the file is cut into chunks', async () => {
    const row = fc.tuple(fc.integer(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 2000 }), async (rows) => {
        const file = await csv(`i,j,count\n${rows.map((one) => one.join(',')).join('\n')}`)
        expect(await rowsOf(await openCsv(file))).toEqual(rows.map((one) => one.map((n) => n + 0)))
      }),
      { numRuns: 20 },
    )
  })

  it.each([
    ['', 'is empty'],
    ['10,10,3\n', 'has no column i, j, count'],
    ['i,j\n10,10\n', 'has no column count'],
    [`i,j,count\n${'1'.repeat(100_000)}`, 'is no CSV'],
  ])('refuses %j', async (content, sentence) => {
    const read = async () => rowsOf(await openCsv(await csv(content)))
    await expect(read()).rejects.toThrow(sentence)
  })

  it('says which file is not there', async () => {
    await expect(openCsv('/nowhere/gram.csv')).rejects.toThrow('/nowhere/gram.csv does not exist')
  })
})

const ROWS = 'select * from (values (10, 10, 3), (10, 20, 1), (20, 20, 2)) gram (i, j, count)'
const EXPECTED = [
  [10, 10, 3],
  [10, 20, 1],
  [20, 20, 2],
]

describe('Parquet', () => {
  it.each(['snappy', 'zstd', 'gzip', 'brotli', 'uncompressed'])('is read, packed by %s', async (codec) => {
    expect(await rowsOf(await openParquet(await parquet(ROWS, `compression ${codec}`)))).toEqual(EXPECTED)
  })

  it.each(['bigint', 'ubigint', 'double', 'float', 'smallint', 'decimal(12, 0)', 'hugeint'])(
    'is read with counts of type %s',
    async (type) => {
      const sql = `select i::integer as i, j::bigint as j, count::${type} as count from (${ROWS})`
      expect(await rowsOf(await openParquet(await parquet(sql)))).toEqual(EXPECTED)
    },
  )

  it('is read group by group, in order, with NaN for null', async () => {
    const sql = `select range + 1 as i, range + 1 as j, nullif(range, 7) as count, 0.5 as weight from range(5000)`
    const source = await openParquet(await parquet(sql, 'row_group_size 2048'))
    const lengths: number[] = []
    for await (const { length } of source.read('all')) lengths.push(length)
    expect(lengths.length).toBeGreaterThan(1)
    const rows = await rowsOf(source)
    expect(rows).toEqual(
      Array.from({ length: 5000 }, (_, at) => [at + 1, at + 1, at === 7 ? Number.NaN : at, 0.5]),
    )
  })

  it('may be a folder of files, as Spark writes it', async () => {
    const folder = path.join(await temporaryFolder(), 'gram.parquet')
    await mkdir(folder)
    await writeFile(path.join(folder, '_SUCCESS'), '')
    for (const part of [1, 0]) {
      const file = await parquet(`${ROWS} where (i = j) = ${part === 0}`)
      await writeFile(path.join(folder, `part-0000${part}.snappy.parquet`), await readFile(file))
    }
    const source = await openParquet(folder)
    expect(source.name).toBe('gram.parquet')
    expect(await rowsOf(source)).toEqual([EXPECTED[0], EXPECTED[2], EXPECTED[1]])
  })

  it('refuses a file without the columns, one that is cut short, one that is something else, and none', async () => {
    const whole = await parquet(ROWS)
    const name = await parquet('select 1 as i, 2 as j')
    await expect(openParquet(name)).rejects.toThrow('gram.parquet has no column count')
    const bytes = await readFile(whole)
    const cut = await csv(bytes.subarray(0, bytes.length - 9), 'cut.parquet')
    await expect(openParquet(cut)).rejects.toThrow(/^cut\.parquet cannot be read as Parquet: [^\n]+$/)
    const other = await csv('i,j,count\n1,1,1\n', 'other.parquet')
    await expect(openParquet(other)).rejects.toThrow(/^other\.parquet cannot be read as Parquet: [^\n]+$/)
    await expect(openParquet('/nowhere.parquet')).rejects.toThrow('there is no file /nowhere.parquet')
    await expect(openParquet(await temporaryFolder())).rejects.toThrow('holds no .parquet file')
  })

  it('refuses damaged pages', async () => {
    const file = await parquet(`select range as i, range as j, hash(range) % 1000 as count from range(3000)`)
    const bytes = await readFile(file)
    const damaged = await csv(Buffer.from(bytes).fill(0xff, 40, 600), 'damaged.parquet')
    const source = await openParquet(damaged)
    await expect(rowsOf(source)).rejects.toThrow(/^damaged\.parquet cannot be read as Parquet/)
  })
})
