import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discordAddress, marked, plain, words } from '../../../../bot/discord/render/text.ts'

/** What Discord's reader sees: a backslash before punctuation is not shown. */
const shown = (markdown: string) => markdown.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('@\u200B', '@')

/** What Discord would act on: an escaped mark is a letter like others. */
const live = (markdown: string) => markdown.replace(/\\[^0-9A-Za-z\s]/g, 'x')

describe('escaping', () => {
  it.each([
    ['a mention', '<@1> <@&2> <#3>'],
    ['a command', '</ban:4>'],
    ['a time', '<t:5:R>'],
    ['an emoji', '<a:wave:6> :wave:'],
    ['a masked link', '[free](https://evil.example)'],
    ['a bare link', 'https://evil.example steam://run/1'],
    ['an invite', 'discord.gg/abc'],
    ['formatting', '**b** __u__ ~~s~~ ||x|| `c` ```code```'],
    ['a heading', '# h'],
    ['small print', '-# s'],
    ['a quote', '>>> q'],
    ['a bullet', '- l'],
    ['a number', '1. l'],
    ['an escape', '\\*b\\*'],
  ])('shows %s as it was written, and nothing of it acts', (_what, text) => {
    const markdown = plain(text, 2000)
    expect(shown(markdown)).toBe(text)
    expect(live(markdown)).not.toMatch(/[<`*_~|[\]:/]|^[#>+-]|^\d+\./)
  })

  it('keeps a call to the whole server from being one', () => {
    expect(plain('@everyone and @HERE', 100)).not.toMatch(/@(everyone|here)/i)
  })

  it.each(['👩‍👩‍👧‍👦', '❤️‍🔥', '👍🏽', '🏳️‍🌈'])('leaves the emoji %s whole', (emoji) => {
    expect(plain(emoji, 100)).toBe(emoji)
  })

  it('shows any text as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(shown(plain(text, 10_000))).toBe(text.replace(/\s+/g, ' ').trim())
      }),
    )
  })
})

describe('clipping', () => {
  it('never cuts an escape, an emoji or a letter with its accent', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 30 }), (text, limit) => {
        const whole = plain(text, 10_000)
        const short = plain(text, limit)
        expect(short.length).toBeLessThanOrEqual(limit)
        expect(short).toBe(short.toWellFormed())
        if (short === whole || short === '') return
        expect(short.endsWith('…')).toBe(true)
        const kept = shown(short.slice(0, -1))
        const all = [...graphemes.segment(shown(whole))].map(({ segment }) => segment)
        const prefixes = all.map((_, index) => all.slice(0, index).join('').trimEnd())
        expect(prefixes).toContain(kept)
      }),
    )
  })

  it('leaves alone what just fits', () => {
    expect(plain('*'.repeat(5), 10)).toBe('\\*'.repeat(5))
    expect(plain('*'.repeat(5), 9)).toBe(`${'\\*'.repeat(4)}…`)
  })
})

describe('our own marks', () => {
  it('bold and link the words, and keep the spaces between them', () => {
    const text = [
      { bold: '2 picks' },
      ' in ',
      { link: 'a [library]', href: 'https://steamcommunity.com/id/a(b)' },
    ]
    expect(marked(text, 2000)).toBe(
      '**2 picks** in [a \\[library\\]](<https://steamcommunity.com/id/a%28b%29>)',
    )
    expect(words(text, 2000)).toBe('2 picks in a [library]')
  })

  it.each([
    ['a script', 'javascript:alert(1)'],
    ['nonsense', 'nonsense'],
    ['a program', 'steam://run/1'],
    ['an endless address', `https://a.example/${'x'.repeat(3000)}`],
  ])('make no link of %s', (_what, href) => {
    expect(marked([{ link: 'here', href }], 2000)).toBe('here')
    expect(discordAddress(href)).toBeUndefined()
  })
})
