import { describe, expect, it } from 'vitest'
import { findLabels } from '../../../core/use-cases/read-filter.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue } from '../../support/fakes/ports.ts'

const catalogue = memoryCatalogue([
  game({ tags: ['Roguelike', 'Horror', 'Point & Click', 'Hack and Slash'], genres: [] }),
])

describe('what is typed for tags', () => {
  it.each([
    ['roguelike', ['Roguelike']],
    ['#Roguelike', ['Roguelike']],
    ['Roguelike and Horror', ['Roguelike', 'Horror']],
    ['Roguelike + Horror', ['Roguelike', 'Horror']],
    ['roguelike/horror', ['Roguelike', 'Horror']],
    ['#roguelike #horror', ['Roguelike', 'Horror']],
    ['Point & Click', ['Point & Click']],
    ['hack and slash', ['Hack and Slash']],
  ])('%s', async (typed, labels) => expect(await findLabels(catalogue, [typed])).toEqual(labels))

  it.each(['Roguelike and Horor', '+', '-Horror', 'Roguelike & -Horror', ''])(
    'is refused whole where a part of it is none: %j',
    async (typed) => {
      expect(await findLabels(catalogue, [typed])).toMatchObject({ kind: 'unknown-genre', asked: typed })
    },
  )
})
