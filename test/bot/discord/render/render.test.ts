import { ButtonStyle } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { postingOf } from '../../../../bot/discord/render/digest-message.ts'
import { renderDiscord } from '../../../../bot/discord/render/render.ts'
import { type AnswerId, gameId, type SteamId } from '../../../../core/ids.ts'
import type { Block, Button, Inline, Mention, Reply } from '../../../../core/reply.ts'
import { cover, DELIVERY } from '../../../support/builders/digests.ts'
import { replies } from '../../../support/builders/replies.ts'
import { fileFaults } from '../../../support/discord/files.ts'
import { pingsIn } from '../../../support/discord/messages.ts'
import { messageFaults, postFaults, specFaults } from '../../../support/discord/rules.ts'

/** What goes over the wire: discord.js renames this one field. */
function faultsOf(reply: Reply): string[] {
  const { allowedMentions, ...message } = renderDiscord(reply)
  const body = JSON.parse(JSON.stringify({ ...message, allowed_mentions: allowedMentions }))
  return [...messageFaults(body), ...specFaults('PATCH', '/webhooks/1/token/messages/@original', body)]
}

describe.each(Object.entries(replies))('the reply "%s"', (name, reply: Reply) => {
  it('looks right on Discord', () =>
    expect(`${JSON.stringify(renderDiscord(reply), null, 2)}\n`).toMatchFileSnapshot(
      `../../../golden/discord/${name}.json`,
    ))

  it('keeps every limit', () => expect(faultsOf(reply)).toEqual([]))
})

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3000 }) },
  fc.constantFrom(
    '@everyone',
    '<@123>',
    '</x:1>',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(90),
    '\\'.repeat(5000),
    'x'.repeat(7000),
    ' \n\u200B',
  ),
)
const address = fc.oneof(
  fc.webUrl(),
  hostile,
  fc.constantFrom('https://a.example/(x)', 'javascript:alert(1)'),
)
const call: fc.Arbitrary<Mention> = fc.constantFrom<Mention[]>(...(['here', 'everyone'] as const), {
  role: '77777777777777777',
})
const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostile,
  fc.record({ bold: hostile }),
  fc.record({ link: hostile, href: address }),
  fc.record({ call: fc.oneof(call, fc.record({ role: hostile })) }),
)
const text = fc.array(inline, { maxLength: 4 })
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const answer = fc.stringMatching(/^[\w-]{8,32}$/).map((id) => id as AnswerId)
const page = fc.nat({ max: 99 })
const game = fc.constant(gameId(620))
const steamId = optional(fc.constant('76561197960287930' as SteamId))
const button: fc.Arbitrary<Button> = fc.record({
  label: hostile,
  disabled: fc.boolean(),
  chosen: fc.boolean(),
  action: fc.oneof(
    fc.record({ verb: fc.constant('page' as const), answer, page, steamId }),
    fc.record({ verb: fc.constant('share' as const), answer, page }),
    fc.record({
      verb: fc.constantFrom('card' as const, 'why' as const, 'share-game' as const),
      answer,
      game,
    }),
    fc.record({ verb: fc.constant('unshare' as const), answer, what: game, at: fc.constant(new Date()) }),
  ),
})
const card = fc.record({
  title: hostile,
  url: address,
  imageUrl: optional(address),
  description: optional(hostile),
  facts: fc.array(fc.record({ label: hostile, value: hostile }), { maxLength: 30 }),
  reason: optional(hostile),
  mark: optional(hostile),
  buttons: fc.array(button, { maxLength: 12 }),
  open: optional(button),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('game' as const), card }),
  fc.record({ kind: fc.constant('hint' as const), text }),
)
const anyReply: fc.Arbitrary<Reply> = fc.record({
  delivery: fc.constantFrom('answer', 'aside', 'channel', 'withdrawal'),
  summary: hostile,
  blocks: fc.array(block, { maxLength: 14 }),
  attachments: fc.constant([]),
  buttons: fc.array(button, { maxLength: 30 }),
})

