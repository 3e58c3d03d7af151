import type { GramRows, GramSource } from '../../core/training/gram-source.ts'
import { splitRow } from '../import/read/csv.ts'
import { openSource } from '../import/read/source.ts'
import { unpack } from '../import/read/unpack.ts'
import { checkColumns, createRows, firstRows, REQUIRED, WEIGHT } from './columns.ts'

const MAX_BYTES = 256 * 1024 ** 3
/** No row of numbers is longer. */
const MAX_LINE = 4096

/** With a header line; gzip is opened. Holds about a chunk of the file. Throws one sentence. */
export async function openCsv(path: string): Promise<GramSource> {
  const { name, header } = await readHeader(path)
  const { weighted } = checkColumns(name, header)
  const places = [...REQUIRED, ...(weighted ? [WEIGHT] : [])].map((column) => header.indexOf(column))
  return {
    name,
    weighted,
    async *read() {
      let isHeader = true
      for await (const lines of readLineBlocks(path)) {
        yield parseLines(isHeader ? lines.slice(1) : lines, places, weighted)
        isHeader = false
      }
    },
  }
}

async function readHeader(path: string): Promise<{ name: string; header: readonly string[] }> {
  const { name, bytes } = await openSource(path)
  for await (const lines of splitLines(bytes, name)) {
    const header = splitRow((lines[0] ?? '').replace(/^\uFEFF/, ''), ',') ?? []
    return { name, header: header.map((column) => column.trim().toLowerCase()) }
  }
  throw new Error(`${name} is empty`)
}

async function* readLineBlocks(path: string): AsyncGenerator<readonly string[]> {
  const { name, bytes } = await openSource(path)
  yield* splitLines(bytes, name)
}

/** Lines a chunk at a time: one promise a line would take longer than all the rest. */
async function* splitLines(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of unpack(bytes, { name, isData: () => true, maxBytes: MAX_BYTES })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE)
      throw new Error(`${name} is no CSV: a line of it is over ${MAX_LINE} letters long`)
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield [rest]
}

function parseLines(lines: readonly string[], places: readonly number[], weighted: boolean): GramRows {
  const rows = createRows(lines.length, weighted)
  let length = 0
  for (const line of lines) {
    const text = line.trim()
    if (text === '') continue
    const fields = splitRow(text, ',') ?? []
    const [i, j, count, weight] = places.map((place) => parseNumber(fields[place]))
    rows.i[length] = i ?? Number.NaN
    rows.j[length] = j ?? Number.NaN
    rows.count[length] = count ?? Number.NaN
    if (rows.weight) rows.weight[length] = weight ?? Number.NaN
    length += 1
  }
  return firstRows(rows, length)
}

function parseNumber(text = ''): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
