import fc from 'fast-check'
import { expect, it } from 'vitest'
import { particleAfter, withParticle } from '../../../../core/strings/ko/particles.ts'

it.each([
  ['나무', 'object', '나무를'],
  ['집', 'object', '집을'],
  ['하데스', 'and', '하데스와'],
  ['공동전선', 'and', '공동전선과'],
  ['서울', 'by', '서울로'],
  ['집', 'by', '집으로'],
  ['한국어', 'by', '한국어로'],
  ['서울', 'object', '서울을'],
  ['Hades', 'object', 'Hades를'],
  ['Portal', 'object', 'Portal을'],
  ['Portal', 'by', 'Portal로'],
  ['Braid', 'object', 'Braid를'],
  ['Dungeon', 'and', 'Dungeon과'],
  ['Left 4', 'topic', 'Left 4는'],
  ['Portal 2', 'object', 'Portal 2를'],
  ['FTL 3', 'subject', 'FTL 3이'],
  ['Bastion (41%)', 'topic', 'Bastion (41%)은'],
  ['“집”', 'object', '“집”을'],
] as const)('%s takes the %s particle as in %s', (word, particle, together) => {
  expect(withParticle(word, particle)).toBe(together)
})

it.each(['Celeste', 'Cup', '東方', '!!!', ''])('gives both forms where nobody can tell: %j', (word) => {
  expect(particleAfter(word, 'object')).toBe('을(를)')
})

it('chooses for every Hangul syllable what its last letter asks for', () => {
  const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))
  fc.assert(
    fc.property(syllable, (one) => {
      const closed = one.normalize('NFD').length === 3
      expect(particleAfter(one, 'object')).toBe(closed ? '을' : '를')
    }),
  )
})
