import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callingOnly } from '../../../../bot/platform/mentions.ts'
import { renderSlack, type SlackMessage } from '../../../../bot/slack/render/render.ts'
import { encodeAction } from '../../../../core/action.ts'
import { type AnswerId, gameId } from '../../../../core/ids.ts'
import type { Block, Button, Inline, Mention, Reply } from '../../../../core/reply.ts'
import { replies } from '../../../support/builders/replies.ts'
import {
  buttonsIn,
  messageFaults,
  pingsIn,
  posting,
  type Block as SlackBlock,
} from '../../../support/slack/blocks.ts'

function faultsOf(message: SlackMessage): string[] {
  return messageFaults({ ...message, response_type: 'ephemeral' })
}

describe.each(Object.entries<Reply>(replies))('the reply “%s”', (name, reply) => {
  it('looks right in Slack', () =>
    expect(`${JSON.stringify(renderSlack(reply), null, 2)}\n`).toMatchFileSnapshot(
      `../../../golden/slack/${name}.json`,
    ))

  it('is one that Slack takes', () => {
    expect(faultsOf(renderSlack(reply))).toEqual([])
  })
})

/** Strings of strangers: any characters, and what means something to Slack. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<!channel>',
          '<!here>',
          '<@U1>',
          '<#C1>',
          '&amp;',
          '&',
          '<',
          '>',
          '|',
          '*b*',
          '_i_',
          '~s~',
        ),
        fc.constantFrom(
          '`c`',
          '```',
          '\n',
          '\r\n> ',
          ':skull:',
          '🕹️',
          '👩‍👩‍👧',
          '\u202E',
          '\uD800',
          ' ',
          'Z̶͑̽͒a',
        ),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('&', '🕹️', 'x', '*', '> '), fc.nat(4000))
    .map(([unit, times]) => unit.repeat(times)),
)

const href = fc.oneof(
  hostile,
  fc.webUrl({ withQueryParameters: true }),
  hostile.map((tail) => `https://a.example/${tail}`),
)

const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostile,
  fc.record({ bold: hostile }),
  fc.record({ link: hostile, href }),
)

const call: fc.Arbitrary<Mention> = fc.constantFrom<Mention[]>('here', 'everyone', { role: 'S0123ABCD' })
const calling = fc.record({ call: fc.oneof(call, fc.record({ role: hostile })) })

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const ANSWER = 'aZ3_kd9-Qw1x' as AnswerId

const button: fc.Arbitrary<Button> = fc.record({
  label: hostile,
  disabled: fc.boolean(),
  action: fc.nat(30).map((page) => ({ verb: 'share' as const, answer: ANSWER, page })),
})

const cardButton: fc.Arbitrary<Button> = fc.record({
  label: hostile,
  disabled: fc.boolean(),
  chosen: fc.boolean(),
  action: fc
    .tuple(fc.constantFrom('why' as const, 'share-game' as const), fc.integer({ min: 1, max: 40 }))
    .map(([verb, game]) => ({ verb, answer: ANSWER, game: gameId(game) })),
})

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: fc.array(inline, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('hint' as const), text: fc.array(inline, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('game' as const),
    card: fc.record({
      title: hostile,
      url: href,
      imageUrl: maybe(href),
      description: maybe(hostile),
      facts: fc.array(fc.record({ label: hostile, value: hostile }), { maxLength: 14 }),
      reason: maybe(hostile),
      mark: maybe(hostile),
      buttons: fc.array(cardButton, { maxLength: 12 }),
      open: maybe(cardButton),
    }),
  }),
)

const anyReply: fc.Arbitrary<Reply> = fc.record({
  delivery: fc.constantFrom('answer', 'aside', 'channel', 'withdrawal'),
  summary: hostile,
  blocks: fc.array(block, { maxLength: 60 }),
  buttons: fc.array(button, { maxLength: 40 }),
  attachments: fc.constant([]),
})

describe('any reply', () => {
  it('renders to a message that Slack takes, and that pings nobody', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const message = renderSlack(reply)
        // Among the faults: any `<` that does not begin a link to the web, and so every mention.
        expect(faultsOf(message)).toEqual([])
        // A half of a pair would be written as an escape.
        expect(JSON.stringify(message)).not.toMatch(/\\ud[89a-f]/i)
      }),
      { numRuns: 150 },
    )
  })

  it('renders to a digest that Slack takes, with a cover, and that pings by its call alone', () => {
    const blocks = fc.array(
      fc.oneof(
        block,
        fc.record({ kind: fc.constant('text' as const), text: fc.array(fc.oneof(inline, calling)) }),
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(anyReply, blocks, hostile, maybe(call), (given, said, alt, called) => {
        const reply = callingOnly(called, { ...given, blocks: said })
        const message = renderSlack(reply, { fileId: 'F0123456789', alt })
        const sent = { ...message, blocks: JSON.stringify(message.blocks), channel: 'C1' }
        const parsed = posting.safeParse({ ...sent, unfurl_links: 'false', unfurl_media: 'false' })
        expect(parsed.error?.issues ?? []).toEqual([])
        expect(message.blocks.filter(({ type }) => type === 'image')).toHaveLength(1)
        const marks = { here: '<!here>', everyone: '<!channel>' }
        const mark = typeof called === 'string' ? marks[called] : `<!subteam^${called?.role}>`
        expect(pingsIn(message).filter((ping) => ping !== mark)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('keeps its buttons, save those that cannot be pressed', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const wanted = new Set(
          reply.buttons.filter((one) => !one.disabled).map((one) => encodeAction(one.action)),
        )
        const shown = buttonsIn(renderSlack(reply).blocks as SlackBlock[])
        expect(shown.filter(({ action_id }) => action_id.startsWith('share:'))).toHaveLength(
          Math.min(25, wanted.size),
        )
      }),
      { numRuns: 50 },
    )
  })
  it('gives each card of a page its six buttons, and draws what was said as done', () => {
    const { blocks } = renderSlack(replies['with-buttons'])
    const rows = (blocks as SlackBlock[]).filter((block) => block.type === 'actions')
    expect(rows.map((row) => row.elements.length)).toEqual([6, 6, 6, 6, 6, 2])
    expect(blocks.length).toBeLessThanOrEqual(50)
    const chosen = rows.flatMap((row) => row.elements).filter((button) => button.style === 'primary')
    expect(chosen.map((button) => button.text.text)).toEqual(['👍 Like ✓', '🎮 Played ✓', '🙈 Not for me ✓'])
  })

  it('leads from a shared page to a card of the reader’s own, and can be taken back', () => {
    const { blocks } = renderSlack(replies.shared)
    expect(buttonsIn(blocks as SlackBlock[]).map((button) => button.value)).toEqual([
      'card:aZ3_kd9-Qw1x:1',
      'card:aZ3_kd9-Qw1x:2',
      'unshare:aZ3_kd9-Qw1x:page:1795780800000',
    ])
  })
})
