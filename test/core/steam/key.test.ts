import { describe, expect, it } from 'vitest'
import { byId, everythingIn, failureOf, openBench, ROBIN, snapshotOf } from '../../support/steam/bench.ts'
import type { SteamFault } from '../../support/steam/steam-server.ts'

const BAD_KEY = '0123456789ABCDEF0123456789ABCDEF'
const FOREVER = Number.POSITIVE_INFINITY

describe('the key', () => {
  it.each([401, 403] as const)(
    'is named to the operator where Steam refuses it with %i',
    async (badKeyStatus) => {
      const { server, steam, lines, snapshots } = await openBench({ apiKey: BAD_KEY, badKeyStatus })
      snapshots.saved.push(snapshotOf(ROBIN, 7))
      expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam-key' })
      expect(server.requests).toHaveLength(1)
      expect(lines).toMatchObject([{ level: 'error', message: expect.stringContaining('STEAM_API_KEY') }])
    },
  )

  it('is complained of once in ten minutes, not once for each player', async () => {
    let now = new Date('2026-11-23T12:00:00Z')
    const { steam, lines } = await openBench({ apiKey: BAD_KEY, now: () => now })
    for (let i = 0; i < 20; i += 1) await failureOf(steam.of(byId(ROBIN)))
    expect(lines).toHaveLength(1)
    now = new Date('2026-11-23T12:10:01Z')
    await failureOf(steam.of(byId(ROBIN)))
    expect(lines).toHaveLength(2)
  })

  it('is refused as such where only the second question meets the refusal', async () => {
    const { server, steam } = await openBench()
    server.fail(1, { status: 403 }, 'GetPlayerSummaries')
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam-key' })
  })

  it('is missed in one line, and Steam is not asked', async () => {
    const { server, steam, lines } = await openBench({ apiKey: undefined })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'no-steam-key' })
    await failureOf(steam.of({ kind: 'vanity', name: 'robin' }))
    expect(server.requests).toHaveLength(0)
    expect(lines).toMatchObject([{ level: 'error', message: expect.stringContaining('STEAM_API_KEY') }])
  })

  it.each<[string, SteamFault]>([
    ['refuses it', { status: 403, body: `<html>bad key ${BAD_KEY}</html>` }],
    ['fails', { status: 500, body: BAD_KEY }],
    ['answers with it', { status: 200, body: `{"response":{"games":"${BAD_KEY}"}}` }],
    ['answers with junk', { status: 200, body: `${BAD_KEY} <html>` }],
    ['redirects', { status: 302, location: `/elsewhere?key=${BAD_KEY}` }],
    ['hangs', 'hang'],
    ['drops the connection', 'reset'],
    ['breaks off', 'cut'],
  ])('shows in no log line and no error where Steam %s', async (_what, fault) => {
    const { server, steam, lines, snapshots } = await openBench({ apiKey: BAD_KEY, limits: { tryMs: 100 } })
    server.fail(FOREVER, fault)
    const failure = await failureOf(steam.of(byId(ROBIN)))
    snapshots.saved.push(snapshotOf(ROBIN, 7))
    await steam.of(byId(ROBIN)).catch(() => {})
    const everything = `${everythingIn(failure)}\n${JSON.stringify(lines)}`
    expect(everything).toContain('Owned')
    expect(everything.toUpperCase()).not.toContain(BAD_KEY)
    expect(everything).not.toContain('key=')
  })

  it.each(['http://127.0.0.1:1', 'http://steam.invalid'])(
    'shows nowhere when nobody is at %s',
    async (apiUrl) => {
      const { steam, lines } = await openBench({ apiKey: BAD_KEY, apiUrl })
      const failure = await failureOf(steam.of(byId(ROBIN)))
      expect(failure).toMatchObject({ party: 'steam' })
      expect(`${everythingIn(failure)}\n${JSON.stringify(lines)}`).not.toContain(BAD_KEY)
    },
  )
})
