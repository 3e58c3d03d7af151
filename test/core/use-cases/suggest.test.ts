import { describe, expect, it } from 'vitest'
import { gameId } from '../../../core/ids.ts'
import { suggest } from '../../../core/use-cases/suggest.ts'
import { game } from '../../support/builders/games.ts'
import { memoryCatalogue, memoryPorts } from '../../support/fakes/ports.ts'

const LONG = `Slay ${'x'.repeat(100)}`
const catalogue = memoryCatalogue(
  ['Hades', 'Slay the Spire', 'Slay the Spire', LONG, 'Steins;Gate'].map((name, i) =>
    game({ id: gameId(i + 1), name, tags: ['Roguelike', 'Puzzle'], genres: ['Indie'] }),
  ),
)

const ports = memoryPorts({ catalogue })

const values = async (...asked: [Parameters<typeof suggest>[1], string]) =>
  (await suggest(ports, ...asked)).map(({ value }) => value)

describe('completion', () => {
  it('completes the last genre of a list and keeps the ones before it', async () => {
    expect(await suggest(ports, 'genre', 'Pu')).toEqual([{ name: 'Puzzle (5)', value: 'Puzzle' }])
    expect(await suggest(ports, 'genre', 'Puzzle,Ro')).toEqual([
      { name: 'Puzzle, Roguelike (5)', value: 'Puzzle, Roguelike' },
    ])
  })

  it('completes the last game of a list, and a single one with all that was typed', async () => {
    expect(await values('games', 'Hades ; slay')).toEqual(['Hades ; Slay the Spire'])
    expect(await values('game', 'Steins;G')).toEqual(['Steins;Gate'])
  })

  it('offers a name once, and none that is too long to be chosen', async () => {
    expect(await values('game', 'Slay')).toEqual(['Slay the Spire'])
  })

  it('completes a currency by its code and its names, and lets it be taken back', async () => {
    expect(await suggest(ports, 'currency', 'won')).toEqual([
      { name: 'KRW (South Korean Won, 대한민국 원)', value: 'KRW' },
    ])
    expect((await values('currency', '')).slice(0, 3)).toEqual(['none', 'EUR', 'GBP'])
    const many = new Map(
      [...Array(40).keys()].map((at) => [`X${String.fromCharCode(65 + (at % 26), 65 + at / 26)}`, 1]),
    )
    const rates = { table: async () => new Map([...many, ['USD', 1]]) }
    expect(await suggest({ ...ports, rates }, 'currency', '')).toHaveLength(25)
  })
})
