import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { pipeline as pipelineDone } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ImportError } from '../import-error.ts'
import { type Bytes, peek } from './peek.ts'

/** Enough to tell every format by its first line. */
const HEAD_BYTES = 64 * 1024
/** A gzip in a zip in a gzip is somebody's accident; more is somebody's trick. */
const MAX_NESTING = 3
const MAX_BYTES = 4 * 1024 ** 3

export type Unpacking = {
  /** The source's name, for sentences. */
  readonly name: string
  /** Whether these first bytes begin a file that is looked for; chooses the entry of a zip. */
  readonly isData: (head: Buffer) => boolean
  readonly maxBytes?: number
}

/** What lies inside the gzip and zip wrappings that the bytes turn out to have, if any. */
export async function* unpack(
  bytes: AsyncIterable<Buffer>,
  how: Unpacking,
  depth = 0,
): AsyncGenerator<Buffer> {
  const { head, whole } = await peek(bytes, HEAD_BYTES)
  if (depth > MAX_NESTING) throw new ImportError(`${how.name} is packed more than ${MAX_NESTING} times over.`)
  if (isGzip(head)) yield* unpack(limit(gunzip(whole, how), how), how, depth + 1)
  else if (isZip(head)) yield* unzip(whole, how, depth)
  else yield* whole
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** `PK` and a file's, an empty archive's or a split archive's mark. */
const ZIP_MARKS = ['504b0304', '504b0506', '504b0708']

function isZip(head: Buffer): boolean {
  return ZIP_MARKS.includes(head.toString('hex', 0, 4))
}

async function* limit(bytes: AsyncIterable<Buffer>, how: Unpacking): AsyncGenerator<Buffer> {
  const { maxBytes = MAX_BYTES } = how
  let seen = 0
  for await (const chunk of bytes) {
    seen += chunk.length
    if (seen > maxBytes) {
      throw new ImportError(`${how.name} unpacks to more than ${maxBytes / 1024 ** 2} MiB; split it.`)
    }
    yield chunk
  }
}

async function* gunzip(bytes: AsyncIterable<Buffer>, how: Unpacking): AsyncGenerator<Buffer> {
  try {
    yield* pipeline(Readable.from(bytes, { objectMode: false }), createGunzip(), () => {})
  } catch (error) {
    throw explainZlib(error, how.name)
  }
}

function explainZlib(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'Z_BUF_ERROR') return new ImportError(`${name} is truncated: its gzip data ends too early.`)
  if (typeof code === 'string' && code.startsWith('Z_'))
    return new ImportError(`${name} holds damaged gzip data.`)
  return error
}

/** A zip's table of contents stands at its end, so it is laid down in a file first. */
async function* unzip(bytes: AsyncIterable<Buffer>, how: Unpacking, depth: number): AsyncGenerator<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'indiescout-'))
  try {
    const path = join(folder, 'archive.zip')
    await pipelineDone(limit(bytes, how), createWriteStream(path))
    yield* readArchive(path, how, depth)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* readArchive(path: string, how: Unpacking, depth: number): AsyncGenerator<Buffer> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new ImportError(`${how.name} is a truncated or damaged zip.`)
  })
  try {
    const data = await findData(zip, how)
    yield* unpack(limit(data, how), how, depth + 1)
  } finally {
    zip.close()
  }
}

async function findData(zip: ZipFile, how: Unpacking): Promise<Bytes> {
  for await (const entry of entries(zip, how.name)) {
    const { head, whole } = await peek(readEntry(zip, entry, how.name), HEAD_BYTES)
    if (isGzip(head) || isZip(head) || how.isData(head)) return whole
    await whole.close()
  }
  throw new ImportError(`${how.name} is a zip without a file that can be imported.`)
}

async function* entries(zip: ZipFile, name: string): AsyncGenerator<Entry> {
  try {
    for await (const entry of zip.eachEntry()) {
      const isNoise = /(^|\/)(__MACOSX\/|\.)|\/$/.test(entry.fileName)
      if (!isNoise && entry.uncompressedSize > 0) yield entry
    }
  } catch (error) {
    throw error instanceof ImportError ? error : new ImportError(`${name} is a damaged zip.`)
  }
}

async function* readEntry(zip: ZipFile, entry: Entry, name: string): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new ImportError(`${name} is protected by a password; unpack it first.`)
  try {
    yield* await zip.openReadStreamPromise(entry)
  } catch {
    throw new ImportError(`${name} is a truncated or damaged zip.`)
  }
}
