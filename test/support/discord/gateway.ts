import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js'
import { type WebSocket, WebSocketServer } from 'ws'
import { guildCreate, HOME, heartbeatAck, hello, ready } from './payloads.ts'
import { belongsTo, createIdentifyTurns, guildOf, type Identify, isShard, type Shard } from './sharding.ts'

export type Gateway = {
  /** How often a client came with IDENTIFY and was let in, and how often with RESUME. */
  readonly identified: number
  readonly resumed: number
  /** IDENTIFYs that came faster than Discord takes them. */
  readonly hurried: number
  readonly connected: boolean
  /** The shards that are connected, as `1/4`, in order. */
  readonly shards: readonly string[]
  /** The intents of the last IDENTIFY. */
  readonly intents: number
  /** Sends an event to the shard that it belongs to; one that nobody hears is replayed on RESUME. */
  dispatch(type: string, data: unknown): void
  /** Cuts the connections as a broken network does. */
  drop(): void
  close(code: number): void
  /** Asks the clients to reconnect (op 7). */
  askToReconnect(): void
  /** Answers the next IDENTIFY with this close code. */
  refuseNext(code: number): void
  /** From now on the server is out of order for whoever identifies: READY names it, and no GUILD_CREATE follows. */
  breakServer(): void
  stop(): void
}

type Session = {
  readonly id: string
  readonly shard: Shard
  socket: WebSocket | undefined
  sequence: number
  readonly events: { s: number; text: string }[]
}
type Frame = { readonly op: number; readonly d: unknown }

/** How many may identify at once, and how far apart those of one bucket must be. */
export type IdentifyLimit = { readonly maxConcurrency: number; readonly everyMs: number }

export type GatewayOptions = {
  readonly server: Server
  readonly token: string
  readonly limit: IdentifyLimit
  readonly url: () => string
  readonly changed: () => void
  readonly violate: (fault: string) => void
}

/** Discord's gateway on loopback: HELLO, IDENTIFY by shard, READY, heartbeats, RESUME with replay, close codes. */
export function createGateway({ server, token, limit, url, changed, violate }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server, path: '/gateway' })
  const turns = createIdentifyTurns(limit)
  let sessions: Session[] = []
  let identified = 0
  let resumed = 0
  let hurried = 0
  let intents = 0
  let refusal: number | undefined
  let outOfOrder = false

  function send(session: Session, type: string, data: unknown): void {
    session.sequence += 1
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: type, s: session.sequence, d: data })
    session.events.push({ s: session.sequence, text })
    session.socket?.send(text)
  }

  function dispatch(type: string, data: unknown): void {
    const hearing = sessions.filter(({ shard }) => belongsTo(shard, guildOf(type, data)))
    if (hearing.length === 0) throw new Error(`nobody is there to hear ${type}`)
    for (const session of hearing) send(session, type, data)
  }

  function refusalOf({ token: given, shard }: Identify): number | undefined {
    if (refusal !== undefined) return refusal
    if (given !== token) return GatewayCloseCodes.AuthenticationFailed
    return isShard(shard) ? undefined : GatewayCloseCodes.InvalidShard
  }

  function identify(from: WebSocket, data: Identify): void {
    const code = refusalOf(data)
    refusal = undefined
    intents = data.intents ?? 0
    const { shard } = data
    if (code !== undefined || !isShard(shard)) from.close(code)
    else if (turns.take(shard[0])) begin(from, shard)
    else {
      hurried += 1
      from.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }))
    }
  }

  function begin(from: WebSocket, shard: Shard): void {
    identified += 1
    sessions = sessions.filter((one) => one.socket !== undefined || String(one.shard) !== String(shard))
    const session: Session = { id: randomUUID(), shard, socket: from, sequence: 0, events: [] }
    sessions.push(session)
    const isHome = belongsTo(shard, HOME)
    send(session, 'READY', ready(session.id, url(), shard, isHome ? [HOME] : []))
    if (isHome && !outOfOrder) send(session, 'GUILD_CREATE', guildCreate())
  }

  function resume(from: WebSocket, data: { token?: string; session_id?: string; seq?: number }): void {
    const session = sessions.find(({ id }) => id === data.session_id)
    if (data.token !== token) from.close(GatewayCloseCodes.AuthenticationFailed)
    else if (!session) from.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }))
    else {
      resumed += 1
      session.socket = from
      for (const event of session.events) if (event.s > (data.seq ?? 0)) from.send(event.text)
      send(session, 'RESUMED', {})
    }
  }

  function onFrame(from: WebSocket, { op, d }: Frame): void {
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        from.send(JSON.stringify(heartbeatAck))
        break
      case GatewayOpcodes.Identify:
        identify(from, d as Identify)
        break
      case GatewayOpcodes.Resume:
        resume(from, d as Parameters<typeof resume>[1])
        break
      default:
        violate(`the gateway takes no opcode ${op} from a client`)
        from.close(GatewayCloseCodes.UnknownOpcode)
    }
  }

  sockets.on('connection', (from, request) => {
    const version = new URL(request.url ?? '', 'ws://loopback').searchParams.get('v')
    if (version !== '10') violate(`the gateway was asked for version ${version}`)
    from.on('message', (text) => {
      onFrame(from, JSON.parse(String(text)))
      changed()
    })
    from.on('close', () => {
      for (const session of sessions) if (session.socket === from) session.socket = undefined
      changed()
    })
    from.send(JSON.stringify(hello))
  })

  const open = () => sessions.filter(({ socket }) => socket !== undefined)
  return {
    get identified() {
      return identified
    },
    get resumed() {
      return resumed
    },
    get hurried() {
      return hurried
    },
    get connected() {
      return open().length > 0
    },
    get shards() {
      const shards = open().map(({ shard }) => shard)
      return shards.toSorted((a, b) => a[0] - b[0]).map((shard) => shard.join('/'))
    },
    get intents() {
      return intents
    },
    dispatch,
    drop: () => {
      for (const { socket } of open()) socket?.terminate()
    },
    close: (code) => {
      for (const { socket } of open()) socket?.close(code)
    },
    askToReconnect: () => {
      const text = JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null })
      for (const { socket } of open()) socket?.send(text)
    },
    refuseNext: (code) => {
      refusal = code
    },
    breakServer: () => {
      outOfOrder = true
    },
    stop: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
