import { describe, expect, it } from 'vitest'
import { createApp } from '../../../core/app.ts'
import type { CommandRequest, Player } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId, type SteamId } from '../../../core/ids.ts'
import type { LibraryAnswer, Profiles } from '../../../core/players/library.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Reply } from '../../../core/reply.ts'
import { asShown } from '../../support/as-shown.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import { memoryAccountsAt } from '../../support/fakes/memory-accounts.ts'
import {
  libraryOf,
  memoryCatalogue,
  memoryLibraries,
  memoryPorts,
  STEAM_ID,
} from '../../support/fakes/ports.ts'

const shelf = [
  game({ id: gameId(1), name: 'Hades', tags: ['Roguelike'] }),
  game({ id: gameId(2), name: 'Celeste', tags: ['Roguelike'] }),
]
const library = libraryOf([{ game: gameId(1), minutes: 90, name: undefined }])

function appWith(answer: LibraryAnswer, steamId?: SteamId) {
  const profiles: Profiles = { identify: async () => steamId, personaName: async () => undefined }
  return createApp(
    memoryPorts({
      ...{ catalogue: memoryCatalogue(shelf), libraries: memoryLibraries(answer), profiles },
      accounts: memoryAccountsAt(() => new Date()),
    }),
  )
}

const words = (reply: Reply) =>
  asShown(JSON.stringify(reply.blocks.filter(({ kind }) => kind === 'text' || kind === 'hint')))

const player = (typed: string): Player => ({ kind: 'steam', ...readAccount(typed) })
const asked = {
  recommend: (typed: string): CommandRequest => ({
    ...{ ...asker(), kind: 'recommend', player: player(typed) },
    ...{ filterInput: ANYTHING, count: 5, discovery: 'balanced' },
  }),
  taste: (typed: string): CommandRequest => ({ ...asker(), kind: 'taste', player: player(typed) }),
  link: (typed: string): CommandRequest => ({ ...asker(), kind: 'link', ...readAccount(typed) }),
}

describe('a name that a game or tag has too, where a Steam ID is expected', () => {
  it.each(['recommend', 'taste'] as const)('is answered with whose library it was: /%s', async (kind) => {
    const app = appWith(library)
    expect(words(await app.handle(asked[kind]('Hades')))).toContain(
      'the library of the Steam profile called “Hades”. Not who you meant? Try `/recommend like:Hades`.',
    )
    expect(words(await app.handle(asked[kind]('roguelike')))).toContain('`/recommend genre:Roguelike`')
  })

  it.each(['recommend', 'taste'] as const)(
    'is asked back where there is no such profile: /%s',
    async (kind) => {
      const reply = await appWith({ kind: 'no-profile' }).handle(asked[kind]('Hades'))
      expect(words(reply)).toContain('Did you mean `/recommend like:Hades`?')
    },
  )

  it('may be the page of a game in the store', async () => {
    const reply = await appWith(library).handle(
      asked.recommend('https://store.steampowered.com/app/1145360/Hades/'),
    )
    expect(words(reply)).toContain('Did you mean `/recommend like:1145360`?')
  })

  it('is told before an account is linked by it', async () => {
    const reply = await appWith(library, STEAM_ID).handle(asked.link('Hades'))
    expect(words(reply)).toContain('the account of the Steam profile called “Hades”')
    const none = await appWith({ kind: 'no-profile' }).handle(asked.link('Hades'))
    expect(words(none)).toContain('Did you mean `/recommend like:Hades`?')
  })

  it.each(['gabelogannewell', 'https://steamcommunity.com/id/Hades', STEAM_ID])(
    'is not suspected where it can be nothing else: %s',
    async (typed) => {
      const app = appWith(library, STEAM_ID)
      const replies = await Promise.all([asked.taste(typed), asked.link(typed)].map(app.handle))
      for (const reply of replies) expect(words(reply)).not.toMatch(/called|Did you mean/)
    },
  )
})
