import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, visible, webAddress } from '../../../bot/platform/outbound-text.ts'

describe('what is visible of a text', () => {
  it('is what can be seen and does not turn the line around, on one line', () => {
    expect(visible('a\u202Eb\u200B\u2066c\n\n d\u0000\u00ADe\uD800')).toBe('abc de')
  })

  it('is no tower of marks', () => {
    expect(visible('Z̸̡̢̧̛̗̱͚̙͔̍̾̓a').length).toBeLessThan(8)
  })

  it.each(['👩‍👩‍👧‍👦', '❤️‍🔥', '👍🏽', '🏳️‍🌈'])('is the emoji %s whole', (emoji) => {
    expect(visible(emoji)).toBe(emoji)
  })
})

describe('clipping', () => {
  it('leaves alone what just fits, and cuts between letters', () => {
    expect(clip(' 🕹️🕹️ ', 6)).toBe('🕹️🕹️')
    expect(clip('🕹️🕹️', 5)).toBe('🕹️…')
    expect(clip('🕹️🕹️🕹️', 7)).toBe('🕹️🕹️…')
    expect(clip('abc', 0)).toBe('')
  })

  it('keeps its limit, and every letter whole, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, limit) => {
        const clipped = clip(text, limit)
        expect(clipped.length).toBeLessThanOrEqual(limit)
        expect(clipped.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('a web address', () => {
  it('is spelt canonically', () => {
    expect(webAddress('HTTPS://A.example/ü?q=<b>')).toBe('https://a.example/%C3%BC?q=%3Cb%3E')
  })

  it.each([undefined, '', 'nowhere', 'javascript:alert(1)', 'steam://run/1'])('is not %j', (text) => {
    expect(webAddress(text)).toBeUndefined()
  })

  it('can be asked to be encrypted', () => {
    expect(webAddress('http://a.example/', /^https:$/)).toBeUndefined()
  })
})
