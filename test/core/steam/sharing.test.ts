import { describe, expect, it } from 'vitest'
import type { SteamId } from '../../../core/ids.ts'
import { byId, FRAG, failureOf, gamesOf, openBench, ROBIN } from '../../support/steam/bench.ts'

/** A try that a busy machine cuts off would be a second request. */
const PATIENT = { limits: { tryMs: 8_000 } }

const ROBIN_BY_NAME = { kind: 'vanity', name: 'robin' } as const

describe('asking for one player many times', () => {
  it('is one request while a hundred wait', async () => {
    const { server, steam, snapshots } = await openBench(PATIENT)
    server.player(ROBIN, { games: [{ appid: 1 }] })
    const answers = await Promise.all(Array.from({ length: 100 }, () => steam.of(byId(ROBIN))))
    expect(new Set(answers).size).toBe(1)
    expect(server.requests).toHaveLength(1)
    expect(snapshots.saved).toHaveLength(1)
  })

  it('is one fetch by name and by id together', async () => {
    const { server, steam } = await openBench(PATIENT)
    server.player(ROBIN, { vanity: 'robin', games: [{ appid: 1 }] })
    const targets = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? ROBIN_BY_NAME : byId(ROBIN)))
    await Promise.all(targets.map((target) => steam.of(target)))
    expect(server.requests.map((call) => call.method).sort()).toEqual(['GetOwnedGames', 'ResolveVanityURL'])
  })

  it('fails for all who wait, and starts anew for the next', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.fail(1, { status: 400 })
    await Promise.all(Array.from({ length: 10 }, () => failureOf(steam.of(byId(ROBIN)))))
    expect(server.requests).toHaveLength(1)
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
  })

  it('is answered from memory for an hour, then afresh', async () => {
    let now = new Date('2026-11-23T12:00:00Z')
    const { server, steam } = await openBench({ ...PATIENT, now: () => now })
    server.player(ROBIN, { vanity: 'robin', games: [{ appid: 1 }] })
    await steam.of(ROBIN_BY_NAME)
    now = new Date('2026-11-23T12:59:59Z')
    server.player(ROBIN, { vanity: 'robin', games: [{ appid: 1 }, { appid: 2 }] })
    expect(gamesOf(await steam.of(ROBIN_BY_NAME))).toHaveLength(1)
    expect(server.requests).toHaveLength(2)
    now = new Date('2026-11-23T13:00:00Z')
    expect(gamesOf(await steam.of(ROBIN_BY_NAME))).toHaveLength(2)
    expect(server.requests).toHaveLength(4)
  })

  it('never mixes players up', async () => {
    const { server, steam } = await openBench(PATIENT)
    const ids = Array.from({ length: 60 }, (_, i) => String(BigInt(ROBIN) + BigInt(i)) as SteamId)
    for (const [i, id] of ids.entries()) server.player(id, { games: [{ appid: i + 1 }] })
    const answers = await Promise.all(ids.map((id) => steam.of(byId(id))))
    expect(answers.map((answer) => gamesOf(answer)[0]?.game)).toEqual(ids.map((_, i) => i + 1))
  })

  it('turns away at once what does not fit into the queue', async () => {
    const { server, steam } = await openBench({ limits: { concurrent: 1, queued: 0 } })
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.player(FRAG, { games: [{ appid: 2 }] })
    const first = steam.of(byId(ROBIN))
    expect(await failureOf(steam.of(byId(FRAG)))).toMatchObject({ party: 'steam' })
    expect(gamesOf(await first)).toHaveLength(1)
    expect(gamesOf(await steam.of(byId(FRAG)))).toHaveLength(1)
  })

  it('fetches anew what memory had no room for', async () => {
    const { server, steam } = await openBench({ limits: { rememberedGames: 2 } })
    server.player(ROBIN, { games: [{ appid: 1 }, { appid: 2 }] })
    server.player(FRAG, { games: [{ appid: 3 }] })
    for (const id of [ROBIN, ROBIN, FRAG, ROBIN]) await steam.of(byId(id))
    expect(server.requests.map((call) => call.parameters.steamid)).toEqual([ROBIN, FRAG, ROBIN])
  })
})
