import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marked as inDiscord, plain as plainInDiscord } from '../../../bot/discord/render/text.ts'
import { visible } from '../../../bot/platform/outbound-text.ts'
import { discordMarks, slackMarks } from '../../../bot/playground/browser/marks.js'
import { marked as inSlack, plain as plainInSlack } from '../../../bot/slack/render/text.ts'

type Piece = ReturnType<typeof discordMarks>[number][number]

const textOf = (piece: Piece): string =>
  typeof piece === 'string' ? piece : piece.pieces.map(textOf).join('')
const words = (lines: readonly (readonly Piece[])[]) =>
  lines.map((line) => line.map(textOf).join('')).join('\n')
const marksIn = (lines: readonly (readonly Piece[])[]) =>
  lines.flatMap((line) => line.filter((piece) => typeof piece !== 'string'))

/** Whatever could be a mark somewhere. */
const hostile = fc.string({
  unit: fc.constantFrom(...'*_~`<>[]()|@#:\\/-!&;. ax1', 'http://x.y', 'everyone', 'javascript:', '한'),
})

describe("the page's reading of what the bots wrote", () => {
  it('shows a stranger’s text on Discord as it is, without a mark', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = discordMarks(plainInDiscord(text, 1000))
        expect(marksIn(shown)).toEqual([])
        expect(words(shown).replaceAll('\u200B', '')).toBe(visible(text).trim())
      }),
    )
  })

  it('shows a stranger’s text on Slack without a mark', () => {
    fc.assert(fc.property(hostile, (text) => marksIn(slackMarks(plainInSlack(text, 1000))).length === 0))
  })

  it('shows our own marks on both', () => {
    const text = ['see ', { bold: 'a*b & c' }, ', ', { link: 'the [shop]', href: 'https://a.b/?c=1&d=(2)' }]
    const [discord = []] = discordMarks(inDiscord(text, 1000))
    const [slack = []] = slackMarks(inSlack(text, 1000))
    expect(discord.map((piece) => (typeof piece === 'string' ? piece : piece.mark))).toEqual([
      ...['see ', 'b', ', ', 'link'],
    ])
    expect(slack.map((piece) => (typeof piece === 'string' ? piece : piece.mark))).toEqual([
      ...['see ', 'b', ', ', 'link'],
    ])
    expect(discord[3]).toMatchObject({ href: 'https://a.b/?c=1&d=%282%29', pieces: ['the [shop]'] })
    expect(slack[3]).toMatchObject({ href: 'https://a.b/?c=1&d=(2)' })
    expect(words([discord])).toBe('see a*b & c, the [shop]')
  })

  it('reads quotes, small print, italics and code', () => {
    expect(discordMarks('> *why*\n-# Powered by Steam\n`code` ~~old~~')).toEqual([
      [{ mark: 'quote', pieces: [{ mark: 'i', pieces: ['why'] }] }],
      [{ mark: 'small', pieces: ['Powered by Steam'] }],
      [{ mark: 'code', pieces: ['code'] }, ' ', { mark: 's', pieces: ['old'] }],
    ])
    expect(slackMarks('_why_ &lt;b&gt; max_price:10 <@U1> <javascript:x|y>')).toEqual([
      [
        { mark: 'i', pieces: ['why'] },
        ' <b> max_price:10 ',
        { mark: 'mention', pieces: ['@you'] },
        ' <javascript:x|y>',
      ],
    ])
  })

  it('never fails, and loses no time, whatever it is given', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        discordMarks(text)
        slackMarks(text)
      }),
    )
    const long = '**'.repeat(1000) + '_'.repeat(2000)
    expect(words(discordMarks(long)).length).toBeGreaterThan(0)
    expect(words(slackMarks(long)).length).toBeGreaterThan(0)
  })
})
