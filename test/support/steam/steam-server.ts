import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { readSteamCall, type SteamCall } from './steam-contract.ts'

export type SteamGame = {
  readonly appid: number
  readonly name?: string
  readonly minutes?: number
  /** Free to play: Steam leaves it out unless asked for it. */
  readonly free?: boolean
  /** Not vetted for the store: Steam leaves it out unless asked for it. */
  readonly unvetted?: boolean
}

type SteamPlayer = {
  readonly games?: readonly SteamGame[]
  readonly vanity?: string
  /** The name on the profile. */
  readonly persona?: string
  /** `hidden-games`: a public profile whose game details are not. */
  readonly visibility?: 'public' | 'private' | 'hidden-games'
}

/** An app of the store's list. */
type SteamApp = { readonly appid: number; readonly modifiedAt: Date }

/** What goes wrong with a request. A `body` goes out with any status, 200 too. */
export type SteamFault =
  | {
      readonly status: number
      readonly retryAfter?: string
      readonly location?: string
      readonly body?: string
      /** The header `x-eresult`; 84 says that the limit is exceeded. */
      readonly eresult?: string
    }
  /** The right answer, a piece at a time. */
  | { readonly pieces: number; readonly everyMs: number }
  /** No answer at all; a dropped connection; an answer that breaks off, that never ends, that stops arriving. */
  | 'hang'
  | 'reset'
  | 'cut'
  | 'endless'
  | 'stall'

export type SteamServer = {
  readonly url: string
  readonly key: string
  /** Every request that was understood, in order, faulty ones too. */
  readonly requests: readonly SteamCall[]
  /** What broke Steam's contract. Tests expect it to be empty. */
  readonly violations: readonly string[]
  player(steamId: string, player: SteamPlayer): void
  /** Puts apps into the store's list, in the place of what it said of them before. */
  list(...apps: readonly SteamApp[]): void
  /** The next `times` requests (of one method, if named) fail so. `Number.POSITIVE_INFINITY`: until `heal`. */
  fail(times: number, fault: SteamFault, method?: string): void
  heal(): void
  stop(): Promise<void>
}

type Planned = { left: number; readonly fault: SteamFault; readonly method: string | undefined }

