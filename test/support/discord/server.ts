import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SnowflakeUtil } from 'discord.js'
import { PATIENCE_MS } from '../patience.ts'
import { type Channels, createChannels } from './channels.ts'
import type { CommandBody } from './command-rules.ts'
import { readBody } from './files.ts'
import { createGateway, type Gateway, type IdentifyLimit } from './gateway.ts'
import type { Guild } from './guilds.ts'
import { type Answer, createInteractions, type Exchange, type ShownMessage } from './interactions.ts'
import { createGlobalLimit, limited } from './limit.ts'
import { asSent } from './names.ts'
import * as payload from './payloads.ts'
import { createRest, type DiscordRequest } from './rest.ts'

export type { Exchange, ShownMessage }

/** What goes wrong with the next requests that match. */
type DiscordFault = {
  readonly path: RegExp
  readonly method?: string
  /** Default 1. */
  readonly times?: number
  /** `reset` drops the connection without an answer; `hang` leaves it open without one, `stall` with half of one. */
  readonly status: number | 'reset' | 'hang' | 'stall'
  /** Discord's own code in the body, for a 4xx; `page`: an HTML page of something that stands before Discord. */
  readonly code?: number | 'page'
  /** Seconds, for a 429. */
  readonly retryAfter?: number
  /** For a 429: the whole bot is limited. */
  readonly global?: boolean
  /** The request is carried out all the same, and only its answer is lost. */
  readonly applied?: boolean
}

export type Place = {
  readonly user?: string
  readonly channel?: payload.ChannelName
  /** The language of the user's Discord. */
  readonly locale?: string
  /** What the user may do there, beside what everybody may. */
  readonly may?: payload.Asked['may']
}

export type DiscordServer = {
  readonly apiUrl: string
  readonly token: string
  readonly gateway: Gateway
  readonly requests: readonly DiscordRequest[]
  /** The published commands as Discord stores them. */
  readonly commands: readonly CommandBody[]
  /** Channels as the bot meets them by itself, with what it may do there and what it has posted. */
  readonly channels: Channels['controls']
  /** How many requests came faster than Discord takes them. */
  readonly limited: number
  /** What everybody sees of answers to interactions, oldest first. */
  readonly channelPosts: readonly ShownMessage[]
  /** What broke Discord's contract; `stop` throws if there is any. */
  readonly violations: readonly string[]
  /** Types a command, by the names that the user's language has for it and its options, and waits for the answer in its place. */
  command(name: string, options: payload.Options, place?: Place): Promise<Exchange>
  /** Presses a button, by label or custom_id, and waits for what comes of it. */
  press(on: Exchange | ShownMessage, button: string, place?: Place): Promise<Exchange>
  /** Types in an option; in none, as Discord itself should never send it, where `focused` is undefined. */
  autocomplete(
    name: string,
    options: payload.Options,
    focused: string | undefined,
    place?: Place,
  ): Promise<Exchange['choices']>
  /** Like `command` and `press`, without waiting for anything. */
  begin: {
    command(name: string, options: payload.Options, place?: Place): Exchange
    press(on: Exchange | ShownMessage, button: string, place?: Place): Exchange
  }
  /** Waits until a condition on this server holds; throws after five seconds. */
  until(holds: () => boolean, what: string): Promise<void>
  fail(fault: DiscordFault): void
  /** Has these commands published already. */
  publish(commands: readonly CommandBody[]): void
  /** Has the bot be in these servers, as its REST API tells; in none before. */
  join(guilds: readonly Guild[]): void
  /** Moves Discord's clock: tokens age by this much. */
  advance(milliseconds: number): void
  stop(): Promise<void>
}

/** Tests start bots faster than Discord would let them in. */
const UNHURRIED: IdentifyLimit = { maxConcurrency: 1, everyMs: 0 }

export type DiscordServerOptions = { readonly token?: string; readonly identify?: IdentifyLimit }

