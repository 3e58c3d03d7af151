import { describe, expect, it } from 'vitest'
import { createApp } from '../../../core/app.ts'
import type { RequestOf } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
import type { LibraryAnswer } from '../../../core/players/library.ts'
import { Unavailable } from '../../../core/unavailable.ts'
import { asShown } from '../../support/as-shown.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import {
  libraryOf,
  memoryCatalogue,
  memoryLibraries,
  memoryPorts,
  STEAM_ID,
} from '../../support/fakes/ports.ts'

const shelf = Array.from({ length: 8 }, (_, i) =>
  game({
    id: gameId(101 + i),
    name: `Game ${101 + i}`,
    tags: ['Roguelike'],
    platforms: i < 2 ? [] : ['Linux'],
  }),
)

const ask = (more: Partial<RequestOf<'curate'>> = {}): RequestOf<'curate'> => ({
  ...{ ...asker(), kind: 'curate' },
  ...{ filterInput: { ...ANYTHING, genres: ['roguelike'] }, sort: 'acclaimed', hideOwned: false, count: 5 },
  ...more,
})

function appFor(library: LibraryAnswer | Error | Promise<LibraryAnswer>) {
  const libraries = library instanceof Promise ? { of: () => library, forget() {} } : memoryLibraries(library)
  const ports = memoryPorts({ catalogue: memoryCatalogue(shelf), libraries })
  const accounts = { ...ports.accounts, link: async () => ({ steamId: STEAM_ID, proven: false }) }
  return createApp({ ...ports, accounts })
}

describe('/curate', () => {
  it('shows the best of a label, without a word on why', async () => {
    const reply = await appFor(new Unavailable('steam')).handle(ask())
    expect(reply.summary).toBe('Roguelike: 5 games, best received')
    const cards = reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card] : []))
    expect(cards.map((card) => card.title)).toEqual([
      'Game 108',
      'Game 107',
      'Game 106',
      'Game 105',
      'Game 104',
    ])
    expect(cards.every((card) => card.reason === undefined && card.mark === undefined)).toBe(true)
  })

  it('marks what the asker owns, or leaves it out', async () => {
    const app = appFor(libraryOf([{ game: gameId(108), minutes: 1, name: undefined }]))
    const marked = await app.handle(ask())
    expect(JSON.stringify(marked)).toContain('You own this')
    const hidden = await app.handle(ask({ hideOwned: true }))
    expect(JSON.stringify(hidden)).not.toContain('Game 108')
  })

  it('answers without marks when Steam is away', async () => {
    const reply = await appFor(new Unavailable('steam')).handle(ask({ hideOwned: true }))
    expect(JSON.stringify(reply)).toContain('Game 108')
  })

  it('says so where owned games could not be hidden', async () => {
    const away = await appFor(new Unavailable('steam')).handle(ask({ hideOwned: true }))
    expect(JSON.stringify(away)).toContain('I couldn’t read your Steam library just now')
    const hidden = await appFor({ kind: 'private-profile' }).handle(ask({ hideOwned: true }))
    expect(JSON.stringify(hidden)).toContain('I couldn’t read your Steam library just now')
    const stranger = await createApp(memoryPorts({ catalogue: memoryCatalogue(shelf) })).handle(
      ask({ hideOwned: true }),
    )
    expect(asShown(JSON.stringify(stranger))).toContain('Link your Steam account with `/link`')
    const empty = await appFor({ kind: 'empty', steamId: STEAM_ID }).handle(ask({ hideOwned: true }))
    expect(JSON.stringify(empty)).not.toContain('may be games you own')
  })

  it('waits for a Steam that does not answer no longer than a moment', async () => {
    const reply = await appFor(new Promise<never>(() => {})).handle(ask())
    expect(reply.summary).toBe('Roguelike: 5 games, best received')
  })

  it('shows what there is, and says so, where nothing is well reviewed', async () => {
    const catalogue = memoryCatalogue(shelf)
    const best: typeof catalogue.best = async (wanted) =>
      wanted.sort === undefined ? catalogue.best(wanted) : []
    const app = createApp(memoryPorts({ catalogue: { ...catalogue, best } }))
    const reply = await app.handle(ask())
    expect(reply.summary).toBe('Roguelike: 5 games, best received')
    expect(JSON.stringify(reply)).toContain('Nothing that matches is well reviewed yet')
    expect((await app.handle(ask({ sort: 'new' }))).summary).toContain('8 games in another order')
  })

  it('shows what carries all labels that were named', async () => {
    const both = game({ id: gameId(200), name: 'Both', tags: ['Roguelike', 'Puzzle'] })
    const puzzle = game({ id: gameId(201), name: 'One', tags: ['Puzzle'] })
    const app = createApp(memoryPorts({ catalogue: memoryCatalogue([...shelf, both, puzzle]) }))
    const reply = await app.handle(ask({ filterInput: { ...ANYTHING, genres: ['roguelike', 'PUZZLE'] } }))
    expect(reply.summary).toBe('Roguelike and Puzzle: 1 game, best received')
  })

  it.each(["'; drop table game --", '\ud800', '@everyone', 'x'.repeat(200), '%'])(
    'answers the hostile label or language %j with a sentence',
    async (hostile) => {
      const app = appFor(new Unavailable('steam'))
      const genre = await app.handle(ask({ filterInput: { ...ANYTHING, genres: [hostile] } }))
      expect(genre.summary).toContain('I don’t know the tag')
      const wish = { ...ANYTHING, genres: ['Roguelike'], language: hostile }
      expect((await app.handle(ask({ filterInput: wish }))).buttons).toEqual([])
    },
  )

  it('says how many games were left out because a fact is unknown', async () => {
    const app = appFor(new Unavailable('steam'))
    const reply = await app.handle(
      ask({ filterInput: { ...ANYTHING, genres: ['Roguelike'], platform: 'linux' } }),
    )
    expect(JSON.stringify(reply)).toContain('2 games were left out')
  })

  it('offers near labels and languages for unknown ones', async () => {
    const app = appFor(new Unavailable('steam'))
    const genre = await app.handle(ask({ filterInput: { ...ANYTHING, genres: ['Roguelite', 'Rogueish'] } }))
    expect(genre.summary).toContain('Did you mean Roguelike?')
    const language = await app.handle(
      ask({ filterInput: { ...ANYTHING, genres: ['Roguelike'], language: 'Chinese' } }),
    )
    expect(language.summary).toContain('Simplified Chinese')
  })
})
