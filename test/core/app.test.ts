import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../core/app.ts'
import type { CommandRequest, Requester, RequestOf } from '../../core/command-request.ts'
import { ANYTHING } from '../../core/commands/filter-input.ts'
import { gameId } from '../../core/ids.ts'
import type { LibraryAnswer, OwnedGame } from '../../core/players/library.ts'
import { readAccount } from '../../core/players/steam-id.ts'
import type { Reply } from '../../core/reply.ts'
import { Unavailable } from '../../core/unavailable.ts'
import { game } from '../support/builders/games.ts'
import { asker } from '../support/builders/requesters.ts'
import { memoryPlaces } from '../support/fakes/memory-places.ts'
import {
  libraryOf,
  memoryAnswers,
  memoryCatalogue,
  memoryLibraries,
  memoryPorts,
  memoryScorer,
  STEAM_ID,
} from '../support/fakes/ports.ts'

const owns = (...ids: number[]): OwnedGame[] =>
  ids.map((id) => ({ game: gameId(id), minutes: 60, name: `Owned ${id}` }))

/** Twenty indie games, 101 to 120, each of a kind and a studio of its own; 110 is for adults, even ones cost 20 dollars. */
const shelf = Array.from({ length: 20 }, (_, i) =>
  game({
    id: gameId(101 + i),
    name: `Game ${101 + i}`,
    tags: [`Tag ${i}`, i % 2 === 0 ? 'Roguelike' : 'Puzzle'],
    developers: [`Studio ${i}`],
    mature: i === 9,
    price: { cents: i % 2 === 0 ? 500 : 2000, initialCents: 2000, discount: 0, currency: 'USD' },
  }),
)

const ASKER = asker()

const titles = (reply: Reply) =>
  reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card.title] : []))
const text = (reply: Reply) => JSON.stringify(reply)

