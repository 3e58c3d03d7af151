import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { Counter, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { startHttp } from '../../../bot/app/http.ts'
import { mountSlackEvents } from '../../../bot/slack/receive/events-route.ts'
import { freePort } from '../../support/debian/server.ts'

const options = {
  host: '127.0.0.1',
  port: 0,
  health: async () => ({ database: { ok: false, detail: 'does not answer' } }),
}

describe('the HTTP server', () => {
  it('is alive while a part is not ready, and names the part', async () => {
    const http = await startHttp(options)
    expect((await fetch(`${http.url}/health/live`)).status).toBe(200)
    const ready = await fetch(`${http.url}/health/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({
      ok: false,
      parts: { database: { ok: false, detail: 'does not answer' } },
    })
    await http.stop()
  })

  it('shows what other parts count, beside the figures of the process', async () => {
    const registry = new Registry()
    new Counter({ name: 'digests', help: 'Of a test.', registers: [registry] }).inc(3)
    const http = await startHttp({ ...options, registry })
    const shown = await (await fetch(`${http.url}/metrics`)).text()
    expect(shown).toContain('digests 3')
    expect(shown).toContain('process_cpu_seconds_total')
    await http.stop()
  })

  it('leaves no server open where the port of the figures is taken', async () => {
    const taken = createServer()
    await once(taken.listen(0, '127.0.0.1'), 'listening')
    const { port } = taken.address() as AddressInfo
    const free = await freePort()
    await expect(startHttp({ ...options, port: free, metricsPort: port })).rejects.toThrow('METRICS_PORT')
    await expect(fetch(`http://127.0.0.1:${free}/health/live`)).rejects.toThrow('fetch failed')
    await once(taken.close(), 'close')
  })

  it('hands Slack its body unread', async () => {
    const http = await startHttp({
      ...options,
      mounts: [(server) => mountSlackEvents(server, (request, response) => void request.pipe(response))],
    })
    const body = '{"signed": "as it is" }'
    const answer = await fetch(`${http.url}/slack/events`, { method: 'POST', body })
    expect(await answer.text()).toBe(body)
    await http.stop()
  })

  it('shows the figures of its own worker, and says where those of others are', async () => {
    const worker = await startHttp(options)
    const http = await startHttp({ ...options, ownWorker: worker.url })
    const shown = await fetch(`${http.url}/metrics/inference`)
    expect(shown.headers.get('content-type')).toContain('text/plain')
    expect(await shown.text()).toContain('process_cpu_seconds_total')
    await worker.stop()
    expect((await fetch(`${http.url}/metrics/inference`)).status).toBe(503)
    await http.stop()
    const alone = await startHttp(options)
    const absent = await fetch(`${alone.url}/metrics/inference`)
    expect([absent.status, await absent.text()]).toEqual([404, expect.stringContaining('INFERENCE_URL')])
    await alone.stop()
  })

  it('serves the metrics on a port of their own where one is set', async () => {
    const http = await startHttp({ ...options, metricsPort: 0 })
    expect((await fetch(`${http.url}/metrics`)).status).toBe(404)
    expect((await fetch(`${http.metricsUrl}/metrics`)).status).toBe(200)
    await http.stop()
    await expect(fetch(`${http.metricsUrl}/metrics`)).rejects.toThrow('fetch failed')
  })

  it('says what to set where there is no playground', async () => {
    const http = await startHttp(options)
    const page = await fetch(http.url)
    expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('Set PLAYGROUND_TOKEN')])
    await http.stop()
  })

  it('says which setting to change where its port is taken', async () => {
    const first = await startHttp(options)
    const port = Number(new URL(first.url).port)
    await expect(startHttp({ ...options, port })).rejects.toThrow(
      `port ${port} on 127.0.0.1 is taken: set HTTP_PORT`,
    )
    await first.stop()
  })
})

describe('the end of the HTTP server', () => {
  /** Slack's side, by hand: each request is answered when the test lets it. */
  async function startHeld(graceMs: number) {
    const held: (() => void)[] = []
    const arrived = Promise.withResolvers<void>()
    const http = await startHttp({
      ...{ ...options, graceMs },
      mounts: [
        (server) =>
          mountSlackEvents(server, (_request, response) => {
            held.push(() => response.writeHead(200).end('answered'))
            if (held.length === BURST) arrived.resolve()
          }),
      ],
    })
    return { http, held, arrived: arrived.promise, send: () => post(`${http.url}/slack/events`) }
  }

  const BURST = 30
  const post = (url: string) => fetch(url, { method: 'POST', body: '{}' })

  it('answers every request that was read', async () => {
    const { http, held, arrived, send } = await startHeld(0)
    const sent = Array.from({ length: BURST }, () => send().then((response) => response.text()))
    await arrived
    const stopped = http.stop()
    for (const answer of held) answer()
    expect(await Promise.all(sent)).toEqual(Array(BURST).fill('answered'))
    await stopped
    await expect(send()).rejects.toThrow('fetch failed')
  })

  it('is told by readiness at once, while requests still come in, each on a connection that ends', async () => {
    const { http, held, send } = await startHeld(2_000)
    const status = async (path: string) => (await fetch(http.url + path)).status
    expect([await status('/health/accepting'), await status('/health/live')]).toEqual([200, 200])
    const stopped = http.stop()
    expect([await status('/health/accepting'), await status('/health/live')]).toEqual([503, 200])
    const ready = await fetch(`${http.url}/health/ready`)
    expect(await ready.json()).toMatchObject({
      ok: false,
      parts: { http: { ok: false, detail: 'stopping' } },
    })
    const late = send()
    await expect.poll(() => held.length).toBe(1)
    held[0]?.()
    const answer = await late
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
    await stopped
  })

  it('does not wait for whoever has left before the answer', async () => {
    const { http, held } = await startHeld(0)
    const leaving = request(`${http.url}/slack/events`, { method: 'POST', agent: new Agent() })
    leaving.on('error', () => {})
    leaving.end('{}')
    await expect.poll(() => held.length).toBe(1)
    leaving.destroy()
    await http.stop()
  })

  it('accepts while a part is away, since it answers all the same', async () => {
    const http = await startHttp(options)
    expect((await fetch(`${http.url}/health/accepting`)).status).toBe(200)
    await http.stop()
  })
})
