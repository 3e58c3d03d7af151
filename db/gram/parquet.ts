import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import {
  asyncBufferFromFile,
  type Compressors,
  type DecodedArray,
  type ParquetScan,
  parquetMetadataAsync,
  parquetScan,
} from 'hyparquet'
import type { GramRows, GramSource } from '../../core/training/gram-source.ts'
import { checkColumns, REQUIRED, WEIGHT } from './columns.ts'

/** A group is read whole: about 50 bytes a row. Writers make them of 100,000 to some millions. */
const MAX_GROUP_ROWS = 2 ** 24

/** Snappy is hyparquet's own. No page may unpack to more than it says. */
const compressors: Compressors = {
  ZSTD: (page, maxOutputLength) => zstdDecompressSync(page, { maxOutputLength }),
  GZIP: (page, maxOutputLength) => gunzipSync(page, { maxOutputLength }),
  BROTLI: (page, maxOutputLength) => brotliDecompressSync(page, { maxOutputLength }),
}

/** One file, or a folder of them as Spark writes it. Holds one row group at a time. Throws one sentence. */
export async function openParquet(given: string): Promise<GramSource> {
  const files = await filesOf(given)
  const name = path.basename(given)
  const present = await Promise.all(files.map(columnsOf))
  const [first, ...others] = present.map((columns) => checkColumns(name, columns).weighted)
  if (others.some((weighted) => weighted !== first))
    throw new Error(`only some files of ${name} have weights`)
  const weighted = first === true
  return {
    name,
    weighted,
    async *read() {
      for (const file of files) yield* readFile(file, weighted)
    },
  }
}

async function filesOf(given: string): Promise<string[]> {
  const facts = await stat(given).catch(() => {
    throw new Error(`there is no file ${given}`)
  })
  if (!facts.isDirectory()) return [given]
  const names = (await readdir(given)).filter((name) => name.endsWith('.parquet')).sort()
  if (names.length === 0) throw new Error(`${given} holds no .parquet file`)
  return names.map((name) => path.join(given, name))
}

async function columnsOf(file: string): Promise<string[]> {
  return told(file, async () => {
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(file))
    return schema.slice(1).map(({ name }) => name)
  })
}

async function* readFile(file: string, weighted: boolean): AsyncGenerator<GramRows> {
  const columns = weighted ? [...REQUIRED, WEIGHT] : [...REQUIRED]
  const scan = await told(file, async () =>
    parquetScan({ file: await asyncBufferFromFile(file), columns, compressors }),
  )
  for (const range of scan.ranges) {
    const length = range.rowEnd - range.rowStart
    if (length > MAX_GROUP_ROWS) {
      throw new Error(
        `${path.basename(file)} has a row group of ${length} rows, too many to read at once: write at most ${MAX_GROUP_ROWS}`,
      )
    }
    yield await told(file, () => readGroup(scan, range, weighted))
  }
}

type Range = ParquetScan['ranges'][number]

async function readGroup(scan: ParquetScan, range: Range, weighted: boolean): Promise<GramRows> {
  const column = async (name: string) => toNumbers(await scan.readColumn({ column: name, ...range }))
  const [i, j, count] = [await column('i'), await column('j'), await column('count')]
  return { length: i.length, i, j, count, weight: weighted ? await column(WEIGHT) : undefined }
}

/** 64-bit integers come as BigInt, decimals as numbers, null as null. */
function toNumbers(values: DecodedArray): Float64Array {
  if (values instanceof Float64Array) return values
  return Float64Array.from({ length: values.length }, (_, at) => {
    const value: unknown = values[at]
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN
  })
}

async function told<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const why = (error as Error).message.split('\n', 1)[0]
    throw new Error(`${path.basename(file)} cannot be read as Parquet: ${why}`, { cause: error })
  }
}
