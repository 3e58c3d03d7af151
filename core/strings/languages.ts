import type { Locale } from '../locale.ts'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'
import type { Language, Names, Translation } from './language.ts'
import type { PageWords } from './page.ts'

/** A language without gaps. */
type Complete = {
  readonly strings: Language
  readonly playground: PageWords
  readonly names: Names | undefined
}

/** Every language: its folder, its line here, and its name in `core/locale.ts`. */
const LANGUAGES: Readonly<Record<Locale, Complete>> = { en: complete(en), ko: complete(ko) }

export function languageIn(locale: Locale): Complete {
  return LANGUAGES[locale]
}

/** Says in English what a translation lacks. */
export function complete({ strings, playground, names }: Translation): Complete {
  return { strings: merged(en.strings, strings), playground: merged(en.playground, playground), names }
}

/** Lists what a translation lacks, such as `problems.no-profile`. */
export function missingFrom({ strings, playground }: Translation): readonly string[] {
  return [...gaps(en.strings, strings), ...gaps(en.playground, playground, 'playground.')]
}

/** `translated`: English's shape, with gaps. */
function merged<T extends object>(english: T, translated: object): T {
  const given = new Map<string, unknown>(Object.entries(translated))
  const entries = Object.entries(english).map(([key, value]) => [key, mergedValue(value, given.get(key))])
  return Object.fromEntries(entries) as T
}

function mergedValue(english: unknown, translated: unknown): unknown {
  if (translated === undefined) return english
  return isGroup(english) && isGroup(translated) ? merged(english, translated) : translated
}

function gaps(english: object, translated: object, path = ''): readonly string[] {
  const given = new Map<string, unknown>(Object.entries(translated))
  return Object.entries(english).flatMap(([key, value]) => {
    const other = given.get(key)
    if (other === undefined) return [`${path}${key}`]
    return isGroup(value) && isGroup(other) ? gaps(value, other, `${path}${key}.`) : []
  })
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
