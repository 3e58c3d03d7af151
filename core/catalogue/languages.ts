import { LOCALES } from '../locale.ts'
import type { Problem } from '../problem.ts'
import { normalizeName } from './normalize-name.ts'

/** Steam's English names of its languages, with their codes. https://partner.steamgames.com/doc/store/localization/languages */
const LANGUAGES: Readonly<Record<string, string>> = {
  Arabic: 'ar',
  Bulgarian: 'bg',
  Czech: 'cs',
  Danish: 'da',
  Dutch: 'nl',
  English: 'en',
  Finnish: 'fi',
  French: 'fr',
  German: 'de',
  Greek: 'el',
  Hungarian: 'hu',
  Indonesian: 'id',
  Italian: 'it',
  Japanese: 'ja',
  Korean: 'ko',
  Norwegian: 'no',
  Polish: 'pl',
  Portuguese: 'pt',
  'Portuguese - Brazil': 'pt-BR',
  'Portuguese - Portugal': 'pt-PT',
  Romanian: 'ro',
  Russian: 'ru',
  'Simplified Chinese': 'zh-Hans',
  Spanish: 'es',
  'Spanish - Latin America': 'es-419',
  'Spanish - Spain': 'es-ES',
  Swedish: 'sv',
  Thai: 'th',
  'Traditional Chinese': 'zh-Hant',
  Turkish: 'tr',
  Ukrainian: 'uk',
  Vietnamese: 'vi',
}

const NEAR = 3

/** Steam's name of a language, from that name, its code, its own name or its name in a language that we speak. */
export function findLanguage(typed: string): string | Problem {
  const asked = normalizeName(typed)
  const found = Object.entries(LANGUAGES).find(([name, code]) => spellings(name, code).includes(asked))
  if (found) return found[0]
  const near = Object.keys(LANGUAGES).filter((name) => asked !== '' && isNear(normalizeName(name), asked))
  return { kind: 'unknown-language', asked: typed, near: near.slice(0, NEAR) }
}

function spellings(name: string, code: string): string[] {
  const speakers = [code, ...LOCALES]
  const names = speakers.map((speaker) => new Intl.DisplayNames([speaker], { type: 'language' }).of(code))
  return [name, code, ...names].map((spelling) => normalizeName(spelling ?? ''))
}

function isNear(name: string, asked: string): boolean {
  return name.includes(asked) || asked.includes(name) || name.slice(0, 3) === asked.slice(0, 3)
}
