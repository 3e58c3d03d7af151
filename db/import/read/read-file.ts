import { ImportError } from '../import-error.ts'
import { asUtf8, headAsUtf8, refuseForeign } from './encoding.ts'
import { detectFormat, type Format, type Item } from './format.ts'
import { readLines } from './lines.ts'
import { peek } from './peek.ts'
import { openSource } from './source.ts'
import { unknownFormat } from './unknown-format.ts'
import { unpack } from './unpack.ts'

const HEAD_BYTES = 64 * 1024
const SHOWN_BAD_LINES = 10
const MAX_EXCERPT = 80

export type BadLine = { readonly line: number; readonly reason: string; readonly excerpt: string }

/** What reading a file came to; filled while its values are drawn. */
export type Tally = {
  good: number
  bad: number
  /** The first ten. */
  readonly badLines: BadLine[]
}

export type OpenFile<T, F extends Format<T>> = {
  /** Fit to be shown. */
  readonly name: string
  readonly format: F
  readonly tally: Tally
  /** The good values with their line numbers; may be drawn once. Throws an ImportError at the end if there was none. */
  readonly values: AsyncGenerator<{ readonly line: number; readonly value: T }>
}

/** Called as a file is read; the total is unknown for some addresses. */
export type OnRead = (name: string, readBytes: number, totalBytes: number | undefined) => void

/**
 * Opens a file or address and tells its format by its content, inside gzip and zip. Throws an ImportError with one
 * sentence.
 */
export async function openFile<T, F extends Format<T>>(
  pathOrUrl: string,
  formats: readonly F[],
  onRead: OnRead = () => {},
): Promise<OpenFile<T, F>> {
  const source = await openSource(pathOrUrl)
  const isData = (head: Buffer) => detectFormat(formats, headAsUtf8(head)) !== undefined
  const counted = count(source.bytes, (bytes) => onRead(source.name, bytes, source.totalBytes))
  const { head, whole } = await peek(
    asUtf8(unpack(counted, { name: source.name, isData }), source.name),
    HEAD_BYTES,
  )
  const format = detectFormat<T>(formats, head) as F | undefined
  if (format === undefined) {
    await whole.close()
    throw unknownFormat(source.name, head, formats)
  }
  const tally: Tally = { good: 0, bad: 0, badLines: [] }
  const lines = refuseForeign(readLines(whole), source.name)
  return { name: source.name, format, tally, values: draw(format.read(lines), tally, source.name) }
}

async function* count(bytes: AsyncIterable<Buffer>, onBytes: (sum: number) => void): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const chunk of bytes) {
    sum += chunk.length
    onBytes(sum)
    yield chunk
  }
}

async function* draw<T>(batches: AsyncIterable<readonly Item<T>[]>, tally: Tally, name: string) {
  for await (const items of batches) {
    for (const item of items) {
      if (item.kind === 'good') {
        tally.good += 1
        yield item
      } else note(tally, item)
    }
  }
  if (tally.good > 0) return
  const [first] = tally.badLines
  const why = first ? `; line ${first.line}: ${first.reason}` : ''
  throw new ImportError(`${name} holds nothing to import${why}.`)
}

function note(tally: Tally, item: { line: number; reason: string; text: string }): void {
  tally.bad += 1
  if (tally.badLines.length === SHOWN_BAD_LINES) return
  const excerpt = showable(item.text.slice(0, MAX_EXCERPT))
  tally.badLines.push({ line: item.line, reason: showable(item.reason), excerpt })
}

/** A file's own words may steer a terminal; letters, marks and spaces may not. */
export function showable(text: string): string {
  return text.replace(/\p{C}+/gu, ' ').trim()
}
