import { describe, expect, it } from 'vitest'
import { en } from '../../../core/strings/en/index.ts'
import { ko } from '../../../core/strings/ko/index.ts'
import type { Translation } from '../../../core/strings/language.ts'
import { complete, missingFrom } from '../../../core/strings/languages.ts'

/** A translation that somebody has just begun. */
const begun: Translation = {
  strings: {
    ...{ format: ko.strings.format, locale: 'ko', language: 'Deutsch' },
    buttons: { like: '👍 Gefällt mir' },
    problems: { 'no-profile': () => 'Steam kennt dieses Profil nicht.' },
  },
  playground: { title: 'Indiescout ausprobieren' },
}

describe('a translation', () => {
  it.each([
    ['English', en],
    ['Korean', ko],
  ])('lacks nothing: %s', (_name, translation) => {
    expect(missingFrom(translation)).toEqual([])
  })

  it('says in English what it lacks', () => {
    const { strings, playground, names } = complete(begun)
    expect(strings.language).toBe('Deutsch')
    expect(strings.buttons).toEqual({ ...en.strings.buttons, like: '👍 Gefällt mir' })
    expect(strings.problems['no-taste']).toBe(en.strings.problems['no-taste'])
    expect(strings.problems['no-profile']).toBe(begun.strings.problems?.['no-profile'])
    expect(playground).toEqual({ ...en.playground, title: 'Indiescout ausprobieren' })
    expect(names).toBeUndefined()
  })

  it('is told what it lacks', () => {
    const missing = missingFrom(begun)
    expect(missing).toContain('buttons.skip')
    expect(missing).toContain('settings')
    expect(missing).toContain('playground.tagline')
    expect(missing).not.toContain('buttons.like')
    expect(missing).not.toContain('problems.no-profile')
  })
})
