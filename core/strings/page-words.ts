import { DEFAULT_LOCALE, type Locale } from '../locale.ts'
import { languageIn } from './languages.ts'
import type { PageWords } from './page.ts'

/** What the playground page says in that language. */
export function pageWords(locale: Locale = DEFAULT_LOCALE): PageWords {
  return languageIn(locale).playground
}
