import { isUtf8 } from 'node:buffer'
import { ImportError } from '../import-error.ts'
import { type Line, NOT_UTF8 } from './lines.ts'
import { peek } from './peek.ts'

/** In which way text was written as bytes. What is neither UTF-8 nor UTF-16 is refused by name, as it cannot be told apart. */

const HEAD_BYTES = 4

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32'

/** By its byte order mark, or as every format here begins with a letter or sign of ASCII. */
function encodingOf(head: Buffer): Encoding {
  const start = head.toString('hex', 0, HEAD_BYTES)
  if (/^(fffe0000|0000feff|(?!00)..000000|000000(?!00)..)$/.test(start)) return 'utf-32'
  if (/^(fffe|(?!00)..00(?!00)..00$)/.test(start)) return 'utf-16le'
  return /^(feff|00(?!00)..00(?!00)..$)/.test(start) ? 'utf-16be' : 'utf-8'
}

/** The head of a file as UTF-8, whatever it is written in; its last character may be cut. */
export function headAsUtf8(head: Buffer): Buffer {
  const encoding = encodingOf(head)
  if (encoding === 'utf-8' || encoding === 'utf-32') return head
  return Buffer.from(new TextDecoder(encoding).decode(head))
}

/** The same text as UTF-8. Throws an ImportError with one sentence where it is in UTF-32, or is damaged UTF-16. */
export async function* asUtf8(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const { head, whole } = await peek(bytes, HEAD_BYTES)
  const encoding = encodingOf(head)
  if (encoding === 'utf-8') return yield* whole
  if (encoding === 'utf-32') throw new ImportError(`${name} is in UTF-32; save it as UTF-8.`)
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of whole) yield Buffer.from(decoder.decode(chunk, { stream: true }))
    yield Buffer.from(decoder.decode())
  } catch (error) {
    throw error instanceof TypeError ? new ImportError(`${name} holds damaged UTF-16.`) : error
  }
}

/**
 * The lines as they come. Throws an ImportError at the end where more of them are in another encoding than in UTF-8: then
 * not a few lines are damaged, but the file is of another kind.
 */
export async function* refuseForeign(lines: AsyncIterable<Line>, name: string): AsyncGenerator<Line> {
  let foreign = 0
  let ours = 0
  for await (const line of lines) {
    if (line.text === undefined) foreign += line.fault === NOT_UTF8 ? 1 : 0
    else if (/[^\0-\x7f]/.test(line.text)) ours += 1
    yield line
  }
  if (foreign > ours) throw new ImportError(`${name} is ${NOT_UTF8}.`)
}

/** A whole text. Throws an Error with one sentence that names no file. */
export function decodeText(bytes: Buffer): string {
  const encoding = encodingOf(bytes)
  if (encoding === 'utf-32') throw new Error('is in UTF-32; save it as UTF-8')
  if (encoding === 'utf-8' && !isUtf8(bytes)) {
    throw new Error('is not UTF-8 (perhaps Windows-1252 or Latin-1); save it as UTF-8')
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Error('holds damaged UTF-16; save it as UTF-8')
  }
}
