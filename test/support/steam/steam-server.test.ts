import { describe, expect, it, onTestFinished } from 'vitest'
import { startSteam } from './steam-server.ts'

const OWNED = 'IPlayerService/GetOwnedGames/v1/'
const ROBIN = '76561197960435530'

async function open() {
  const server = await startSteam()
  onTestFinished(server.stop)
  const get = (path: string, query: Record<string, string>, method = 'GET') =>
    fetch(`${server.url}/${path}?${new URLSearchParams(query)}`, { method })
  return { server, get, key: server.key }
}

describe('the stand-in for Steam', () => {
  it('finds fault with what Steam does not document', async () => {
    const { server, get, key } = await open()
    await get(OWNED, { key, steamid: ROBIN, include_app_info: '1' })
    await get(OWNED, { key, steamid: 'robin' })
    await get(OWNED, { key, steamid: ROBIN, include_appinfo: 'yes' })
    await get(OWNED, { key })
    await get('IPlayerService/GetOwnedGames/v2/', { key, steamid: ROBIN })
    await get('IPlayerService/GetGames/v1/', { key, steamid: ROBIN })
    await get(OWNED, { key, steamid: ROBIN }, 'POST')
    await get(OWNED, { steamid: ROBIN })
    await get('ISteamUser/GetPlayerSummaries/v2/', { key, steamids: Array(101).fill(ROBIN).join(',') })
    await get('IStoreService/GetAppList/v1/', { key, max_results: '50001' })
    expect(server.violations).toEqual([
      'GetOwnedGames has no parameter include_app_info',
      'GetOwnedGames: steamid is no uint64',
      'GetOwnedGames: include_appinfo is no bool',
      'GetOwnedGames needs steamid',
      'GetOwnedGames has no version 2',
      'no such method: /IPlayerService/GetGames/v1/',
      'GetOwnedGames takes no POST',
      'GetOwnedGames needs key',
      'GetPlayerSummaries: more than 100 steamids',
      'GetAppList: more than 50000 results',
    ])
  })

  it('leaves out what was not asked for, as Steam does', async () => {
    const { server, get, key } = await open()
    const games = [
      { appid: 1, name: 'One' },
      { appid: 2, free: true },
      { appid: 3, unvetted: true },
    ]
    server.player(ROBIN, { games })
    expect(await (await get(OWNED, { key, steamid: ROBIN })).json()).toEqual({
      response: { game_count: 1, games: [{ appid: 1, playtime_forever: 0, rtime_last_played: 0 }] },
    })
    expect(server.violations).toEqual([])
  })

  it('refuses a wrong key with a page of HTML', async () => {
    const { get } = await open()
    const answer = await get(OWNED, { key: 'wrong', steamid: ROBIN })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html'])
  })
})
