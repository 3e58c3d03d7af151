import { describe, expect, it } from 'vitest'
import { createApp } from '../../../../core/app.ts'
import type { Cover } from '../../../../core/cards/cover.ts'
import type { Claim } from '../../../../core/digest/deliveries.ts'
import { gameId } from '../../../../core/ids.ts'
import type { GameCard, Reply } from '../../../../core/reply.ts'
import { stringsIn } from '../../../../core/strings/strings.ts'
import { type ComposePorts, compose, preview } from '../../../../core/use-cases/digest/compose.ts'
import { asShown } from '../../../support/as-shown.ts'
import { game } from '../../../support/builders/games.ts'
import { asker } from '../../../support/builders/requesters.ts'
import { memoryDigestPorts, subscription, taken } from '../../../support/digest/composing.ts'
import { memoryPlaces } from '../../../support/fakes/memory-places.ts'
import {
  memoryAnswers,
  memoryCandidates,
  memoryCatalogue,
  memoryPorts,
} from '../../../support/fakes/ports.ts'

/** 1 to 12, all on sale, none of them new; the greatest numbers come first. */
const shelf = Array.from({ length: 12 }, (_, at) =>
  game({ id: gameId(at + 1), name: `Game ${at + 1}`, languages: ['English', 'Korean'] }),
)

const portsWith = (known: Partial<ComposePorts> = {}) =>
  memoryDigestPorts({ catalogue: memoryCatalogue(shelf), ...known })

const cards = (reply: Reply): readonly GameCard[] =>
  reply.blocks.flatMap((block) => (block.kind === 'game' ? [block.card] : []))

async function composed(ports: ComposePorts, which: Claim = taken()) {
  const found = await compose(ports, which)
  if (found === 'nothing-new') throw new Error('nothing was composed')
  return found
}

const READER = asker({ user: 'discord:2' })

describe('a digest', () => {
  it('is posted for everybody: cards under headings, each with a number that opens it, no button of anybody', async () => {
    const { picks, reply } = await composed(portsWith())
    expect(picks).toEqual([
      { game: 12, section: 'hidden-gem' },
      { game: 11, section: 'on-sale' },
      { game: 10, section: 'on-sale' },
      { game: 9, section: 'acclaimed' },
      { game: 8, section: 'acclaimed' },
    ])
    expect(reply).toMatchObject({ delivery: 'channel', summary: '5 indie picks of the week', buttons: [] })
    expect(cards(reply).map(({ mark, buttons, open }) => [mark, buttons, open?.label])).toEqual([
      ['Hidden gem of the week', [], '1 Game 12'],
      ['On sale: −50%', [], '2 Game 11'],
      ['On sale: −50%', [], '3 Game 10'],
      ['Well received', [], '4 Game 9'],
      ['Well received', [], '5 Game 8'],
    ])
    expect(reply.blocks.at(-1)).toEqual({
      kind: 'hint',
      text: ['Weekly digest · Get your own picks: \uE000/recommend\uE001 · Powered by Steam'],
    })
  })

  it('calls first whom it is to call, and speaks its own language', async () => {
    const { reply } = await composed(portsWith(), taken({ call: 'here', locale: 'ko', genres: ['Indie'] }))
    expect(reply.blocks[0]).toEqual({
      kind: 'text',
      text: [{ call: 'here' }, ' ', { bold: '이번 주의 인디 게임 5개: Indie' }],
    })
  })

  it('shows nothing that the channel was shown within twelve weeks, nor what its place has blocked', async () => {
    const asked: [string, Date][] = []
    const ports = portsWith({
      deliveries: {
        shownIn: async (channel, since) => {
          asked.push([channel, since])
          return new Set([12, 10].map(gameId))
        },
      },
      places: memoryPlaces({ 'discord:9': { blocked: [gameId(11)] } }),
    })
    const { picks } = await composed(ports)
    expect(picks.map((pick) => pick.game)).toEqual([9, 8, 7, 6, 5])
    expect(asked).toEqual([['discord:7', new Date('2026-09-02T12:00:00Z')]])
  })

  it('is none where nothing is left', async () => {
    const blocked = shelf.map(({ id }) => id)
    const places = memoryPlaces({ 'discord:9': { blocked } })
    const answers = memoryAnswers()
    const ports = portsWith({ answers, places })
    expect(await compose(ports, taken())).toBe('nothing-new')
    expect(answers.stored.size).toBe(0)
  })

  it('repeats the picks that were chosen before, stores its answer once, and leaves out what may no longer be shown', async () => {
    const answers = memoryAnswers()
    const picks = [
      { game: gameId(3), section: 'on-sale' },
      { game: gameId(4), section: 'on-sale' },
      { game: gameId(5), section: 'new' },
    ] as const
    const catalogue = memoryCatalogue([
      game({ id: gameId(3), price: { cents: 999, initialCents: 999, discount: 0, currency: 'USD' } }),
      game({ id: gameId(4), mature: true }),
    ])
    const ports = portsWith({ answers, catalogue })
    await compose(ports, taken({}, { picks }))
    const again = await composed(ports, taken({}, { picks, state: 'posting' }))
    expect(again.picks).toEqual(picks)
    expect(cards(again.reply).map(({ mark }) => mark)).toEqual(['Well received'])
    expect([...answers.stored.values()]).toEqual([
      {
        id: 'dEl1_very-Qw1x',
        user: 'digest:dEl1_very-Qw1x',
        about: { kind: 'digest', labels: [] },
        picks: picks.map((pick) => ({ ...pick, score: 0, reasons: [], owned: false })),
      },
    ])
  })

  it('has the pictures of its games as a cover, with their titles for those who do not see it', async () => {
    const drawn: Cover[] = []
    const png = new Uint8Array([1])
    const ports = portsWith({
      drawCover: async (cover) => {
        drawn.push(cover)
        return png
      },
    })
    const { reply } = await composed(ports, taken({ count: 2 }))
    const { imageUrl } = game()
    expect(drawn).toEqual([
      {
        games: [
          { title: 'Game 12', imageUrl },
          { title: 'Game 11', imageUrl },
        ],
      },
    ])
    expect(reply.attachments).toEqual([
      { kind: 'cover', name: 'digest.png', png, alt: 'Pictures of Game 12 and Game 11' },
    ])
  })

  it('is posted without a cover that cannot be drawn', async () => {
    expect((await composed(portsWith())).reply.attachments).toEqual([])
  })

  it('finds its games under its buttons, whichever choice came to be posted', async () => {
    const answers = memoryAnswers()
    const first = await composed(portsWith({ answers }), taken({ count: 2 }))
    const shown = new Set(first.picks.map((pick) => pick.game))
    const ports = portsWith({ answers, deliveries: { shownIn: async () => shown } })
    const second = await composed(ports, taken({ count: 2 }))
    const stored = answers.stored.get(taken().delivery.id)?.picks.map((pick) => pick.game)
    expect(stored).toEqual([...first.picks, ...second.picks].map((pick) => pick.game))
    expect(new Set(stored).size).toBe(4)
  })

  it('has its candidates computed once for all channels', async () => {
    const candidates = memoryCandidates()
    const ports = portsWith({ candidates })
    await compose(ports, taken())
    await compose(ports, taken({ channel: 'discord:8', place: 'slack:T1' }))
    expect(candidates.computed).toEqual(['2026-W48 en'])
  })
})

