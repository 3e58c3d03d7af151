import { expect, it, vi } from 'vitest'
import { createApp } from '../../../core/app.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import { opinionsWithShowings } from '../../support/fakes/opinions.ts'
import {
  libraryOf,
  memoryCatalogue,
  memoryLibraries,
  memoryPorts,
  STEAM_ID,
} from '../../support/fakes/ports.ts'

const numbers = Array.from({ length: 12 }, (_, at) => gameId(at + 1))

it('an answer reads the facts of its games and what was said of them once', async () => {
  const catalogue = memoryCatalogue(numbers.map((id) => game({ id, name: `Game ${id}` })))
  const facts = vi.spyOn(catalogue, 'facts')
  const opinions = opinionsWithShowings()
  const of = vi.spyOn(opinions, 'of')
  const libraries = memoryLibraries(libraryOf([{ game: gameId(1), minutes: 90, name: undefined }]))
  const reply = await createApp(memoryPorts({ catalogue, opinions, libraries })).handle({
    ...{ ...asker(), kind: 'recommend', player: { kind: 'steam', ...readAccount(STEAM_ID) } },
    ...{ filterInput: ANYTHING, count: 10, discovery: 'balanced' },
  })
  expect(reply.blocks.filter(({ kind }) => kind === 'game')).toHaveLength(5)
  expect(of).toHaveBeenCalledTimes(1)
  const asked = facts.mock.calls.flatMap(([games]) => games)
  expect(asked).toHaveLength(new Set(asked).size)
})
