import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { ImportError } from '../import-error.ts'

/** Where bytes come from. `bytes` may be read once. */
export type Source = {
  /** Fit to be shown: no credentials, no query. */
  readonly name: string
  readonly totalBytes: number | undefined
  readonly bytes: AsyncIterable<Buffer>
}

const CONNECT_TIMEOUT_MS = 30_000
const IDLE_TIMEOUT_MS = 60_000

/** Opens a path or an http(s) address. Throws an ImportError where nothing is to be had. */
export function openSource(pathOrUrl: string): Promise<Source> {
  return /^https?:\/\//i.test(pathOrUrl) ? openUrl(pathOrUrl) : openPath(pathOrUrl)
}

async function openPath(path: string): Promise<Source> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`
    throw new ImportError(`${path} ${why}; name a file or an http(s) address.`)
  })
  const facts = await handle.stat()
  if (!facts.isFile() || facts.size === 0) {
    await handle.close()
    throw new ImportError(`${path} is ${facts.isFile() ? 'empty' : 'not a file; name the file itself'}.`)
  }
  return { name: basename(path), totalBytes: facts.size, bytes: handle.createReadStream() }
}

async function openUrl(text: string): Promise<Source> {
  const url = parseUrl(text)
  const name = `${url.host}${url.pathname}`
  const response = await fetchBody(url, name)
  const length = Number(response.headers.get('content-length'))
  return {
    name,
    totalBytes: length > 0 && !response.headers.has('content-encoding') ? length : undefined,
    bytes: readBody(response.body, name),
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new ImportError('The address is not a valid URL; check its spelling.')
  if (url.username !== '' || url.password !== '') {
    throw new ImportError(
      `The address of ${url.host} holds a password; download the file and import it by path.`,
    )
  }
  return url
}

async function fetchBody(url: URL, name: string): Promise<Response & { body: ReadableStream<Uint8Array> }> {
  const connecting = new AbortController()
  const timer = setTimeout(() => connecting.abort(), CONNECT_TIMEOUT_MS)
  const response = await fetch(url, { signal: connecting.signal })
    .catch(() => {
      throw new ImportError(`${name} could not be reached; check the address and the network.`)
    })
    .finally(() => clearTimeout(timer))
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    throw new ImportError(`${name} answered ${response.status} instead of a file.`)
  }
  return response as Response & { body: ReadableStream<Uint8Array> }
}

/** A server that stops sending must not hold the import for ever. */
async function* readBody(body: ReadableStream<Uint8Array>, name: string): AsyncGenerator<Buffer> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await withinIdleTime(reader.read(), name)
      if (done) return
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

async function withinIdleTime<T>(work: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ImportError(`${name} stopped sending.`)), IDLE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError(`The connection to ${name} broke off; nothing was imported.`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
