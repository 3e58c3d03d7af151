import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import portal from '../../fixtures/steam/store_appdetails_620.json' with { type: 'json' }
import { misbehave, type SteamFault } from './steam-server.ts'

/** What the store's page of a game says; what is left out is as in the recorded answer. */
export type StorePage = Readonly<Record<string, unknown>>

export type StoreServer = {
  readonly url: string
  /** The app of every request, in order. */
  readonly asked: readonly number[]
  /** What broke the store's contract. Tests expect it to be empty. */
  readonly violations: readonly string[]
  page(appid: number, page?: StorePage): void
  /** `success: false`, as for what was removed or is not sold here. */
  remove(appid: number): void
  fail(times: number, fault: SteamFault): void
  heal(): void
  stop(): Promise<void>
}

/** The store's limit for one address. */
const CALLS = 200
const WITHIN_MS = 300_000

const PARAMETERS = new Set(['appids', 'cc', 'l', 'filters'])

/**
 * A stand-in for the store's `appdetails` on loopback: one app a call, no key, and 200 calls in any five minutes by the
 * given clock, after which it answers 429 and `null`.
 */
export async function startStore(
  options: {
    readonly now?: () => number
    readonly onRequest?: (appid: number) => Promise<void>
    /** A page for every game that no page was given for. */
    readonly otherwise?: (appid: number) => StorePage
  } = {},
): Promise<StoreServer> {
  const { now = Date.now, onRequest, otherwise } = options
  const pages = new Map<number, StorePage | 'removed'>()
  const asked: number[] = []
  const times: number[] = []
  const violations: string[] = []
  let planned: { left: number; readonly fault: SteamFault }[] = []

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://store')
    const faults = faultsOf(request.method ?? '', url)
    violations.push(...faults)
    const appid = Number(url.searchParams.get('appids'))
    asked.push(appid)
    times.push(now())
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (times.filter((at) => at > now() - WITHIN_MS).length > CALLS) {
      violations.push('more than 200 calls in five minutes')
      return answer(429, null)
    }
    if (faults.length > 0) return answer(400, null)
    await onRequest?.(appid)
    const plan = planned.find(({ left }) => left > 0)
    if (plan) {
      plan.left -= 1
      return misbehave(response, plan.fault)
    }
    const page = pages.get(appid) ?? otherwise?.(appid) ?? 'removed'
    answer(200, {
      [appid]:
        page === 'removed'
          ? { success: false }
          : { success: true, data: { ...portal['620'].data, ...named(appid), ...page } },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    violations,
    page: (appid, page = {}) => void pages.set(appid, page),
    remove: (appid) => void pages.set(appid, 'removed'),
    fail: (times, fault) => void planned.push({ left: times, fault }),
    heal: () => {
      planned = []
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function named(appid: number): StorePage {
  return appid === 620 ? {} : { steam_appid: appid, name: `Game ${appid}` }
}

function faultsOf(method: string, { pathname, searchParams }: URL): string[] {
  const appids = searchParams.getAll('appids')
  return [
    ...(method === 'GET' ? [] : [`the store takes no ${method}`]),
    ...(/^\/api\/appdetails\/?$/.test(pathname) ? [] : [`no such page: ${pathname}`]),
    ...(appids.length === 1 && /^\d{1,10}$/.test(appids[0] ?? '') ? [] : ['one app a call']),
    ...[...searchParams.keys()]
      .filter((name) => !PARAMETERS.has(name))
      .map((name) => `the store takes no ${name}`),
  ]
}
