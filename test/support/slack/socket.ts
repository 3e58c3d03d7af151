import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { disconnectFrame, envelope, hello } from './payloads.ts'
import type { Stage } from './stage.ts'

/** Socket Mode: tickets, greeting, envelopes and their acknowledgements. */

type Watch = Pick<Stage, 'changed' | 'violate'>

export function acceptSockets(server: Server, { changed, violate }: Watch) {
  const wss = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const open: WebSocket[] = []
  const waiting = new Map<string, () => void>()
  let greets = true
  let greeted = 0

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://slack').searchParams.get('ticket') ?? ''
    if (!tickets.delete(ticket)) {
      violate('connected without a fresh ticket')
      socket.destroy()
    } else {
      wss.handleUpgrade(request, socket, head, welcome)
    }
  })

  function welcome(socket: WebSocket): void {
    socket.on('message', (data) => onMessage(String(data)))
    socket.on('close', () => {
      open.splice(open.indexOf(socket), 1)
      changed()
    })
    open.push(socket)
    if (greets) {
      socket.send(JSON.stringify(hello))
      greeted += 1
    }
    changed()
  }

  function onMessage(data: string): void {
    const { envelope_id: id } = JSON.parse(data)
    const acknowledged = waiting.get(id)
    if (!acknowledged) violate(`acknowledged an unknown envelope, or one twice: ${data}`)
    waiting.delete(id)
    acknowledged?.()
  }

  return {
    /** A new address for `apps.connections.open`; each may be used once. */
    invite(host: string): string {
      const ticket = randomUUID()
      tickets.add(ticket)
      return `ws://${host}/link/?ticket=${ticket}&app_id=A111`
    },
    /** How often the app has been greeted. */
    greetings: () => greeted,
    isOpen: () => open.some((socket) => socket.readyState === socket.OPEN),
    /** Sends an envelope over the newest connection; resolves when it is acknowledged. */
    send(type: Parameters<typeof envelope>[0], payload: Record<string, unknown>): Promise<void> {
      const frame = envelope(type, payload)
      const socket = open.at(-1)
      if (!socket) throw new Error('the app is not connected')
      return new Promise((resolve) => {
        waiting.set(frame.envelope_id, resolve)
        socket.send(JSON.stringify(frame))
      })
    },
    /** As when Slack moves a connection to another machine. */
    refresh(): void {
      for (const socket of open) socket.send(JSON.stringify(disconnectFrame('refresh_requested')))
    },
    /** As when a cable is pulled. */
    drop(): void {
      for (const socket of open) socket.terminate()
    },
    /** From now on connections are taken, but never greeted. */
    stayMute(mute: boolean): void {
      greets = !mute
    },
    close(): void {
      for (const socket of open) socket.terminate()
      wss.close()
    },
  }
}
