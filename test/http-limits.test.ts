import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startHttp } from '../bot/app/http.ts'
import { mountSlackEvents } from '../bot/slack/receive/events-route.ts'
import { HTTP_LIMITS } from '../core/http-limits.ts'
import { startServer } from '../inference/server.ts'
import { temporaryFolder } from './support/folder.ts'

const QUICK = { headersMs: 200, requestMs: 400, silenceMs: 600, idleMs: 300, connections: 300 }

const SERVERS = {
  'the bot': () =>
    startHttp({
      host: '127.0.0.1',
      port: 0,
      health: async () => ({}),
      mounts: [(server) => mountSlackEvents(server, () => {})],
      limits: QUICK,
    }),
  'a worker': async () =>
    startServer({
      ...{ modelDir: await temporaryFolder(), provider: 'cpu', host: '127.0.0.1', port: 0 },
      ...{ log: () => {}, http: QUICK },
    }),
} as const

/** What a client says before it falls silent. */
const HALF_OPEN: Readonly<Record<string, string>> = {
  nothing: '',
  'half a line': 'GET /hea',
  'half its headers': 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-a: 1',
  'half its body': 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf',
  'one request of many': 'GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n',
}

const sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

function open(url: string, text: string): Promise<unknown> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
  sockets.push(socket)
  socket.on('error', () => {})
  return once(socket.resume(), 'close')
}

describe.each(Object.entries(SERVERS))('%s', (_name, start) => {
  it.each(Object.entries(HALF_OPEN))(
    'closes those who send %s, and serves others meanwhile',
    async (_what, text) => {
      const server = await start()
      const closed = Array.from({ length: 200 }, () => open(server.url, text))
      expect((await fetch(`${server.url}/metrics`)).status).toBe(200)
      await Promise.all(closed)
      await server.stop()
    },
  )

  it('closes those who send byte by byte', async () => {
    const server = await start()
    const closed = open(server.url, 'GET / HTTP/1.1\r\n')
    const drip = setInterval(() => sockets[0]?.write('x'), 20)
    await closed
    clearInterval(drip)
    await server.stop()
  })

  it('takes so many connections and no more', async () => {
    const server = await start()
    const closed: number[] = []
    const all = Array.from({ length: QUICK.connections + 50 }, (_, at) =>
      open(server.url, '').then(() => closed.push(at)),
    )
    await Promise.all(all)
    expect(closed.slice(0, 50).every((at) => at >= QUICK.connections)).toBe(true)
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200)
    await server.stop()
  })
})

it('waits no longer than a slow client needs', () => {
  expect(HTTP_LIMITS.headersMs).toBeLessThanOrEqual(HTTP_LIMITS.requestMs)
  expect(HTTP_LIMITS.requestMs).toBeLessThanOrEqual(60_000)
})