describe('whoever reads a digest', () => {
  async function press(verb: 'card' | 'like' | 'why' | 'more') {
    const answers = memoryAnswers()
    const ports = memoryPorts({ answers, catalogue: memoryCatalogue(shelf) })
    await compose(portsWith({ answers }), taken())
    const about = { answer: taken().delivery.id, game: gameId(12) }
    const action = verb === 'like' ? { verb, ...about, undo: false, page: undefined } : { verb, ...about }
    return {
      reply: await createApp(ports).handle({ ...READER, kind: 'press', action }),
      opinions: ports.opinions,
    }
  }

  it('opens a card of their own, without a "why"', async () => {
    const { reply } = await press('card')
    expect(reply.delivery).toBe('aside')
    expect(cards(reply).map(({ reason }) => reason)).toEqual([undefined])
    expect(cards(reply)[0]?.buttons.map(({ action }) => action.verb)).toEqual([
      'like',
      'played',
      'skip',
      'more',
    ])
  })

  it('speaks for themselves', async () => {
    const { opinions } = await press('like')
    expect(await opinions.of(READER.user)).toEqual([{ game: 12, opinion: 'like' }])
  })

  it('asks for more like it, and never for reasons', async () => {
    expect((await press('more')).reply.delivery).toBe('aside')
    expect(asShown((await press('why')).reply.summary)).toBe(
      'These are somebody else’s picks. Ask for your own with `/recommend`.',
    )
  })
})

describe('the preview of a digest', () => {
  it('shows what would come, with nothing to press and nothing stored', async () => {
    const answers = memoryAnswers()
    const reply = await preview(
      portsWith({ answers }),
      subscription({ locale: 'ko', call: 'here' }),
      stringsIn('en'),
    )
    expect(reply).toMatchObject({
      delivery: 'answer',
      summary: 'Preview: 5 games',
      buttons: [],
      attachments: [],
    })
    expect(cards(reply).map(({ open, buttons }) => [open, buttons])).toEqual(Array(5).fill([undefined, []]))
    expect(JSON.stringify(reply)).not.toContain('call')
    expect(answers.stored.size).toBe(0)
  })

  it('says that all was shown or is blocked', async () => {
    const blocked = shelf.map(({ id }) => id)
    const places = memoryPlaces({ 'discord:9': { blocked } })
    const reply = await preview(portsWith({ places }), subscription(), stringsIn('en'))
    expect(reply.summary).toBe(stringsIn('en').digest.nothingNew)
  })

  it('says that no game is known which fits', async () => {
    const reply = await preview(
      portsWith(),
      subscription({ locale: 'ko', genres: ['Chess'] }),
      stringsIn('en'),
    )
    expect(reply.summary).toBe(
      'There’s nothing to post: I don’t know a well-reviewed indie game tagged Chess that supports 한국어.',
    )
  })
})
