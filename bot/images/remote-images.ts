import { LRUCache } from 'lru-cache'
import sharp from 'sharp'
import { freshFor } from '../../core/fresh-for.ts'
import { errorFields, type Log } from '../../core/log.ts'

/** A picture that is safe to decode. */
export type RemoteImage = { readonly type: 'image/jpeg' | 'image/png'; readonly bytes: Uint8Array }

/** Undefined where there is none that may be shown. Never throws. */
export type RemoteImages = (address: string) => Promise<RemoteImage | undefined>

type Options = {
  readonly log: Log
  readonly fetch?: (address: URL, init: RequestInit) => Promise<Response>
  readonly timeoutMs?: number
  readonly now?: () => Date
}

/** Steam's own image hosts, by name: an address in a catalogue is a stranger's word. */
const HOSTS = /^(?:(?:[a-z0-9-]+\.)+steamstatic\.com|steamcdn-a\.akamaihd\.net)$/

const MOST_BYTES = 2 * 2 ** 20
const MOST_PIXELS = 4_096
/** For all of it, redirects and the last byte too. */
const TIMEOUT_MS = 5_000
const REDIRECTS = 2

/** A header image has about 40 KB. */
const KEPT_BYTES = 32 * 2 ** 20
const KEPT_MS = 6 * 3_600_000
/** A host that is away is not asked again for every cover. */
const FAILED_MS = 60_000
/** What the address of one that is left out weighs. */
const NONE_BYTES = 1_000

/** Why an image is left out. */
class Unfit extends Error {
  override readonly name = 'Unfit'
}

/**
 * Fetches images over https from Steam's hosts, at most 2 MiB in 5 seconds, and looks at their first bytes and their size in
 * pixels before anybody decodes them. A WebP becomes a PNG, since what draws for us takes no WebP.
 */
export function createRemoteImages({
  log,
  fetch = globalThis.fetch,
  timeoutMs = TIMEOUT_MS,
  now = () => new Date(),
}: Options): RemoteImages {
  const known = new LRUCache<string, RemoteImage | 'none'>({
    ...freshFor(KEPT_MS, now),
    maxSize: KEPT_BYTES,
    sizeCalculation: (image) => (image === 'none' ? NONE_BYTES : image.bytes.length),
    async fetchMethod(address, _before, { options }) {
      try {
        return await checked(await download(addressOf(address), fetch, AbortSignal.timeout(timeoutMs)))
      } catch (error) {
        log('debug', 'an image is left out', errorFields(error))
        options.ttl = FAILED_MS
        return 'none'
      }
    },
  })

  return async (address) => {
    const image = await known.forceFetch(address)
    return image === 'none' ? undefined : image
  }
}

/** Of a name on the list alone: numbers, ports and credentials have no place in the address of a picture. */
function addressOf(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  const plain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  if (!url || !plain || !HOSTS.test(url.hostname)) throw new Unfit('its address is none of an image host')
  return url
}

async function download(
  address: URL,
  fetch: NonNullable<Options['fetch']>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let url = address
  for (let redirects = 0; redirects <= REDIRECTS; redirects += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'image/jpeg, image/png, image/webp' },
    })
    if (response.status === 200) return readBody(response)
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null)
      throw new Unfit(`its host answered ${response.status}`)
    url = addressOf(location, url)
  }
  throw new Unfit('it is redirected too often')
}

/** Counted as it comes, unpacked: what the host says of its length may be a lie. */
async function readBody({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > MOST_BYTES) throw new Unfit('it is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Decided by the first bytes, so that nothing but these ever reaches a decoder: what the host calls it says nothing. */
const MAGIC = {
  jpeg: Buffer.from([0xff, 0xd8, 0xff]),
  png: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  webp: Buffer.from('RIFF', 'latin1'),
} as const

async function checked(bytes: Uint8Array): Promise<RemoteImage> {
  if (!Object.values(MAGIC).some((magic) => magic.equals(bytes.subarray(0, magic.length))))
    throw new Unfit('it is no JPEG, PNG or WebP')
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS ** 2 })
  const { width, height, format } = await image.metadata()
  if (![width, height].every((side) => side >= 1 && side <= MOST_PIXELS))
    throw new Unfit('its size in pixels is none for a picture')
  if (format === 'jpeg' || format === 'png') return { type: `image/${format}`, bytes }
  if (format === 'webp') return { type: 'image/png', bytes: await image.png().toBuffer() }
  throw new Unfit('it is no JPEG, PNG or WebP')
}