describe('any reply', () => {
  it('keeps every limit and pings nobody', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        expect(faultsOf(reply)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('keeps every limit as a digest with a cover, and pings by its call alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyReply, hostile, optional(call), async (reply, alt, called) => {
        const whole = { ...reply, attachments: [cover(alt)] }
        const { body, files } = await postingOf(whole, { nonce: DELIVERY, call: called, log: () => {} })
        const sent = JSON.parse(JSON.stringify(body))
        const bytes = new Map(
          files.map(({ name, data }, id) => [String(id), { name, bytes: Buffer.from(data as Buffer) }]),
        )
        expect([...postFaults(sent), ...fileFaults(sent, bytes)]).toEqual([])
        expect(specFaults('POST', '/channels/1/messages', sent)).toEqual([])
        const mark = typeof called === 'string' ? `@${called}` : `<@&${called?.role}>`
        const calls = reply.blocks
          .flatMap((one) => (one.kind === 'game' ? [] : one.text))
          .filter((one) => typeof one !== 'string' && 'call' in one)
        expect(pingsIn(sent).length).toBeLessThanOrEqual(calls.length)
        expect(pingsIn(sent).filter((ping) => ping !== mark)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('shows five cards whole, with their facts', () => {
    const [, first] = replies.plain.blocks
    const five = { ...replies.plain, blocks: Array.from({ length: 5 }, () => first) }
    const { embeds } = renderDiscord(five)
    expect(embeds.map((embed) => embed.fields?.length)).toEqual([5, 5, 5, 5, 5])
    expect(embeds.map((embed) => embed.description)).toEqual(
      Array.from({ length: 5 }, () => embeds[0]?.description),
    )
  })
  it('leads from a page to each of its cards, above the row that turns the page', () => {
    const labels = labelsOf(replies['with-buttons'])
    expect(labels[0]?.map((label) => label[0])).toEqual(['1', '2', '3', '4', '5'])
    expect(labels[0]?.[0]).toBe('1 Hades ✓')
    expect(labels.slice(1)).toEqual([['◀ Previous', 'Next ▶', '📣 Share']])
  })

  it('shows a button once that two parts of a reply hold', () => {
    const [, hades, stardew] = replies['with-buttons'].blocks
    const blocks = [hades, stardew, hades]
    const buttons = [...replies.plain.buttons, ...replies.plain.buttons]
    expect(labelsOf({ ...replies.plain, blocks, buttons }).flat()).toEqual([
      ...['1 Hades ✓', '2 Stardew Valley ✓'],
      ...['◀ Previous', 'Next ▶', '📣 Share'],
    ])
  })

  it('puts the buttons of the only card under it, and draws what was said as done', () => {
    const rows = renderDiscord(replies.panel).components
    expect(rows.map((row) => row.components.map(({ style }) => style))).toEqual([
      [ButtonStyle.Success, ...Array.from({ length: 4 }, () => ButtonStyle.Secondary)],
      [ButtonStyle.Primary],
    ])
    expect(labelsOf(replies['panel-of-a-reader'])).toEqual([
      ['👍 Like', '🎮 Played', '🙈 Not for me', '✨ More like this'],
    ])
  })

  it('can be taken back where everybody sees it, below what leads to its cards', () => {
    expect(labelsOf(replies.shared)).toEqual([['1 Hades', '2 Bouncing Duck Simulator'], ['🗑 Unshare']])
  })

  it('keeps every limit as a page of five games with all that can be pressed on it', () => {
    const { components } = renderDiscord(replies['with-buttons'])
    expect(components.map((row) => row.components.length)).toEqual([5, 3])
    expect(faultsOf(replies['with-buttons'])).toEqual([])
  })
})

function labelsOf(reply: Reply) {
  return renderDiscord(reply).components.map((row) => row.components.map((button) => button.label ?? ''))
}
