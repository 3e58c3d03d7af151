import { describe, expect, it } from 'vitest'
import { byId, FRAG, failureOf, openBench, ROBIN } from '../../support/steam/bench.ts'

describe('a profile', () => {
  it('is identified by its number without asking, and by its custom name', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { vanity: 'robin' })
    expect(await steam.identify(byId(FRAG))).toBe(FRAG)
    expect(server.requests).toHaveLength(0)
    expect(await steam.identify({ kind: 'vanity', name: 'ROBIN' })).toBe(ROBIN)
    expect(await steam.identify({ kind: 'vanity', name: 'nobody' })).toBeUndefined()
  })

  it('shows its name as it is now, each time', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { persona: 'Robin' })
    expect(await steam.personaName(ROBIN)).toBe('Robin')
    server.player(ROBIN, { persona: 'Hood', visibility: 'private' })
    expect(await steam.personaName(ROBIN)).toBe('Hood')
    expect(await steam.personaName(FRAG)).toBeUndefined()
  })

  it.each([
    [{ status: 503 }, 'steam'],
    [{ status: 403 }, 'steam-key'],
    [{ status: 200, body: '{"response":{}}' }, 'steam'],
  ] as const)('is not made up where Steam answers %o', async (fault, party) => {
    const { server, steam } = await openBench()
    server.fail(Number.POSITIVE_INFINITY, fault)
    expect(await failureOf(steam.personaName(ROBIN))).toMatchObject({ party })
    expect(await failureOf(steam.identify({ kind: 'vanity', name: 'robin' }))).toMatchObject({ party })
  })

  it('can be told by its number without a key, and by nothing else', async () => {
    const { steam } = await openBench({ apiKey: undefined })
    expect(await steam.identify(byId(ROBIN))).toBe(ROBIN)
    expect(await failureOf(steam.identify({ kind: 'vanity', name: 'robin' }))).toMatchObject({
      party: 'no-steam-key',
    })
    expect(await failureOf(steam.personaName(ROBIN))).toMatchObject({ party: 'no-steam-key' })
  })
})

describe('an account that is to be forgotten', () => {
  it('is gone from the memory of libraries and of names, and no other with it', async () => {
    const { server, steam } = await openBench()
    server.player(ROBIN, { vanity: 'robin', games: [{ appid: 7 }] })
    server.player(FRAG, { vanity: 'frag', games: [{ appid: 8 }] })
    const readBoth = async () => {
      await steam.of({ kind: 'vanity', name: 'robin' })
      await steam.of({ kind: 'vanity', name: 'frag' })
      return server.requests.length
    }
    expect(await readBoth()).toBe(4)
    expect(await readBoth()).toBe(4)
    steam.forget(ROBIN)
    expect(await readBoth()).toBe(6)
  })
})
