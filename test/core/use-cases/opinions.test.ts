import { beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../../core/app.ts'
import { createApp } from '../../../core/app.ts'
import type { Requester } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { type AnswerId, gameId } from '../../../core/ids.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import type { Button, GameCard, Reply } from '../../../core/reply.ts'
import { game } from '../../support/builders/games.ts'
import { asker } from '../../support/builders/requesters.ts'
import {
  libraryOf,
  memoryAnswers,
  memoryCatalogue,
  memoryLibraries,
  memoryOpinions,
  memoryPorts,
  STEAM_ID,
} from '../../support/fakes/ports.ts'

const shelf = Array.from({ length: 12 }, (_, i) =>
  game({
    id: gameId(101 + i),
    name: `Game ${101 + i}`,
    tags: [`Tag ${i}`, 'Puzzle'],
    developers: [`Studio ${i}`],
  }),
)
const ASKER = asker()
const READER: Requester = { ...ASKER, user: 'discord:2' }

const cardsOf = (reply: Reply) => reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card] : []))
const labels = (card: GameCard | undefined) => card?.buttons.map((button) => button.label)
const chosen = (card: GameCard | undefined) =>
  card?.buttons.filter((button) => button.chosen).map((button) => button.label)

function buttonOf(card: GameCard | undefined, starts: string): Button {
  const found = [...(card?.buttons ?? []), ...(card?.open ? [card.open] : [])]
  const button = found.find(({ label }) => label.startsWith(starts))
  if (!button) throw new Error(`no button “${starts}”`)
  return button
}

