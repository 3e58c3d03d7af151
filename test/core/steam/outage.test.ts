import { describe, expect, it } from 'vitest'
import { readRetryAfter } from '../../../core/steam/get-json.ts'
import { LIMITS } from '../../../core/steam/limits.ts'
import { byId, FRAG, failureOf, gamesOf, openBench, ROBIN, snapshotOf } from '../../support/steam/bench.ts'
import type { SteamFault } from '../../support/steam/steam-server.ts'
import { eventually } from '../../support/waiting.ts'

const FOREVER = Number.POSITIVE_INFINITY

const PASSING: readonly [string, SteamFault][] = [
  ['429', { status: 429 }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['a dropped connection', 'reset'],
  ['no answer at all', 'hang'],
  ['an answer that breaks off', 'cut'],
  ['an answer that stops arriving', 'stall'],
  ['HTML with status 200', { status: 200, body: '<html>We are down for maintenance</html>' }],
  ['an empty body with status 200', { status: 200, body: '' }],
  ['a throttle that only a header tells', { status: 200, body: '{"response":{}}', eresult: '84' }],
  ['an empty object with such a header', { status: 200, body: '{}', eresult: '2' }],
  ['an empty body with a header that all is well', { status: 200, body: '', eresult: '1' }],
]

describe('while Steam stumbles', () => {
  it.each(PASSING)('asks again after %s', async (_what, fault) => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.fail(2, fault)
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
    expect(server.requests).toHaveLength(3)
  })

  it.each(PASSING.filter(([, fault]) => fault !== 'stall'))(
    'gives up after three tries of %s',
    async (_what, fault) => {
      const { server, steam } = await openBench()
      server.fail(FOREVER, fault)
      expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ name: 'Unavailable', party: 'steam' })
      expect(server.requests).toHaveLength(3)
    },
  )

  it('does not ask again for what Steam finds fault with', async () => {
    const { server, steam } = await openBench()
    server.fail(FOREVER, { status: 400 })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(server.requests).toHaveLength(1)
  })

  it('hangs up on an answer without end', async () => {
    const { server, steam } = await openBench({ limits: { tryMs: 8_000 } })
    server.fail(1, 'endless')
    const failure = await failureOf(steam.of(byId(ROBIN)))
    expect(failure).toMatchObject({ party: 'steam', cause: { kind: 'garbled' } })
    expect(server.requests).toHaveLength(1)
  })

  it('follows no redirect, which would carry the key elsewhere', async () => {
    const { server, steam } = await openBench()
    const other = await openBench()
    server.fail(FOREVER, { status: 302, location: `${other.server.url}/IPlayerService/GetOwnedGames/v1/` })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(other.server.requests).toHaveLength(0)
  })

  it('waits as long as Retry-After says', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.fail(1, { status: 429, retryAfter: '1' })
    const start = performance.now()
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
    expect(performance.now() - start).toBeGreaterThan(990)
  })

  it('gives up at once where Retry-After goes beyond its time', async () => {
    const { server, steam } = await openBench()
    server.fail(FOREVER, { status: 429, retryAfter: '60' })
    const start = performance.now()
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(performance.now() - start).toBeLessThan(60_000)
    expect(server.requests).toHaveLength(1)
  })

  it('reads Retry-After as seconds or as a date', () => {
    const now = new Date('2026-11-23T12:00:00Z')
    expect(readRetryAfter('7', now)).toBe(7_000)
    expect(readRetryAfter('Mon, 23 Nov 2026 12:00:09 GMT', now)).toBe(9_000)
    expect(readRetryAfter('Mon, 23 Nov 2026 11:00:00 GMT', now)).toBe(0)
    expect(readRetryAfter('soon', now)).toBeUndefined()
    expect(readRetryAfter(null, now)).toBeUndefined()
  })

  it.each(['hang', 'stall'] as const)(
    'answers within its budget whatever the tries take (%s)',
    async (fault) => {
      const { server, steam } = await openBench({ limits: { budgetMs: 300, tryMs: 60_000 } })
      server.fail(FOREVER, fault)
      const start = performance.now()
      expect(await failureOf(steam.of({ kind: 'vanity', name: 'robin' }))).toMatchObject({ party: 'steam' })
      expect(performance.now() - start).toBeLessThan(60_000)
    },
  )
})

