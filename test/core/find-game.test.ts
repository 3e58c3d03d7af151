import { describe, expect, it } from 'vitest'
import { findGame } from '../../core/find-game.ts'
import { gameId } from '../../core/ids.ts'
import type { Catalogue } from '../../core/ports.ts'

const SHELF = ['Papers, Please', 'Hades II', 'HADES', 'Hades', 'Café Owner™', '!!!'].map((name, i) => ({
  game: gameId(i + 1),
  name,
}))

/** Offers everything, as the catalogue does for whatever is similar enough. */
const catalogue = { games: async () => SHELF } as Partial<Catalogue> as Catalogue

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

  it.each(['Hadez', '???', '™'])('is not guessed from “%s”, but near names are offered', async (typed) => {
    expect(await findGame(catalogue, typed)).toEqual({
      kind: 'unknown-game',
      asked: typed,
      near: ['Papers, Please', 'Hades II', 'HADES'],
    })
  })

  it('is not looked for where nothing was typed', async () => {
    const silent = {
      games: async () => Promise.reject(new Error('asked')),
    } as Partial<Catalogue> as Catalogue
    expect(await findGame(silent, '  ')).toEqual({ kind: 'unknown-game', asked: '', near: [] })
  })
})