describe('the buttons of a card', () => {
  let opinions: ReturnType<typeof memoryOpinions>
  let answers: ReturnType<typeof memoryAnswers>
  let app: App

  const appAnew = () => {
    const owned = [{ game: gameId(101), minutes: 60, name: 'Owned' }]
    const ports = { catalogue: memoryCatalogue(shelf), libraries: memoryLibraries(libraryOf(owned)) }
    return createApp(memoryPorts({ ...ports, opinions, answers }))
  }
  beforeEach(() => {
    opinions = memoryOpinions()
    answers = memoryAnswers()
    app = appAnew()
  })

  const recommend = () =>
    app.handle({
      ...{ ...ASKER, kind: 'recommend', filterInput: ANYTHING, discovery: 'balanced', count: 10 },
      player: { kind: 'steam', ...readAccount(STEAM_ID) },
    })
  const press = (button: Button, by: Requester = ASKER) =>
    app.handle({ ...by, kind: 'press', action: button.action })
  const secondPage = async (page: Reply) => {
    const next = page.buttons.find(({ label }) => label.startsWith('Next'))
    if (!next) throw new Error('there is no second page')
    return press(next)
  }
  const share = async (page: Reply) => {
    const button = page.buttons.find(({ action }) => action.verb === 'share')
    if (!button) throw new Error('nothing can be shared')
    return press(button)
  }

  it('are a row that says what can be said, with nothing said yet', async () => {
    const [card] = cardsOf(await recommend())
    expect(labels(card)).toEqual([
      ...['👍 Like', '🎮 Played', '🙈 Not for me', '✨ More like this', '❔ Why?'],
      '📣 Share this game',
    ])
    expect(chosen(card)).toEqual([])
    expect(card?.open?.label).toBe(`1 ${card?.title}`)
  })

  it('record an opinion and show the same page with it, whose library it was included', async () => {
    const page = await secondPage(await recommend())
    expect(answers.turned).toEqual([expect.stringMatching(/^[\w-]{12}:1$/)])
    const [first, second] = cardsOf(page)
    const after = await press(buttonOf(second, '👍'))
    expect(after.delivery).toBe('answer')
    expect(cardsOf(after).map(({ title }) => title)).toEqual(cardsOf(page).map(({ title }) => title))
    expect(cardsOf(after).map(chosen)).toEqual([[], ['👍 Like ✓'], [], [], []])
    expect(cardsOf(after)[1]?.open?.label).toBe(`7 ${second?.title} ✓`)
    expect(JSON.stringify(after.blocks[0])).toContain(STEAM_ID)
    expect(after.buttons).toEqual(page.buttons)
    expect(labels(first)).toEqual(labels(cardsOf(after)[0]))
  })

  it('hold one opinion of a game, and take it back when it is pressed again', async () => {
    const page = await recommend()
    const game = cardsOf(page)[0]?.url.split('/').at(-1)
    const liked = cardsOf(await press(buttonOf(cardsOf(page)[0], '👍')))[0]
    const skipped = cardsOf(await press(buttonOf(liked, '🙈')))[0]
    expect(chosen(skipped)).toEqual(['🙈 Not for me ✓'])
    expect(await opinions.of('discord:1')).toEqual([{ game: Number(game), opinion: 'skip' }])
    const none = cardsOf(await press(buttonOf(skipped, '🙈')))[0]
    expect(chosen(none)).toEqual([])
    expect(await opinions.of('discord:1')).toEqual([])
    expect(opinions.pressed.map(({ opinion, takenBack }) => [opinion, takenBack])).toEqual([
      ['like', false],
      ['skip', false],
      ['skip', true],
    ])
  })

  it('leave a later opinion alone when an old message takes an earlier one back', async () => {
    const page = await recommend()
    const liked = cardsOf(await press(buttonOf(cardsOf(page)[0], '👍')))[0]
    await press(buttonOf(liked, '🎮'))
    const late = await press(buttonOf(liked, '👍'))
    expect(chosen(cardsOf(late)[0])).toEqual(['🎮 Played ✓'])
  })

  it('work in a new process', async () => {
    const page = await recommend()
    app = appAnew()
    const liked = await press(buttonOf(cardsOf(page)[0], '👍'))
    app = appAnew()
    expect(chosen(cardsOf(await press(buttonOf(cardsOf(liked)[0], '👍')))[0])).toEqual([])
  })

  it('stand under a card by itself as well, which a press changes in its place', async () => {
    const page = await recommend()
    const panel = await press(buttonOf(cardsOf(page)[2], '3 '))
    expect(panel.delivery).toBe('aside')
    expect(cardsOf(panel)).toHaveLength(1)
    expect(cardsOf(panel)[0]?.reason).toBe(cardsOf(page)[2]?.reason)
    const after = await press(buttonOf(cardsOf(panel)[0], '🎮'))
    expect(after.delivery).toBe('answer')
    expect(cardsOf(after).map(chosen)).toEqual([['🎮 Played ✓']])
    expect(JSON.stringify(after)).not.toContain(STEAM_ID)
  })

  it('tell the asker why in full: each game with its share, and what a share is', async () => {
    const told = await press(buttonOf(cardsOf(await recommend())[0], '❔'))
    expect(told).toMatchObject({ delivery: 'aside', summary: 'Why Game 112' })
    expect(JSON.stringify(told.blocks)).toContain('Game 101, which you own: 100%')
    expect(JSON.stringify(told.blocks)).toContain('The percentages show')
  })

  it('lead to more like a game, beside the page, with buttons of its own', async () => {
    const [card] = cardsOf(await recommend())
    const more = await press(buttonOf(card, '✨'))
    expect(more.delivery).toBe('aside')
    expect(more.summary).toContain(`like ${card?.title}`)
    expect(cardsOf(more).map(({ title }) => title)).not.toContain(card?.title)
    const liked = await press(buttonOf(cardsOf(more)[0], '👍'))
    expect(chosen(cardsOf(liked)[0])).toEqual(['👍 Like ✓'])
  })

  it('refuse a stranger the page and the reasons, and record nothing', async () => {
    const [card] = cardsOf(await recommend())
    for (const label of ['👍', '🎮', '🙈', '❔']) {
      const refused = await press(buttonOf(card, label), READER)
      expect(refused).toMatchObject({ delivery: 'aside', blocks: [{ kind: 'text' }] })
      expect(refused.summary).toContain('somebody else’s')
    }
    expect(opinions.pressed).toEqual([])
  })

  it('give each reader of a shared page a card of their own, without the asker’s reasons and opinions', async () => {
    const page = await recommend()
    await press(buttonOf(cardsOf(page)[0], '🙈'))
    const shared = await share(page)
    expect(cardsOf(shared)[0]?.buttons).toEqual([])
    expect(cardsOf(shared)[0]?.open?.label).toBe('1 Game 112')
    const panel = await press(buttonOf(cardsOf(shared)[0], '1 '), READER)
    expect(panel.delivery).toBe('aside')
    expect(labels(cardsOf(panel)[0])).toEqual(['👍 Like', '🎮 Played', '🙈 Not for me', '✨ More like this'])
    expect(JSON.stringify(panel)).not.toMatch(/own|Because|Game 101/)
    const after = await press(buttonOf(cardsOf(panel)[0], '👍'), READER)
    expect(chosen(cardsOf(after)[0])).toEqual(['👍 Like ✓'])
    expect(await opinions.of('discord:2')).toEqual([{ game: 112, opinion: 'like' }])
    expect(await opinions.of('discord:1')).toEqual([{ game: 112, opinion: 'skip' }])
  })

  it('tell no reasons on a curated list, where a mark stands on what the asker owns, for the asker alone', async () => {
    const pick = { game: gameId(105), score: 0, reasons: [], owned: true }
    await answers.save({
      ...{ id: 'curated-list' as AnswerId, user: ASKER.user },
      picks: [pick, { ...pick, game: gameId(106), owned: false }],
      about: { kind: 'curate', labels: ['Puzzle'], sort: 'acclaimed', unknown: 0 },
    })
    const page = await app.handle({
      ...{ ...ASKER, kind: 'press' },
      action: { verb: 'page', answer: 'curated-list' as AnswerId, page: 0, steamId: undefined },
    })
    expect(cardsOf(page).map(({ mark, reason }) => [mark, reason])).toEqual([
      ['You own this', undefined],
      [undefined, undefined],
    ])
    expect(labels(cardsOf(page)[0])).not.toContain('❔ Why?')
    const shared = await share(page)
    expect(JSON.stringify(shared)).not.toContain('You own')
    const panel = await press(buttonOf(cardsOf(shared)[0], '1 '), READER)
    expect(JSON.stringify(panel)).not.toContain('You own')
  })

  it('say so when the answer is gone, or never held the game', async () => {
    const [card] = cardsOf(await recommend())
    const like = buttonOf(card, '👍')
    const elsewhere = { ...like, action: { ...like.action, game: gameId(9) } as Button['action'] }
    expect((await press(elsewhere)).delivery).toBe('aside')
    answers.stored.clear()
    const gone = await press(like)
    expect(gone.summary).toContain('too old')
    expect(opinions.pressed).toEqual([])
  })
})
