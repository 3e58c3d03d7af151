import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()
const catalogue = createCatalogue(db)

beforeAll(() =>
  storeGames(
    db,
    { appid: 1, name: 'Slay the Spire', positive: 900, negative: 100 },
    { appid: 2, name: 'Slay', positive: 1, negative: 0 },
    { appid: 3, name: 'Slay the Spire 2', indie: false, positive: 5000, negative: 0 },
    { appid: 4, name: 'How to Slay', positive: 2_147_483_647, negative: 2_147_483_647 },
    { appid: 5, name: 'Slay the Spire Soundtrack', type: 'soundtrack', positive: 9_999, negative: 0 },
    { appid: 6, name: 'Hades', positive: 50, negative: 0 },
    { appid: 7, name: '100% Orange_Juice' },
    { appid: 8, name: '100 Oranges' },
    { appid: 9, name: 'Žižkov Éclair' },
    { appid: 10, name: '시티즈' },
    { appid: 11, name: 'Papers, Please' },
    { appid: 12, name: 'Twins', positive: 5, negative: 5 },
    { appid: 13, name: 'Twins', positive: 5, negative: 5 },
  ),
)

const names = async (typed: string, limit = 25) =>
  (await catalogue.games(typed, limit)).map(({ name }) => name)
const ids = async (typed: string, limit = 25) => (await catalogue.games(typed, limit)).map(({ game }) => game)

describe('games by name', () => {
  it('are those called so, then those that begin with it, then those that contain it, the popular ones first', async () => {
    expect(await names('slay')).toEqual(['Slay', 'Slay the Spire 2', 'Slay the Spire', 'How to Slay'])
    expect(await names('SLAY THE')).toEqual(expect.arrayContaining(['Slay the Spire 2', 'Slay the Spire']))
  })

  it('are complete from the first letter on', async () => {
    expect(await names('h', 2)).toEqual(['How to Slay', 'Hades'])
    expect(await names('시')).toEqual(['시티즈'])
  })

  it.each([
    ['slay teh spire', 'Slay the Spire'],
    ['hadse', 'Hades'],
    ['papers pleas', 'Papers, Please'],
    ['  papers please ', 'Papers, Please'],
    ['žižkov eclair', 'Žižkov Éclair'],
  ])('forgive %j, which means %j', async (typed, meant) => {
    expect((await names(typed))[0]).toBe(meant)
  })

  it('may be no indie games, but are games', async () => {
    expect(await names('Slay the Spire', 9)).not.toContain('Slay the Spire Soundtrack')
    expect(await names('Slay the Spire 2')).toContain('Slay the Spire 2')
  })

  it('take wildcards and backslashes for what they are', async () => {
    expect(await names('100%')).toEqual(expect.arrayContaining(['100% Orange_Juice']))
    expect((await names('100% O'))[0]).toBe('100% Orange_Juice')
    expect(await names('ge_j')).toEqual(['100% Orange_Juice'])
    expect(await names('%')).toEqual([])
    expect(await names('h_d')).toEqual([])
    expect(await names('\\')).toEqual([])
  })

  it('stand in one order, however often they are asked for', async () => {
    expect(await ids('twins')).toEqual([12, 13])
    expect(await ids('twins', 1)).toEqual([12])
  })

  it('are none before anything is typed', async () => {
    expect(await names('  ')).toEqual([])
  })

  it('survive whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (typed) => {
        expect((await catalogue.games(typed, 5)).length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 60 },
    )
  })
})
