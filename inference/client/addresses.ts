import { lookup as lookUp } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { errorFields, type Log } from '../../core/log.ts'

/** All addresses of a name, of one family. */
export type LookUp = (name: string) => Promise<readonly string[]>

type Options = {
  readonly urls: readonly string[]
  readonly log: Log
  readonly lookUp?: LookUp
  /** Containers come and go; each has its address for longer than this. */
  readonly everyMs?: number
}

const EVERY_MS = 5_000
const PATIENCE_MS = 500

/**
 * The servers behind the given URLs, one for each address that a name has: `docker compose up --scale` and a headless
 * service of Kubernetes give one name to all workers. By https a name stays what it is, since its certificate is for it.
 */
export function createAddresses({ urls, log, lookUp = allAddresses, everyMs = EVERY_MS }: Options) {
  let known = new Map<string, readonly string[]>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  /** As they were, where the name has no address just now. */
  async function addressesOf(url: string): Promise<readonly string[]> {
    try {
      return await behind(url, lookUp)
    } catch (error) {
      log('debug', 'the name of an inference server was not found', errorFields(error))
      return known.get(url) ?? [url]
    }
  }

  async function look(): Promise<void> {
    known = new Map(await Promise.all(urls.map(async (url) => [url, await addressesOf(url)] as const)))
    lookedAt = performance.now()
    looking = undefined
  }

  return {
    /** Waits a moment for the first look alone; later ones go on behind the answers. */
    async current(): Promise<readonly string[]> {
      if (performance.now() - lookedAt >= everyMs) looking ??= look()
      if (known.size === 0) await Promise.race([looking, delay(PATIENCE_MS, undefined, { ref: false })])
      return [...new Set(known.size === 0 ? urls : [...known.values()].flat())]
    },
  }
}

async function behind(url: string, find: LookUp): Promise<readonly string[]> {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:' || isAddress(hostname)) return [url]
  const addresses = [...new Set(await find(hostname))].sort()
  if (addresses.length < 2) return [url]
  return addresses.map((address) => {
    const own = new URL(url)
    own.hostname = isIPv6(address) ? `[${address}]` : address
    return own.href
  })
}

function isAddress(hostname: string): boolean {
  return /^[\d.]+$|^\[/.test(hostname)
}

async function allAddresses(name: string): Promise<string[]> {
  const found = await lookUp(name, { all: true })
  // With both families each server has two addresses.
  const family = found.some((each) => each.family === 4) ? 4 : 6
  return found.filter((each) => each.family === family).map(({ address }) => address)
}