describe('the door', () => {
  let scorer: ReturnType<typeof memoryScorer>
  let answers: ReturnType<typeof memoryAnswers>
  beforeEach(() => {
    scorer = memoryScorer()
    answers = memoryAnswers()
  })

  const appFor = (library: LibraryAnswer | Error, places = memoryPlaces()) =>
    createApp(
      memoryPorts({
        catalogue: memoryCatalogue(shelf),
        scorer,
        answers,
        places,
        libraries: memoryLibraries(library),
      }),
    )

  const ask = (more: Partial<RequestOf<'recommend'>> = {}): CommandRequest => ({
    kind: 'recommend',
    ...ASKER,
    player: { kind: 'steam', ...readAccount(STEAM_ID) },
    filterInput: ANYTHING,
    discovery: 'balanced',
    count: 10,
    ...more,
  })

  it('answers with a page of five cards, whose library it read, and why each game', async () => {
    const reply = await appFor(libraryOf(owns(101, 102))).handle(ask())
    expect(reply).toMatchObject({ delivery: 'answer', summary: '10 indie picks from 2 games' })
    expect(titles(reply)).toHaveLength(5)
    expect(titles(reply)[0]).toBe('Game 120')
    expect(text(reply)).toContain(STEAM_ID)
    expect(text(reply)).toContain('Because you own Game 101 (50%) and Game 102 (50%)')
    expect(text(reply)).toContain('Powered by Steam')
  })

  it('never shows a game that is owned, nor one for adults unless channel and managers allow it', async () => {
    const places = memoryPlaces({ 'discord:5': { mature: true }, 'discord:6': { mature: false } })
    const app = appFor(libraryOf(owns(120, 119)), places)
    const all = async (where: Partial<Requester>) => {
      const first = await app.handle(ask({ count: 20, ...where }))
      return [first, ...(await pages(app, first, where))].flatMap(titles)
    }
    const allowed = await all({ place: 'discord:5', matureAllowed: true })
    expect(allowed).toHaveLength(18)
    expect(allowed).toContain('Game 110')
    expect(allowed).not.toContain('Game 120')
    for (const where of [
      { place: 'discord:5', matureAllowed: false },
      { place: 'discord:6', matureAllowed: true },
      { place: 'discord:7', matureAllowed: true },
      { place: undefined, matureAllowed: true },
    ] as const) {
      const guarded = await all(where)
      expect(guarded).toHaveLength(17)
      expect(guarded).not.toContain('Game 110')
    }
  })

  async function pages(
    app: ReturnType<typeof appFor>,
    first: Reply,
    where: Partial<Requester> = {},
  ): Promise<Reply[]> {
    const next = first.buttons.find((button) => button.label.startsWith('Next') && !button.disabled)
    if (!next) return []
    const page = await app.handle({ kind: 'press', ...ASKER, ...where, action: next.action })
    return [page, ...(await pages(app, page, where))]
  }

  it('pages forth and back through the same picks, in a new process too', async () => {
    const first = await appFor(libraryOf(owns(101))).handle(ask())
    const [second] = await pages(appFor(new Unavailable('steam')), first)
    expect(titles(second as Reply)).toHaveLength(5)
    const back = (second as Reply).buttons.find((button) => button.label.includes('Previous'))
    const again = await appFor(new Unavailable('steam')).handle({
      kind: 'press',
      ...ASKER,
      action: back?.action as never,
    })
    expect(titles(again)).toEqual(titles(first))
    expect(text(again)).toContain(STEAM_ID)
  })

  it('shares the games once, without the player, the size of the library or what is in it', async () => {
    const app = appFor(libraryOf(owns(101, 102)))
    const first = await app.handle(ask())
    const share = first.buttons.find((button) => button.action.verb === 'share')
    const press: CommandRequest = {
      kind: 'press',
      ...ASKER,
      action: share?.action as never,
    }
    const posted = await app.handle(press)
    expect(posted.delivery).toBe('channel')
    expect(titles(posted)).toEqual(titles(first))
    expect(text(posted)).not.toMatch(/7656119|2 games|Because|Owned|Game 101/)
    expect(await app.handle(press)).toMatchObject({
      delivery: 'aside',
      summary: expect.stringContaining('A page of these picks was shared already.'),
    })
    await app.undelivered(posted)
    expect((await app.handle(press)).delivery).toBe('channel')
  })

  it('refuses a stranger, and a button whose answer is gone, in a friendly aside', async () => {
    const app = appFor(libraryOf(owns(101)))
    const first = await app.handle(ask())
    const action = first.buttons[0]?.action as never
    const stranger = await app.handle({ ...ASKER, kind: 'press', user: 'discord:2', action })
    expect(stranger).toMatchObject({ delivery: 'aside', blocks: [{ kind: 'text' }] })
    answers.stored.clear()
    const gone = await app.handle({ ...ASKER, kind: 'press', action })
    expect(gone.summary).toContain('too old')
  })

  it('keeps no Steam ID with an answer', async () => {
    await appFor(libraryOf(owns(101))).handle(ask())
    expect(JSON.stringify([...answers.stored.values()])).not.toContain(STEAM_ID)
  })

  it('ANDs genre and price', async () => {
    const reply = await appFor(libraryOf(owns(101))).handle(
      ask({ filterInput: { ...ANYTHING, genres: ['roguelike'], maxPrice: 10 }, count: 3 }),
    )
    expect(titles(reply)).toEqual(['Game 119', 'Game 117', 'Game 115'])
  })

  it('offers near genres for an unknown one, and says which filters left nothing', async () => {
    const app = appFor(libraryOf(owns(101)))
    expect(
      (await app.handle(ask({ filterInput: { ...ANYTHING, genres: ['Roguelikke'] } }))).summary,
    ).toContain('Did you mean Roguelike?')
    const nothing = await app.handle(ask({ filterInput: { ...ANYTHING, genres: ['Puzzle'], maxPrice: 10 } }))
    expect(nothing.summary).toContain('the tag “Puzzle” and a price up to $10.00')
  })

  it.each([
    [{ kind: 'no-profile' }, 'doesn’t know that profile'],
    [{ kind: 'private-profile' }, 'profile is private'],
    [{ kind: 'hidden-games' }, 'hides its games'],
    [{ kind: 'empty', steamId: STEAM_ID }, 'is empty'],
  ] as const)('tells $kind apart', async (answer, sentence) => {
    expect((await appFor(answer).handle(ask())).summary).toContain(sentence)
  })

  it('shows an example to somebody who typed no Steam ID', async () => {
    const reply = await appFor({ kind: 'no-profile' }).handle(
      ask({ player: { kind: 'steam', ...readAccount('not an id!') } }),
    )
    expect(reply.summary).toContain('steamcommunity.com/id/')
  })

  it('says how old the library is when Steam is away, and that playtime is hidden', async () => {
    const fetchedAt = new Date(Date.now() - 3 * 3600_000)
    const hidden = owns(101).map((owned) => ({ ...owned, minutes: 0 }))
    const reply = await appFor(libraryOf(hidden, { stale: true, fetchedAt })).handle(ask())
    expect(text(reply)).toContain('3 hours ago')
    expect(text(reply)).toContain('all games count the same')
  })

  it('answers from the catalogue, and says so, when the worker is away or knows no game', async () => {
    scorer.away = new Unavailable('inference')
    const away = await appFor(libraryOf(owns(101))).handle(ask({ count: 3 }))
    expect(titles(away)).toHaveLength(3)
    expect(text(away)).toContain('The recommender is offline')
    expect(text(away)).not.toContain('Because')
    scorer.away = undefined
    scorer.knows = () => false
    expect(text(await appFor(libraryOf(owns(101))).handle(ask()))).toContain(
      'doesn’t know these games well enough',
    )
  })

  it('does not forgive a lost database', async () => {
    scorer.away = new Unavailable('database')
    await expect(appFor(libraryOf(owns(101))).handle(ask())).rejects.toThrow('database')
  })

  it('reads a library that was brought along, without asking Steam', async () => {
    const reply = await appFor(new Unavailable('steam')).handle(
      ask({ player: { kind: 'library', games: owns(101) } }),
    )
    expect(titles(reply)).toHaveLength(5)
    expect(text(reply)).not.toContain('steamcommunity.com/profiles')
  })

  it('suggests genres with how many games carry them', async () => {
    expect(await appFor({ kind: 'no-profile' }).suggest('genre', 'rog')).toEqual([
      { name: 'Roguelike (10)', value: 'Roguelike' },
    ])
  })
})
