import { Counter, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { startHttp } from '../../bot/http.ts'

const options = {
  host: '127.0.0.1',
  port: 0,
  health: async () => ({ database: { ok: false, detail: 'does not answer' } }),
  slackEvents: undefined,
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

  it('hands Slack its body unread', async () => {
    const http = await startHttp({
      ...options,
      slackEvents: (request, response) => void request.pipe(response),
    })
    const body = '{"signed": "as it is" }'
    const answer = await fetch(`${http.url}/slack/events`, { method: 'POST', body })
    expect(await answer.text()).toBe(body)
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
