/** Korean particles, whose form depends on whether the word before them ends in a consonant. */

/** After a consonant, after a vowel. */
const FORMS = {
  object: ['을', '를'],
  subject: ['이', '가'],
  topic: ['은', '는'],
  and: ['과', '와'],
  /** After ㄹ as after a vowel. */
  by: ['으로', '로'],
  named: ['이라는', '라는'],
} as const

export type Particle = keyof typeof FORMS

/** The word with its particle: `집을`, `나무를`; both forms where nobody can tell how a word is read. */
export function withParticle(word: string, particle: Particle): string {
  return `${word}${particleAfter(word, particle)}`
}

/** The particle alone, for a word that stands in quotation marks. */
export function particleAfter(word: string, particle: Particle): string {
  const [afterConsonant, afterVowel] = FORMS[particle]
  switch (endingOf(word)) {
    case 'consonant':
      return afterConsonant
    case 'l':
      return particle === 'by' ? afterVowel : afterConsonant
    case 'vowel':
      return afterVowel
    case undefined:
      return `${afterConsonant}(${afterVowel})`
  }
}

type Ending = 'consonant' | 'l' | 'vowel'

/** As the digits are read: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS: readonly Ending[] = [
  ...(['consonant', 'l', 'vowel', 'consonant', 'vowel'] as const),
  ...(['vowel', 'consonant', 'l', 'l', 'vowel'] as const),
]

const SYLLABLES = { first: 0xac00, last: 0xd7a3, finals: 28, l: 8 }

/** By the last letter or digit; marks and brackets behind it are not read. */
function endingOf(word: string): Ending | undefined {
  const last = word.match(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u)?.[0]
  if (last === undefined) return undefined
  if (/\d/.test(last)) return DIGITS[Number(last)]
  const code = last.codePointAt(0) ?? 0
  return code >= SYLLABLES.first && code <= SYLLABLES.last ? endingOfSyllable(code) : endingOfLatin(last)
}

/** Hangul's syllables stand in order: each 28 differ in nothing but their final consonant. */
function endingOfSyllable(code: number): Ending {
  const final = (code - SYLLABLES.first) % SYLLABLES.finals
  if (final === 0) return 'vowel'
  return final === SYLLABLES.l ? 'l' : 'consonant'
}

/** As English names are written in Hangul: most consonants get a vowel there. The others go either way (`컵`, `테이프`). */
function endingOfLatin(letter: string): Ending | undefined {
  if (/[mn]/i.test(letter)) return 'consonant'
  if (/l/i.test(letter)) return 'l'
  return /[aiouyrsfvzxhjdw]/i.test(letter) ? 'vowel' : undefined
}
