import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linked, marked, plain } from '../../../../bot/slack/render/text.ts'

const anything = fc.string({ unit: 'binary', maxLength: 200 })

describe('strangers’ text in mrkdwn', () => {
  it.each([
    ['*NEW* game', '∗NEW∗ game'],
    ['_observer_', 'ˍobserverˍ'],
    ['max_price:15 of a_b', 'max_price:15 of a_b'],
    ['~Azur~ `code`', '∼Azur∼ ˋcodeˋ'],
    ['>observer_', '›observerˍ'],
    ['a > b & c <d>', 'a &gt; b &amp; c &lt;d&gt;'],
    ['<!channel> <@U1> <#C1>', '&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;'],
    [':skull: at 12:30:45', '꞉skull: at 12꞉30:45'],
    ['two\n\nlines\tand  spaces', 'two lines and spaces'],
    ['a\u202Eb\u200Bc\u0000d', 'abcd'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
  ])('%j is written %j', (text, written) => {
    expect(plain(text, 200)).toBe(written)
  })

  it('never holds a mark, a call or a broken escape, and is never too long', () => {
    fc.assert(
      fc.property(anything, fc.nat(60), (text, limit) => {
        const written = plain(text, limit)
        expect(written.length).toBeLessThanOrEqual(limit)
        expect(written).not.toMatch(/[*~`<>\n]|&(?!(?:amp|lt|gt);)/)
        expect(written.isWellFormed()).toBe(true)
      }),
    )
  })

  it('is cut between letters, never within an escape or an emoji', () => {
    expect(plain('&&&&', 11)).toBe('&amp;&amp;…')
    expect(plain('&&&&', 4)).toBe('…')
  })
})

describe('a link', () => {
  it('holds its address and its text', () => {
    expect(linked('A & B | C', 'https://a.example/?x=1&y=|z', 200)).toBe(
      '<https://a.example/?x=1&amp;y=%7Cz|A &amp; B ∣ C>',
    )
  })

  it.each([
    ['is no web address', 'javascript:alert(1)'],
    ['is no address', 'nowhere'],
    ['is endless', `https://a.example/${'x'.repeat(600)}`],
  ])('is its text alone where the address %s', (_why, href) => {
    expect(linked('A', href, 200)).toBe('A')
  })

  it('is its text alone where it does not fit', () => {
    expect(linked('Some text', 'https://a.example/', 20)).toBe('Some text')
  })
})

it('marks what we mark, within its limit', () => {
  const text = [{ bold: 'Ten picks' }, ' in ', { link: 'a library', href: 'https://a.example/' }]
  expect(marked(text, 200)).toBe('*Ten picks* in <https://a.example/|a library>')
  expect(marked(text, 12)).toBe('*Ten picks*…')
  expect(marked([{ bold: ' ' }], 12)).toBe('')
})
