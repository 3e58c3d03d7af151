import { expect, it } from 'vitest'
import { hasMode, modesFor } from '../../../core/catalogue/play-modes.ts'
import { game } from '../../support/builders/games.ts'

it.each([
  [['Online Co-op'], [], 8, true],
  [['Shared/Split Screen'], [], 4, true],
  [['Shared/Split Screen'], [], 5, false],
  [['Single-player'], ['Co-op', 'Multiplayer'], 2, false],
  [[], ['Multiplayer'], 2, true],
  [[], ['Local Co-Op'], 5, false],
  [[], [], 2, false],
])('of categories %j and tags %j, %i players: %s', (categories, tags, players, fits) => {
  expect(hasMode(game({ categories, tags, genres: ['Indie'] }), modesFor(players))).toBe(fits)
})
