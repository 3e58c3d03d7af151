/** The languages in which Indiescout speaks. */
export const LOCALES = ['en', 'ko'] as const

export type Locale = (typeof LOCALES)[number]

/** Where nothing else is known. */
export const DEFAULT_LOCALE: Locale = 'en'

/** From a platform's language tag such as `ko`, `ko-KR` or `en-GB`; undefined for whatever we do not speak. */
export function parseLocale(tag: string | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split(/[-_]/)[0]
  return LOCALES.find((locale) => locale === language)
}
