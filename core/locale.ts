/** The languages in which Indiescout speaks. */
export const LOCALES = ['en', 'ko'] as const

export type Locale = (typeof LOCALES)[number]

/** From a platform's language tag such as `ko`, `ko-KR` or `en-GB`; English for whatever we do not speak. */
export function parseLocale(tag: string | undefined): Locale {
  const language = tag?.toLowerCase().split(/[-_]/)[0]
  return LOCALES.find((locale) => locale === language) ?? 'en'
}
