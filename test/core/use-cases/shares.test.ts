import { beforeEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../../core/action.ts'
import type { App } from '../../../core/app.ts'
import { createApp } from '../../../core/app.ts'
import type { CommandRequest, Requester } from '../../../core/command-request.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import { gameId } from '../../../core/ids.ts'
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
  game({ id: gameId(101 + i), name: `Game ${101 + i}`, tags: [`Tag ${i}`], developers: [`Studio ${i}`] }),
)
const ASKER = asker()
const READER: Requester = { ...ASKER, user: 'discord:2' }

const cardsOf = (reply: Reply) => reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card] : []))

function buttonOf(buttons: readonly Button[], verb: Button['action']['verb']): Button {
  const button = buttons.find(({ action }) => action.verb === verb)
  if (!button) throw new Error(`nothing to ${verb}`)
  return button
}

describe('what is shared', () => {
  let answers: ReturnType<typeof memoryAnswers>
  let opinions: ReturnType<typeof memoryOpinions>
  let app: App

  const appOf = (games = shelf) => {
    const libraries = memoryLibraries(libraryOf([{ game: gameId(101), minutes: 60, name: 'Owned' }]))
    return createApp(memoryPorts({ catalogue: memoryCatalogue(games), libraries, answers, opinions }))
  }
  beforeEach(() => {
    answers = memoryAnswers()
    opinions = memoryOpinions()
    app = appOf()
  })

  const recommend = () =>
    app.handle({
      ...{ ...ASKER, kind: 'recommend', filterInput: ANYTHING, discovery: 'balanced', count: 10 },
      player: { kind: 'steam', ...readAccount(STEAM_ID) },
    })
  const pressOf = ({ action }: Button, by: Requester = ASKER): CommandRequest => ({
    ...by,
    kind: 'press',
    action,
  })
  const press = (button: Button, by?: Requester) => app.handle(pressOf(button, by))
  const sharingOf = (card: GameCard | undefined) => buttonOf(card?.buttons ?? [], 'share-game')
  const takingBack = (post: Reply) => buttonOf(post.buttons, 'unshare')
  /** As an adapter does whose platform has deleted the post. */
  const takeBack = async (post: Reply, by?: Requester) => {
    const request = pressOf(takingBack(post), by)
    const reply = await app.handle(request)
    if (reply.delivery === 'withdrawal') await app.withdrawn(request)
    return reply
  }

  it('is one game, for everybody, without whose, out of how many, why, and what is thought of it', async () => {
    const page = await recommend()
    const like = buttonOf(cardsOf(page)[1]?.buttons ?? [], 'like')
    const [, second] = cardsOf(await press(like))
    const post = await press(sharingOf(second))
    expect(post.delivery).toBe('channel')
    expect(cardsOf(post)).toEqual([{ ...second, reason: undefined, buttons: [], open: expect.anything() }])
    expect(cardsOf(post)[0]?.open?.label).toBe(`1 ${second?.title}`)
    expect(JSON.stringify(post)).not.toMatch(/7656119|discord:1|Because|Owned|✓|1 game/)
    expect(post.buttons.map(({ label }) => label)).toEqual(['🗑 Unshare'])
  })

  it('is each game and one page, each once', async () => {
    const page = await recommend()
    const [first, second] = cardsOf(page)
    const buttons = [sharingOf(first), sharingOf(second), buttonOf(page.buttons, 'share')]
    for (const button of buttons) expect((await press(button)).delivery).toBe('channel')
    const again = []
    for (const button of buttons) again.push(await press(button))
    expect(again.map(({ delivery, summary }) => `${delivery}: ${summary}`)).toEqual([
      'aside: This game was shared already. Unshare that post first, or run the command again.',
      'aside: This game was shared already. Unshare that post first, or run the command again.',
      'aside: A page of these picks was shared already. Unshare that post first, or run the command again.',
    ])
    const next = await press(buttonOf(page.buttons.slice(1), 'page'))
    expect((await press(buttonOf(next.buttons, 'share'))).summary).toContain('A page of these picks')
    expect((await press(sharingOf(cardsOf(next)[0]))).delivery).toBe('channel')
  })

  it('is offered on a card by itself too, to its asker and no other reader', async () => {
    const [card] = cardsOf(await recommend())
    const open = card?.open
    if (!open) throw new Error('the card does not open')
    const [mine] = cardsOf(await press(open))
    expect(mine?.buttons.at(-1)?.label).toBe('📣 Share this game')
    expect(mine?.buttons).toHaveLength(6)
    expect((await press(sharingOf(mine))).delivery).toBe('channel')
    const [theirs] = cardsOf(await press(open, READER))
    expect(theirs?.buttons.map(({ action }) => action.verb)).toEqual(['like', 'played', 'skip', 'more'])
  })

  it('is nothing of somebody else’s, nothing that was never picked, and nothing that is known no more', async () => {
    const page = await recommend()
    const share = sharingOf(cardsOf(page)[0])
    const stranger = await press(share, READER)
    expect(stranger).toMatchObject({ delivery: 'aside', summary: expect.stringContaining('somebody else’s') })
    const elsewhere = { ...share, action: { ...share.action, game: gameId(9) } as Button['action'] }
    expect(await press(elsewhere)).toMatchObject({
      delivery: 'aside',
      summary: expect.stringContaining('too old'),
    })
    app = appOf([])
    expect(await press(share)).toMatchObject({
      delivery: 'aside',
      summary: expect.stringContaining('too old'),
    })
    app = appOf()
    expect((await press(share)).delivery).toBe('channel')
  })

  it('is taken back by its sharer, in a new process too, and can then be shared again', async () => {
    const page = await recommend()
    for (const button of [sharingOf(cardsOf(page)[0]), buttonOf(page.buttons, 'share')]) {
      const post = await press(button)
      app = appOf()
      expect(await takeBack(post)).toMatchObject({
        delivery: 'withdrawal',
        summary: 'Unshared. The post was deleted, and you can share it again.',
      })
      const again = await press(button)
      expect(again.delivery).toBe('channel')
      expect(encodeAction(takingBack(again).action)).not.toBe(encodeAction(takingBack(post).action))
    }
  })

  it('stays claimed until its post is gone', async () => {
    const share = sharingOf(cardsOf(await recommend())[0])
    const post = await press(share)
    expect((await press(takingBack(post))).delivery).toBe('withdrawal')
    expect((await press(share)).delivery).toBe('aside')
  })

  it('is not taken back by a stranger, who is told whose it is to take', async () => {
    const share = sharingOf(cardsOf(await recommend())[0])
    const post = await press(share)
    expect(await takeBack(post, READER)).toMatchObject({
      delivery: 'aside',
      summary: 'Somebody else shared this, so only they can unshare it.',
    })
    expect((await press(share)).delivery).toBe('aside')
  })

  it('is taken back by nobody when it is no longer known who shared it', async () => {
    const post = await press(sharingOf(cardsOf(await recommend())[0]))
    answers.stored.clear()
    for (const by of [ASKER, READER]) {
      expect(await takeBack(post, by)).toMatchObject({
        delivery: 'aside',
        summary: expect.stringContaining('no longer know who shared this'),
      })
    }
  })

  it('can be shared again when the platform did not take the post', async () => {
    const page = await recommend()
    for (const button of [sharingOf(cardsOf(page)[0]), buttonOf(page.buttons, 'share')]) {
      await app.undelivered(await press(button))
      expect((await press(button)).delivery).toBe('channel')
    }
  })

  it('stays claimed when an earlier post of it, thought lost, is taken back or reported late', async () => {
    const share = sharingOf(cardsOf(await recommend())[0])
    const lost = await press(share)
    await app.undelivered(lost)
    const stands = await press(share)
    expect((await takeBack(lost)).delivery).toBe('withdrawal')
    await app.undelivered(lost)
    expect((await press(share)).delivery).toBe('aside')
    await takeBack(stands)
    expect((await press(share)).delivery).toBe('channel')
  })

  it('says in one answer nothing of another', async () => {
    const [one, other] = [await recommend(), await recommend()]
    await press(sharingOf(cardsOf(one)[0]))
    expect((await press(sharingOf(cardsOf(other)[0]))).delivery).toBe('channel')
  })
})
