/** The languages of Steam's store. https://partner.steamgames.com/doc/store/localization/languages */
const STORE_LANGUAGES = [
  ...[
    'ar',
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'es',
    'es-419',
    'fi',
    'fr',
    'hu',
    'id',
    'it',
    'ja',
    'ko',
    'ms',
  ],
  ...['nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW'],
]

/** As the store shortens them where Unicode's tables do it in another way. */
const STORES_OWN: Readonly<Record<string, number>> = {
  avr: 4,
  июн: 6,
  июл: 7,
  сен: 9,
  ноя: 11,
  ян: 1,
  юн: 6,
  юл: 7,
}

/** These say other things too (`Out 2026`; Finnish `kesä` is the summer as well): they are months only beside a day. */
const ALSO_OTHER_WORDS = new Set(['ago', 'ara', 'kesa', 'led', 'lug', 'mag', 'out', 'pro', 'set', 'uno'])

/** A word as it is looked up: no capitals, no accents, no dots. Marks of Thai and Arabic are letters, and stay. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.'’]/g, '')
    .normalize('NFC')
    .replaceAll('ı', 'i')
}

let known: ReadonlyMap<string, number> | undefined

/** The month, from 1, that a folded word names in a language of the store; undefined where languages differ. */
export function monthNamed(word: string): number | undefined {
  known ??= collectMonths()
  return known.get(word)
}

/** Whether the word names a month, and nothing else, where no day stands beside it. */
export function namesMonthAlone(word: string): boolean {
  return !ALSO_OTHER_WORDS.has(word)
}

function collectMonths(): ReadonlyMap<string, number> {
  const months = new Map<string, Set<number>>()
  const add = (name: string, month: number) => {
    const word = foldWord(name)
    if (/^\p{L}[\p{L}\p{M}]+$/u.test(word)) months.set(word, (months.get(word) ?? new Set()).add(month))
  }
  for (const language of STORE_LANGUAGES) {
    for (const [name, month] of monthsOf(language)) add(name, month)
  }
  for (const [name, month] of Object.entries(STORES_OWN)) add(name, month)
  return new Map(
    [...months].flatMap(([word, [month, ...others]]) =>
      month && others.length === 0 ? [[word, month] as const] : [],
    ),
  )
}

/** Many languages write a month in another way beside a day than by itself. */
function* monthsOf(language: string): Generator<readonly [string, number]> {
  for (const style of ['long', 'short'] as const) {
    for (const day of [undefined, 'numeric'] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, {
        month: style,
        ...(day && { day, year: 'numeric' }),
        timeZone: 'UTC',
      })
      for (let month = 1; month <= 12; month++) {
        const name = format.formatToParts(Date.UTC(2020, month - 1, 15)).find(({ type }) => type === 'month')
        if (name) yield [name.value, month]
      }
    }
  }
}
