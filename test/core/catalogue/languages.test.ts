import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLanguage } from '../../../core/catalogue/languages.ts'

describe('a language', () => {
  it.each([
    ['Korean', 'Korean'],
    [' korean ', 'Korean'],
    ['ko', 'Korean'],
    ['한국어', 'Korean'],
    ['일본어', 'Japanese'],
    ['Deutsch', 'German'],
    ['simplified chinese', 'Simplified Chinese'],
    ['zh-Hans', 'Simplified Chinese'],
    ['pt-br', 'Portuguese - Brazil'],
    ['Spanish', 'Spanish'],
  ])('%s is %s', (typed, name) => {
    expect(findLanguage(typed)).toBe(name)
  })

  it('that is not known is told with near ones', () => {
    expect(findLanguage('Chinese')).toMatchObject({
      kind: 'unknown-language',
      near: ['Simplified Chinese', 'Traditional Chinese'],
    })
    expect(findLanguage('Klingon')).toMatchObject({ near: [] })
  })

  it('is found or not, and never an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void findLanguage(typed)))
  })
})