/** A stand-in for Discord on loopback: REST API v10 and gateway, which hold every request against the contract. */
export async function startDiscordServer(options: DiscordServerOptions = {}): Promise<DiscordServer> {
  const { identify: limitOfIdentify = UNHURRIED } = options
  const token = options.token ?? 'MjkwOTI2.stand-in.token'
  const events = new EventEmitter().setMaxListeners(0)
  const changed = () => events.emit('changed')
  const violations: string[] = []
  const violate = (fault: string) => violations.push(fault)
  const requests: DiscordRequest[] = []
  const faults: { left: number; readonly fault: DiscordFault }[] = []
  let skewMs = 0
  let lastId = 846462639134605312n
  const now = () => Date.now() + skewMs
  const nextId = () => {
    const snowflake = SnowflakeUtil.generate({ timestamp: now(), increment: 0n, workerId: 0n, processId: 0n })
    lastId = snowflake > lastId ? snowflake : lastId + 1n
    return String(lastId)
  }
  const limit = createGlobalLimit()
  const channels = createChannels({ now, nextId, violate })
  const interactions = createInteractions({ now, nextId, violate })

  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const gatewayUrl = `ws://127.0.0.1:${port}/gateway`
  const gateway = createGateway({
    ...{ server, token, changed, violate, limit: limitOfIdentify },
    url: () => gatewayUrl,
  })

  const rest = createRest({
    ...{ token, gatewayUrl, interactions, channels, nextId, violate },
    maxConcurrency: limitOfIdentify.maxConcurrency,
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readBody(await buffer(request), request.headers['content-type'])
    const url = new URL(request.url ?? '', 'http://loopback')
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '')
    const call = {
      method: request.method ?? '',
      path,
      query: url.searchParams,
      ...sent,
    }
    requests.push(call)
    const planned = faults.find(
      ({ left, fault }) => left > 0 && fault.path.test(path) && (fault.method ?? call.method) === call.method,
    )
    if (planned) planned.left -= 1
    const answer =
      planned && !planned.fault.applied
        ? undefined
        : (limit.refuse(path) ?? rest.answer(call, request.headers.authorization))
    if (planned?.fault.status === 'reset') response.destroy()
    else if (planned?.fault.status === 'stall') stall(response)
    else if (planned && planned.fault.status !== 'hang') send(response, faultAnswer(planned.fault))
    else if (answer && !planned) send(response, answer)
    changed()
  }

  function begin(
    kind: Exchange['kind'],
    place: Place,
    message: ShownMessage | undefined,
  ): Exchange & payload.Asked {
    const id = nextId()
    const {
      user = '53908232506183680',
      channel = message?.channel ?? 'general',
      locale = 'en-US',
      may = [],
    } = place
    const exchange = {
      ...{
        kind,
        id,
        token: `interaction-token-${id}`,
        user,
        channel,
        locale,
        may,
        createdAt: now(),
        ack: undefined,
      },
      ...{ message, edits: 0, asides: [], posts: [], choices: undefined },
    }
    interactions.add(exchange)
    return exchange
  }

  function beginCommand(name: string, given: payload.Options, place: Place = {}): Exchange {
    const exchange = begin('command', place, undefined)
    const sent = asSent(rest.commands(), exchange.locale, { name, options: given, focused: undefined })
    gateway.dispatch('INTERACTION_CREATE', payload.commandPayload(exchange, sent.name, sent.options))
    return exchange
  }

  function beginPress(on: Exchange | ShownMessage, button: string, place: Place = {}): Exchange {
    const message = 'kind' in on ? on.message : on
    if (!message) throw new Error('there is no message to press a button on')
    const buttons = message.components.flatMap((row) => row.components)
    const customId = buttons.find((found) => found.label === button)?.custom_id ?? button
    const exchange = begin('button', place, message)
    gateway.dispatch(
      'INTERACTION_CREATE',
      payload.buttonPayload(exchange, customId, payload.messagePayload(message)),
    )
    return exchange
  }

  async function until(holds: () => boolean, what: string): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS)
    while (!holds()) {
      await once(events, 'changed', { signal: patience }).catch(() => {
        const seen = requests.map(({ method, path }) => `${method} ${path}`).join('\n')
        throw new Error(`Discord waited in vain for ${what}\nrequests:\n${seen}\n${violations.join('\n')}`)
      })
    }
  }

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token,
    gateway,
    requests,
    violations,
    channels: channels.controls,
    get limited() {
      return limit.refused()
    },
    get commands() {
      return rest.commands()
    },
    get channelPosts() {
      return interactions.all().flatMap((exchange) => exchange.posts)
    },
    begin: { command: beginCommand, press: beginPress },
    async command(name, given, place) {
      const exchange = beginCommand(name, given, place)
      await until(() => exchange.edits > 0, `the answer to /${name}`)
      return exchange
    },
    async press(on, button, place) {
      const exchange = beginPress(on, button, place)
      const happened = () => exchange.edits + exchange.asides.length + exchange.posts.length > 0
      await until(happened, `what comes of "${button}"`)
      return exchange
    },
    async autocomplete(name, given, focused, place = {}) {
      const exchange = begin('autocomplete', place, undefined)
      const sent = asSent(rest.commands(), exchange.locale, { name, options: given, focused })
      gateway.dispatch(
        'INTERACTION_CREATE',
        payload.autocompletePayload(exchange, sent.name, sent.options, sent.focused),
      )
      await until(() => exchange.choices !== undefined, `choices for ${focused ?? 'no option'}`)
      return exchange.choices
    },
    until,
    publish: rest.publish,
    join: rest.join,
    fail: (fault) => faults.push({ left: fault.times ?? 1, fault }),
    advance: (milliseconds) => {
      skewMs += milliseconds
    },
    async stop() {
      gateway.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (violations.length > 0) throw new Error(`Discord's contract was broken:\n${violations.join('\n')}`)
    },
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isPage = typeof body === 'string'
  const type = body === undefined ? {} : { 'content-type': isPage ? 'text/html' : 'application/json' }
  response.writeHead(status, { ...type, ...headers })
  response.end(body === undefined || isPage ? body : JSON.stringify(body))
}

function stall(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":')
}

function faultAnswer({ status, code = 0, retryAfter = 0, global: isGlobal }: DiscordFault): Answer {
  if (status === 429) return limited(retryAfter, isGlobal ? 'global' : 'user')
  const isPage = code === 'page' || Number(status) >= 500
  return { status: Number(status), body: isPage ? 'upstream error' : payload.errorBody(code) }
}
