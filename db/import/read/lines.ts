import { isUtf8 } from 'node:buffer'

export type Line = {
  /** Counted from 1, as an editor does. */
  readonly number: number
} & (
  | { /** Without its line end. */ readonly text: string }
  /** The line cannot be read, for this reason. */
  | { readonly text: undefined; readonly fault: string }
)

const TOO_LONG = 'the line is too long'
export const NOT_UTF8 = 'not UTF-8 (perhaps Windows-1252 or Latin-1); save the file as UTF-8'

const LF = 0x0a
/** The greatest libraries on Steam come to 4 MB as one line. */
const MAX_LINE_BYTES = 16 * 1024 ** 2

/** UTF-8 lines of a stream, blank ones included; a byte order mark is taken off. Holds one line at a time. */
export async function* readLines(
  bytes: AsyncIterable<Buffer>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  let number = 0
  let held: Buffer[] = []
  let heldBytes = 0
  const finish = (last: Buffer): Line => {
    const bytes = held.length === 0 ? last : Buffer.concat([...held, last])
    const tooLong = heldBytes + last.length > maxLineBytes
    held = []
    heldBytes = 0
    number += 1
    if (tooLong) return { number, text: undefined, fault: TOO_LONG }
    if (!isUtf8(bytes)) return { number, text: undefined, fault: NOT_UTF8 }
    const text = decode(bytes)
    return { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text }
  }
  for await (const chunk of bytes) {
    let from = 0
    for (let to = chunk.indexOf(LF); to >= 0; to = chunk.indexOf(LF, from)) {
      yield finish(chunk.subarray(from, to))
      from = to + 1
    }
    heldBytes += chunk.length - from
    if (heldBytes <= maxLineBytes) held.push(chunk.subarray(from))
    else held = []
  }
  if (heldBytes > 0) yield finish(Buffer.alloc(0))
}

function decode(bytes: Buffer): string {
  const end = bytes.length > 0 && bytes[bytes.length - 1] === 0x0d ? bytes.length - 1 : bytes.length
  return bytes.toString('utf8', 0, end)
}
