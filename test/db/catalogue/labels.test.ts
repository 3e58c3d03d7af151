import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import { refreshLabels } from '../../../db/catalogue/labels.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()
const catalogue = createCatalogue(db)

beforeAll(() =>
  storeGames(
    db,
    { appid: 1, genres: ['Action', 'Indie'], tags: { Roguelike: 9, 'Single-player': 1 } },
    { appid: 2, genres: ['Action'], tags: { 'Rogue-like': 9, 'Action Roguelike': 2 } },
    { appid: 3, genres: ['Action'], categories: ['Singleplayer'], tags: { Roguelike: 2, Platformer: 2 } },
    { appid: 4, tags: { '2D Platformer': 1, "Beat 'em up": 1, '100% Orange': 1, Sci_fi: 1, '---': 1 } },
    { appid: 5, indie: false, tags: { Sports: 1 } },
    { appid: 6, type: 'dlc', tags: { Soundtrack: 1 } },
  ),
)

const names = async (typed: string, limit = 5) =>
  (await catalogue.labels(typed, limit)).map((label) => label.name)

describe('a label', () => {
  it.each(['Roguelike', 'roguelike', ' Rogue Like ', 'ROGUE-LIKE'])('is found as %j', async (typed) => {
    expect(await catalogue.label(typed)).toEqual({ name: 'Roguelike', games: 3 })
  })

  it('counts a game once, whichever ways it is spelled there', async () => {
    expect(await catalogue.label('singleplayer')).toMatchObject({ games: 2 })
  })

  it.each(['Sports', 'Soundtrack', 'Rogue', '-', '', '%', 'Rogue%', 'Sci%fi'])(
    'is not found as %j, which no indie game carries',
    async (typed) => {
      expect(await catalogue.label(typed)).toBeUndefined()
    },
  )
})

describe('suggested labels', () => {
  it('begin with what was typed first, then contain it', async () => {
    expect(await names('rogue')).toEqual(['Roguelike', 'Action Roguelike'])
    expect(await names('act')).toEqual(['Action', 'Action Roguelike'])
    expect(await names('up')).toEqual(["Beat 'em up"])
  })

  it.each([
    ['platfomer', 'Platformer'],
    ['roguelik', 'Roguelike'],
    ['rougelike', 'Roguelike'],
    ['beat em upp', "Beat 'em up"],
  ])('forgive %j, which means %j', async (typed, meant) => {
    expect((await names(typed))[0]).toBe(meant)
  })

  it('take wildcards for what they are', async () => {
    expect(await names('100%')).toEqual(['100% Orange'])
    expect(await names('%')).toEqual(['100% Orange'])
    expect(await names('a%n')).toEqual([])
  })

  it('are the most frequent ones before anything is typed, and at most as many as asked for', async () => {
    expect(await names('', 2)).toEqual(['Action', 'Roguelike'])
    expect(await names('', 0)).toEqual([])
  })

  it('survive whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (typed) => {
        expect((await catalogue.labels(typed, 25)).length).toBeLessThanOrEqual(25)
        expect((await catalogue.label(typed))?.games ?? 1).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('refreshing the labels', () => {
  it('can be done by several at once and changes nothing the second time', async () => {
    const before = await catalogue.labels('', 100)
    await Promise.all([refreshLabels(db), refreshLabels(db), refreshLabels(db)])
    expect(await catalogue.labels('', 100)).toEqual(before)
  })
})
