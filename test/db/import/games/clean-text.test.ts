import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanText,
  cleanUrl,
  splitCompanies,
  splitLanguages,
} from '../../../../db/import/games/clean-text.ts'

describe('cleaned text', () => {
  it.each([
    ['Shakes &amp; Fidget', 'Shakes & Fidget'],
    ['&amp;quot;Hi&amp;quot; &#39;you&#x27;', '"Hi" \'you\''],
    ['R&D; AT&T &unknown;', 'R&D; AT&T &unknown;'],
    ['  a\u0000b\n\tc\u00a0 d ', 'a b c d'],
    ['evil\u202etxt', 'eviltxt'],
    ['half \ud83c pair', 'half pair'],
    ['lost \ufffd&#xfffd; letters', 'lost letters'],
    ['100% fun', '100% fun'],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text, 100)).toBe(clean)
  })

  it('is unknown where nothing is left', () => {
    expect(cleanText(' \u0000 ', 10)).toBeUndefined()
  })

  it('is never longer than asked, holds no control character and no half of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const clean = cleanText(text, length) ?? ''
        expect(clean.length).toBeLessThanOrEqual(length)
        expect(clean).not.toMatch(/\p{Cc}/u)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean).not.toContain('\ufffd')
      }),
    )
  })
})

describe('lists of a source', () => {
  it('keep a company together with its comma', () => {
    expect(splitCompanies('PopCap Games, Inc., id Software, CINEMAX, s.r.o., A Co., Ltd.')).toEqual([
      'PopCap Games, Inc.',
      'id Software',
      'CINEMAX, s.r.o.',
      'A Co., Ltd.',
    ])
  })

  it('lose the markup of languages', () => {
    const text =
      'English&amp;amp;lt;strong&amp;amp;gt;*&amp;amp;lt;/strong&amp;amp;gt;, German;, Korean&lt;br&gt;full audio'
    expect(splitLanguages(text)).toEqual(['English', 'German', 'Korean'])
  })
})

describe('an address', () => {
  it.each(['http://x.example/a.jpg', 'javascript:alert(1)', 'https://me:secret@x.example/', 'x.jpg', ''])(
    '%j is no picture to show',
    (text) => {
      expect(cleanUrl(text, ['https:'])).toBeUndefined()
    },
  )
})
