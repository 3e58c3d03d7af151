import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { byId, FRAG, failureOf, gamesOf, openBench, ROBIN } from '../../support/steam/bench.ts'

const FIXTURES = new URL('../../fixtures/steam/', import.meta.url)
const fixture = (name: string) => readFileSync(new URL(name, FIXTURES), 'utf8')
const answer = (response: unknown) => ({ status: 200, body: JSON.stringify({ response }) })

describe('what Steam says of a player', () => {
  it('becomes a library, ascending, with minutes and names', async () => {
    const { server, steam } = await openBench({ now: () => new Date('2026-11-23T12:00:00Z') })
    server.player(ROBIN, {
      games: [
        { appid: 620, name: 'Portal 2', minutes: 90 },
        { appid: 220, name: 'Half-Life 2' },
      ],
    })
    expect(await steam.of(byId(ROBIN))).toEqual({
      kind: 'library',
      stale: false,
      library: {
        steamId: ROBIN,
        fetchedAt: new Date('2026-11-23T12:00:00Z'),
        games: [
          { game: 220, minutes: 0, name: 'Half-Life 2' },
          { game: 620, minutes: 90, name: 'Portal 2' },
        ],
      },
    })
  })

  it('includes free games that were played and games not vetted', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { games: [{ appid: 1 }, { appid: 440, free: true }, { appid: 9, unvetted: true }] })
    expect(gamesOf(await steam.of(byId(ROBIN))).map((owned) => owned.game)).toEqual([1, 9, 440])
  })

  it('reads the recorded answers', async () => {
    const { server, steam } = await openBench()
    server.fail(1, { status: 200, body: fixture('getownedgames_v1.json') }, 'GetOwnedGames')
    expect(gamesOf(await steam.of(byId(ROBIN)))).toEqual([
      { game: 220, minutes: 1311, name: 'Half-Life 2' },
      { game: 440, minutes: 48213, name: 'Team Fortress 2' },
      { game: 620, minutes: 0, name: 'Portal 2' },
    ])
    server.fail(2, answer({}), 'GetOwnedGames')
    server.fail(2, { status: 200, body: fixture('getplayersummaries_v2.json') }, 'GetPlayerSummaries')
    expect(await steam.of(byId(FRAG))).toEqual({ kind: 'hidden-games' })
    const quietOne = { kind: 'id', id: '76561198087654321' as typeof ROBIN } as const
    expect(await steam.of(quietOne)).toEqual({ kind: 'private-profile' })
  })

  it('is an ordinary library where all playtime is hidden', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { games: [{ appid: 1 }, { appid: 2 }] })
    expect(gamesOf(await steam.of(byId(ROBIN))).every((owned) => owned.minutes === 0)).toBe(true)
  })

  it('tells nobody, a private profile, hidden games and an empty library apart', async () => {
    const { server, steam } = await openBench()
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'no-profile' })
    server.player(ROBIN, { visibility: 'private', games: [{ appid: 1 }] })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'private-profile' })
    server.player(ROBIN, { visibility: 'hidden-games', games: [{ appid: 1 }] })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'hidden-games' })
    server.player(ROBIN, { games: [] })
    expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'empty', steamId: ROBIN })
    server.player(ROBIN, { games: [{ appid: 1 }] })
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
  })

  it('is an empty library with and without a list of games', async () => {
    const { server, steam } = await openBench()
    for (const response of [{ game_count: 0 }, { game_count: 0, games: [] }, { games: [] }]) {
      server.fail(1, answer(response))
      expect(await steam.of(byId(ROBIN))).toEqual({ kind: 'empty', steamId: ROBIN })
    }
    expect(server.requests).toHaveLength(3)
  })

  it('is found by the custom name', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { vanity: 'RobinWalker', games: [{ appid: 1 }] })
    expect(gamesOf(await steam.of({ kind: 'vanity', name: 'robinwalker' }))).toHaveLength(1)
    expect(await steam.of({ kind: 'vanity', name: 'nobody-at-all' })).toEqual({ kind: 'no-profile' })
  })

  it('loses bad entries one by one and merges those that come twice', async () => {
    const { server, steam } = await openBench()
    const games = [
      { appid: 30, playtime_forever: 5, name: 'Thirty' },
      { appid: 10, playtime_forever: 7 },
      { appid: 30, playtime_forever: 9 },
      { appid: 10, playtime_forever: 2, name: 'Ten' },
      { appid: -1, playtime_forever: 5 },
      { appid: 1.5, playtime_forever: 5 },
      { appid: 2 ** 40, playtime_forever: 5 },
      { appid: '40', playtime_forever: 5 },
      { appid: 50, playtime_forever: -3 },
      { appid: 60, playtime_forever: 1e300 },
      { appid: 70, playtime_forever: 'long' },
      { appid: 80, name: { toString: 'x' } },
      { appid: 90, playtime_forever: 1, name: 'n'.repeat(5_000) },
      null,
      'game',
    ]
    server.fail(1, answer({ game_count: games.length, games }))
    expect(gamesOf(await steam.of(byId(ROBIN)))).toEqual([
      { game: 10, minutes: 7, name: 'Ten' },
      { game: 30, minutes: 9, name: 'Thirty' },
      { game: 80, minutes: 0, name: undefined },
      { game: 90, minutes: 1, name: 'n'.repeat(300) },
    ])
  })

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['no response', '{"error":"busy"}'],
    ['games that are no list', '{"response":{"games":{"appid":1}}}'],
    ['a count without games', '{"response":{"game_count":12}}'],
    ['games of which none can be read', '{"response":{"game_count":1,"games":[{"appid":"x"}]}}'],
  ])('is a failure of that one answer where it holds %s', async (_what, body) => {
    const { server, steam } = await openBench({ limits: { failuresToPause: 1 } })
    server.player(ROBIN, { games: [{ appid: 1 }] })
    server.fail(1, { status: 200, body })
    expect(await failureOf(steam.of(byId(ROBIN)))).toMatchObject({ party: 'steam' })
    expect(server.requests).toHaveLength(1)
    expect(gamesOf(await steam.of(byId(ROBIN)))).toHaveLength(1)
  })

  it('is a failure where a custom name leads to a group', async () => {
    const { server, steam } = await openBench()
    server.fail(1, answer({ success: 1, steamid: '103582791429521412' }))
    expect(await failureOf(steam.of({ kind: 'vanity', name: 'valve' }))).toMatchObject({ party: 'steam' })
  })

  it('is a library of 50,000 games too', async () => {
    const { server, steam } = await openBench({ limits: { tryMs: 10_000, budgetMs: 14_000 } })
    const name = 'A game with a name of usual length'
    server.player(ROBIN, { games: Array.from({ length: 50_000 }, (_, i) => ({ appid: 50_000 - i, name })) })
    const games = gamesOf(await steam.of(byId(ROBIN)))
    expect([games.length, games[0]?.game, games.at(-1)?.game]).toEqual([50_000, 1, 50_000])
  })
})
