import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import { findGame } from '../../../core/catalogue/find-game.ts'
import { nameGames } from '../../../core/catalogue/name-games.ts'
import { gameId } from '../../../core/ids.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'

const SHELF = ['Papers, Please', 'Hades II', 'HADES', 'Hades', 'Café Owner™', '!!!'].map((name, i) => ({
  game: gameId(i + 1),
  name,
}))

/** Offers everything, as the catalogue does for whatever is similar enough. */
const catalogue = {
  games: async () => SHELF,
  facts: async () => new Map(),
} as Partial<Catalogue> as Catalogue

describe('a game that is named', () => {
  it.each([
    ['Hades', 4],
    ['HADES', 3],
    ['hades ii', 2],
    [' papers please ', 1],
    ['PAPERS,PLEASE', 1],
    ['cafe owner', 5],
    ['!!!', 6],
  ])('is found as “%s”', async (typed, id) => {
    expect(await findGame(catalogue, typed)).toMatchObject({ game: id })
  })

  it.each(['Hotel', '???', '™'])('is not guessed from “%s”, but near names are offered', async (typed) => {
    expect(await findGame(catalogue, typed)).toEqual({
      kind: 'unknown-game',
      asked: typed,
      near: SHELF.slice(0, 3),
    })
  })

  it('is not looked for where nothing was typed', async () => {
    const silent = {
      games: async () => Promise.reject(new Error('asked')),
    } as Partial<Catalogue> as Catalogue
    expect(await findGame(silent, '  ')).toEqual({ kind: 'unknown-game', asked: '', near: [] })
  })
})

const TITLES = [
  'Half-Life',
  'Dog Half Life',
  'Hades II',
  'FTL: Faster Than Light',
  'Sam & Max Save the World',
  "Baldur's Gate 3",
  'Café Owner™',
  'The Witcher 3: Wild Hunt',
  'STEINS;GATE',
  'Papers, Please',
  'Celeste',
  'Twins',
  'Twins',
  '2048',
  '140',
]
const shelf = memoryCatalogue(
  TITLES.map((name, at) =>
    game({ id: gameId(at + 1), name, release: { at: `20${10 + at}-01-01`, precision: 'year' } }),
  ),
)
/** As the real one, which finds by any spelling. */
const library: Catalogue = {
  ...shelf,
  games: async () => TITLES.map((name, at) => ({ game: gameId(at + 1), name })),
}
const nameOf = async (typed: string) => {
  const found = await findGame(library, typed)
  return 'kind' in found ? found.kind : `${found.name}${found.guessed ? '?' : ''}`
}

describe('a title', () => {
  it.each([
    ['Half Life', 'Half-Life'],
    ['halflife', 'Half-Life'],
    ['hades 2', 'Hades II'],
    ['Hades2', 'Hades II'],
    ['HADES Ⅱ', 'Hades II'],
    ['Baldurs Gate III', "Baldur's Gate 3"],
    ['baldur’s gate 3', "Baldur's Gate 3"],
    ['Sam and Max: Save the World', 'Sam & Max Save the World'],
    ['Sam ＆ Max Save the World', 'Sam & Max Save the World'],
    ['cafe owner', 'Café Owner™'],
    ['FTL', 'FTL: Faster Than Light?'],
    ['Witcher 3', 'The Witcher 3: Wild Hunt?'],
    ['ftl – faster than light', 'FTL: Faster Than Light'],
    ['Celste', 'Celeste?'],
    ['2048', '2048'],
    ['140', '140'],
    ['3', 'Hades II'],
    ['https://store.steampowered.com/app/3/Hades_II/?l=korean', 'Hades II'],
    ['store.steampowered.com/app/3', 'Hades II'],
    ['https://steamcommunity.com/app/3/reviews', 'Hades II'],
    ['https://s.team/a/3', 'Hades II'],
    ['https://store.steampowered.com/app/999', 'unknown-game'],
    ['Twins', 'several-games'],
  ])('%j is read as %j', async (typed, name) => {
    expect(await nameOf(typed)).toBe(name)
  })

  it('that two games have offers both, with what tells them apart', async () => {
    expect(await findGame(library, 'twins')).toMatchObject({
      kind: 'several-games',
      games: [
        { game: 12, about: ['2021', 'Pickaxe Kitchen'] },
        { game: 13, about: ['2022', 'Pickaxe Kitchen'] },
      ],
    })
  })

  it.each([
    [
      ['STEINS', 'GATE', 'Celeste'],
      [9, 11],
    ],
    [
      ['Papers, Please', 'Celeste'],
      [10, 11],
    ],
    [['Papers, Please, Celeste'], [10, 11]],
    [['Celeste', 'Celeste'], [11]],
  ])('keeps its commas and semicolons in a list: %j', async (parts, numbers) => {
    const named = await nameGames(library, parts)
    expect(Array.isArray(named) && named.map(({ game: number }) => number)).toEqual(numbers)
  })
})