/** A stand-in for the Steam Web API on loopback, which holds every request against Steam's definitions. */
export async function startSteam(
  options: {
    readonly key?: string
    readonly badKeyStatus?: 401 | 403
    /** Steam gives 10,000 apps at once, and no more than were asked for; fewer make more pages. */
    readonly appsAtOnce?: number
    /** Before each request is answered. */
    readonly onRequest?: (call: SteamCall) => Promise<void>
  } = {},
): Promise<SteamServer> {
  const key = options.key ?? 'A1B2C3D4E5F60718293A4B5C6D7E8F90'
  const players = new Map<string, SteamPlayer>()
  const apps = new Map<number, SteamApp>()
  const requests: SteamCall[] = []
  const violations: string[] = []
  let planned: Planned[] = []

  const server = createServer(async (request, response) => {
    const { call, violations: found } = readSteamCall(
      request.method ?? '',
      new URL(request.url ?? '/', 'http://steam'),
    )
    requests.push(call)
    violations.push(...found)
    await options.onRequest?.(call)
    const plan = planned.find(({ left, method }) => left > 0 && (method ?? call.method) === call.method)
    if (plan) plan.left -= 1
    if (plan && typeof plan.fault === 'object' && 'pieces' in plan.fault) {
      await drip(response, JSON.stringify(respond(players, call)), plan.fault)
    } else if (plan) {
      misbehave(response, plan.fault)
    } else if (call.parameters.key !== key) {
      html(response, options.badKeyStatus ?? 401, 'Access is denied. Please verify your key= parameter.')
    } else if (found.length > 0) {
      html(response, 400, 'Bad Request')
    } else if (call.method === 'GetAppList') {
      json(response, { response: appList([...apps.values()], call.parameters, options.appsAtOnce) })
    } else {
      json(response, respond(players, call))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    requests,
    violations,
    player: (steamId, player) => void players.set(steamId, player),
    list: (...listed) => {
      for (const app of listed) apps.set(app.appid, app)
    },
    fail: (times, fault, method) => void planned.push({ left: times, fault, method }),
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

function respond(players: ReadonlyMap<string, SteamPlayer>, { method, parameters }: SteamCall): unknown {
  switch (method) {
    case 'GetOwnedGames':
      return { response: ownedGames(players.get(parameters.steamid ?? ''), parameters) }
    case 'ResolveVanityURL': {
      const wanted = parameters.vanityurl?.toLowerCase()
      const found = [...players].find(([, player]) => player.vanity?.toLowerCase() === wanted)
      return { response: found ? { success: 1, steamid: found[0] } : { success: 42, message: 'No match' } }
    }
    case 'GetPlayerSummaries': {
      const ids = parameters.steamids?.split(',') ?? []
      return { response: { players: ids.flatMap((id) => summary(id, players.get(id))) } }
    }
    default:
      return { response: {} }
  }
}

function ownedGames(player: SteamPlayer | undefined, parameters: SteamCall['parameters']): unknown {
  if (!player || (player.visibility ?? 'public') !== 'public') return {}
  const asked = (name: string) => ['1', 'true'].includes(parameters[name] ?? '')
  const vettedOnly = !['0', 'false'].includes(parameters.skip_unvetted_apps ?? '')
  const games = (player.games ?? [])
    .filter((game) => !game.free || asked('include_played_free_games'))
    .filter((game) => !game.unvetted || !vettedOnly)
    .map(({ appid, name, minutes }) => ({
      appid,
      ...(asked('include_appinfo') && { name: name ?? `Game ${appid}` }),
      playtime_forever: minutes ?? 0,
      rtime_last_played: 0,
    }))
  return games.length === 0 ? { game_count: 0 } : { game_count: games.length, games }
}

/** Ascending; the last page says nothing of more. */
function appList(
  apps: readonly SteamApp[],
  { max_results = '10000', last_appid = '0', if_modified_since = '0' }: SteamCall['parameters'],
  atOnce = Number.POSITIVE_INFINITY,
): unknown {
  const wanted = apps
    .filter(({ appid }) => appid > Number(last_appid))
    .filter(({ modifiedAt }) => modifiedAt.getTime() / 1000 >= Number(if_modified_since))
    .sort((a, b) => a.appid - b.appid)
  const page = wanted.slice(0, Math.min(Number(max_results), atOnce))
  return {
    apps: page.map(({ appid, modifiedAt }) => ({
      ...{ appid, name: `Game ${appid}`, price_change_number: 0 },
      last_modified: Math.floor(modifiedAt.getTime() / 1000),
    })),
    ...(page.length < wanted.length && { have_more_results: true, last_appid: page.at(-1)?.appid }),
  }
}

function summary(steamid: string, player: SteamPlayer | undefined): unknown[] {
  if (!player) return []
  const communityvisibilitystate = player.visibility === 'private' ? 1 : 3
  const personaname = player.persona ?? `Player ${steamid.slice(-4)}`
  return [{ steamid, communityvisibilitystate, profilestate: 1, personaname }]
}

export function misbehave(response: ServerResponse, fault: SteamFault): void {
  if (fault === 'hang') return
  if (fault === 'reset') {
    response.socket?.resetAndDestroy()
    return
  }
  if (typeof fault === 'object' && 'pieces' in fault) throw new Error('only the Web API sends in pieces')
  if (typeof fault === 'object') {
    if (fault.eresult !== undefined) response.setHeader('x-eresult', fault.eresult)
    if (fault.location !== undefined) response.setHeader('location', fault.location)
    if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter)
    if (fault.body === undefined) html(response, fault.status, `Error ${fault.status}`)
    else
      response.writeHead(fault.status, { 'content-type': 'application/json; charset=UTF-8' }).end(fault.body)
    return
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' })
  const start = '{"response":{"game_count":1,"games":['
  if (fault === 'stall') response.write(start)
  if (fault === 'cut') response.write(start, () => response.socket?.destroy())
  if (fault === 'endless') pour(response)
}

async function drip(
  response: ServerResponse,
  body: string,
  { pieces, everyMs }: { readonly pieces: number; readonly everyMs: number },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'x-eresult': '1' })
  const size = Math.ceil(body.length / pieces)
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.slice(at, at + size))
    await delay(everyMs)
  }
  response.end()
}

const MEBIBYTE = Buffer.alloc(2 ** 20, ' ')

/** As fast as the reader takes it, until the reader hangs up. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return
  if (response.write(MEBIBYTE)) setImmediate(pour, response)
  else response.once('drain', () => pour(response))
}

function json(response: ServerResponse, body: unknown): void {
  response
    .writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'x-eresult': '1' })
    .end(JSON.stringify(body))
}

function html(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`)
}