describe('while Steam is away', () => {
  it('keeps players waiting less than 15 seconds, and pauses for no more than 30', () => {
    expect(LIMITS.budgetMs).toBeLessThan(15_000)
    expect(LIMITS.pauseMs).toBeLessThanOrEqual(30_000)
  })

  it('serves the last snapshot, and says that it is one', async () => {
    const { server, steam, snapshots } = await openBench()
    snapshots.saved.push(snapshotOf(ROBIN, 7))
    server.fail(FOREVER, { status: 503 })
    const answer = await steam.of(byId(ROBIN))
    expect(answer).toEqual({ kind: 'library', stale: true, library: snapshotOf(ROBIN, 7) })
  })

  it('serves the snapshot where nobody listens at all', async () => {
    const { server, steam, snapshots } = await openBench()
    snapshots.saved.push(snapshotOf(ROBIN, 7))
    await server.stop()
    expect(await steam.of(byId(ROBIN))).toMatchObject({ stale: true })
  })

  it('remembers whom a custom name meant', async () => {
    let now = new Date('2026-11-23T12:00:00Z')
    const { server, steam } = await openBench({ now: () => now })
    server.player(ROBIN, { vanity: 'robin', games: [{ appid: 1 }] })
    await steam.of({ kind: 'vanity', name: 'robin' })
    now = new Date('2026-11-24T12:00:00Z')
    server.fail(FOREVER, 'reset')
    expect(await steam.of({ kind: 'vanity', name: 'Robin' })).toMatchObject({ stale: true })
  })

  it('saves each library it fetched, and lives with a save that fails', async () => {
    const good = await openBench()
    good.server.player(ROBIN, { games: [{ appid: 1 }] })
    await good.steam.of(byId(ROBIN))
    expect(good.snapshots.saved.map((library) => library.steamId)).toEqual([ROBIN])

    const save = () => Promise.reject(new Error('disk full'))
    const bad = await openBench({
      snapshots: { save, forget: async () => {}, latest: async () => undefined },
    })
    bad.server.player(ROBIN, { games: [{ appid: 1 }] })
    expect(gamesOf(await bad.steam.of(byId(ROBIN)))).toHaveLength(1)
    expect(bad.lines).toMatchObject([{ level: 'warn', fields: { error: 'disk full' } }])
  })

  it('is unavailable where the snapshot cannot be read either', async () => {
    const latest = () => Promise.reject(new Error('no database'))
    const { server, steam } = await openBench({
      snapshots: { save: async () => {}, forget: async () => {}, latest },
    })
    server.fail(FOREVER, { status: 500 })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
  })

  it('brings nothing out of a snapshot that the player hides now', async () => {
    const { server, steam, snapshots } = await openBench()
    snapshots.saved.push(snapshotOf(ROBIN, 7))
    server.player(ROBIN, { visibility: 'private' })
    server.fail(FOREVER, { status: 503 }, 'GetPlayerSummaries')
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
  })

  it.each(['private', 'hidden-games', 'unexplained'] as const)(
    'shows no library of before once it was %s, however Steam fails afterwards',
    async (how) => {
      let now = new Date('2026-11-23T12:00:00Z')
      const { server, steam, snapshots, open } = await openBench({ limits: { tries: 1 }, now: () => now })
      server.player(ROBIN, { games: [{ appid: 1 }] })
      expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
      now = new Date('2026-11-23T13:00:00Z')
      server.player(ROBIN, { visibility: how === 'unexplained' ? 'private' : how })
      if (how === 'unexplained') {
        server.fail(1, { status: 503 }, 'GetPlayerSummaries')
        await failureOf(steam.of(byId(ROBIN)))
      } else await steam.of(byId(ROBIN))
      server.fail(FOREVER, { status: 503 })
      expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
      expect(await failureOf(open().of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
      expect(snapshots.saved).toEqual([])
    },
  )

  it('shows no hidden library whose snapshot could not be deleted', async () => {
    const forget = () => Promise.reject(new Error('no database'))
    const save = async () => {}
    const latest = async () => snapshotOf(ROBIN, 7)
    const { server, steam, lines } = await openBench({ snapshots: { save, forget, latest } })
    server.player(ROBIN, { visibility: 'hidden-games' })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'hidden-games' })
    server.fail(FOREVER, { status: 503 })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(lines[0]).toMatchObject({ level: 'warn', fields: { error: 'no database' } })
  })

  it('leaves Steam alone after six failures in a row, and asks again after the pause', async () => {
    const { server, steam, lines } = await openBench({ limits: { pauseMs: 1_000 } })
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.fail(FOREVER, { status: 503 })
    await failureOf(steam.of(byId(ROBIN)))
    await failureOf(steam.of(byId(ROBIN)))
    expect(server.requests).toHaveLength(6)
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(server.requests).toHaveLength(6)
    server.heal()
    await eventually(async () => expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1))
    expect(server.requests).toHaveLength(7)
    expect(lines.map((line) => line.message)).toEqual([
      'Steam is not answering: pausing requests',
      'Steam answers again',
    ])
  })

  it('pauses again where the first try after a pause fails', async () => {
    const { server, steam } = await openBench({
      limits: { tries: 1, tryMs: 100, failuresToPause: 1, pauseMs: 1_000 },
    })
    server.fail(FOREVER, 'hang')
    await failureOf(steam.of(byId(ROBIN)))
    await eventually(async () => {
      await failureOf(steam.of(byId(ROBIN)))
      expect(server.requests).toHaveLength(2)
    })
    await failureOf(steam.of(byId(FRAG)))
    expect(server.requests).toHaveLength(2)
  })

  it('waits for a library of 25,000 games while it keeps arriving', async () => {
    const { server, steam } = await openBench({ limits: { tryMs: 400 } })
    server.player(ROBIN, { games: Array.from({ length: 25_000 }, (_, at) => ({ appid: at + 1 })) })
    server.fail(1, { pieces: 20, everyMs: 50 })
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(25_000)
    expect(server.requests).toHaveLength(1)
  })

  it('asks for others while one player’s library never comes', async () => {
    const { server, steam } = await openBench({ limits: { tryMs: 50 } })
    server.player(FRAG, { games: [{ appid: 1 }] })
    server.fail(12, 'hang')
    for (let i = 0; i < 4; i += 1) await failureOf(steam.of(byId(ROBIN)))
    expect(server.requests).toHaveLength(12)
    expect(gamesOf(await steam.of(byId(FRAG)))).toHaveLength(1)
  })

  it('takes no answer at all for hidden games only where Steam says that all is well', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { visibility: 'hidden-games' })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'hidden-games' })
    server.fail(1, { status: 200, body: '{"response":{}}' })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'hidden-games' })
    server.fail(FOREVER, { status: 200, body: '{"response":{}}', eresult: '84' }, 'GetOwnedGames')
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
  })

  it('never counts private profiles, bad requests or unknown names against Steam', async () => {
    const { server, steam } = await openBench({ limits: { failuresToPause: 1 } })
    server.player(ROBIN, { visibility: 'private' })
    for (let i = 0; i < 5; i += 1) {
      await steam.of(byId(ROBIN))
      await steam.of({ kind: 'vanity', name: 'nobody' })
      server.fail(1, { status: 404 })
      await failureOf(steam.of(byId(FRAG)))
    }
    server.player(FRAG, { games: [{ appid: 1 }] })
    expect(gamesOf(await steam.of(byId(FRAG)))).toHaveLength(1)
  })
})
