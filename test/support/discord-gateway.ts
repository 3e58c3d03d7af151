import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { GatewayCloseCodes, GatewayOpcodes } from 'discord.js'
import { type WebSocket, WebSocketServer } from 'ws'
import { guildCreate, heartbeatAck, hello, ready } from './discord-payloads.ts'

export type Gateway = {
  /** How often a client came with IDENTIFY and with RESUME. */
  readonly identified: number
  readonly resumed: number
  readonly connected: boolean
  /** The intents of the last IDENTIFY. */
  readonly intents: number
  /** Sends an event; one that nobody hears is replayed on RESUME. */
  dispatch(type: string, data: unknown): void
  /** Cuts the connection as a broken network does. */
  drop(): void
  close(code: number): void
  /** Asks the client to reconnect (op 7). */
  askToReconnect(): void
  /** Answers the next IDENTIFY with this close code. */
  refuseNext(code: number): void
  stop(): void
}

type Session = { id: string; sequence: number; readonly events: { s: number; text: string }[] }
type Frame = { readonly op: number; readonly d: unknown }

export type GatewayOptions = {
  readonly server: Server
  readonly token: string
  readonly url: () => string
  readonly changed: () => void
  readonly violate: (fault: string) => void
}

/** Discord's gateway on loopback: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, close codes. */
export function createGateway({ server, token, url, changed, violate }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server, path: '/gateway' })
  let session: Session | undefined
  let socket: WebSocket | undefined
  let identified = 0
  let resumed = 0
  let intents = 0
  let refusal: number | undefined

  function dispatch(type: string, data: unknown): void {
    if (!session) throw new Error(`nobody is there to hear ${type}`)
    session.sequence += 1
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: type, s: session.sequence, d: data })
    session.events.push({ s: session.sequence, text })
    socket?.send(text)
  }

  function identify(from: WebSocket, data: { token?: string; intents?: number }): void {
    identified += 1
    intents = data.intents ?? 0
    const code = refusal ?? (data.token === token ? undefined : GatewayCloseCodes.AuthenticationFailed)
    refusal = undefined
    if (code !== undefined) {
      from.close(code)
      return
    }
    session = { id: randomUUID(), sequence: 0, events: [] }
    socket = from
    dispatch('READY', ready(session.id, url()))
    dispatch('GUILD_CREATE', guildCreate())
  }

  function resume(from: WebSocket, data: { token?: string; session_id?: string; seq?: number }): void {
    if (data.token !== token) from.close(GatewayCloseCodes.AuthenticationFailed)
    else if (data.session_id !== session?.id) {
      from.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }))
    } else {
      resumed += 1
      socket = from
      for (const event of session?.events ?? []) if (event.s > (data.seq ?? 0)) from.send(event.text)
      dispatch('RESUMED', {})
    }
  }

  function onFrame(from: WebSocket, { op, d }: Frame): void {
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        from.send(JSON.stringify(heartbeatAck))
        break
      case GatewayOpcodes.Identify:
        identify(from, d as Parameters<typeof identify>[1])
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
      if (socket === from) socket = undefined
      changed()
    })
    from.send(JSON.stringify(hello))
  })

  return {
    get identified() {
      return identified
    },
    get resumed() {
      return resumed
    },
    get connected() {
      return socket !== undefined
    },
    get intents() {
      return intents
    },
    dispatch,
    drop: () => socket?.terminate(),
    close: (code) => socket?.close(code),
    askToReconnect: () => socket?.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null })),
    refuseNext: (code) => {
      refusal = code
    },
    stop: () => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
    },
  }
}
