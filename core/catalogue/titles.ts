import { normalizeName } from './normalize-name.ts'

/** How titles are compared: pure rules, for whatever holds the names. `warehouse.name_key` makes the same keys in SQL. */

/** Letters that no accent was put on, and that people type as others. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' },
}

/** Letters and digits of a title: "Sam & Max™" is `samandmax`. Empty where it has none, as of "***". */
export function nameKey(title: string): string {
  const plain = title.replace(/[™®©℠]/gu, '').normalize('NFKC')
  const spelt = plain.replaceAll('&amp;', '&').replaceAll('&', ' and ')
  return normalizeName(spelt).replace(/[øłđıæœßþ]/gu, (letter) => LETTERS[letter] ?? letter)
}

const ROMAN: readonly string[] = [
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
]

/** A number by itself, or digits right behind a word: "Hades 2", "Hades II", "hades2". */
const NUMERAL = /(?<![\p{L}\p{N}])[ivx]{1,4}(?![\p{L}\p{N}])|(?<!\p{N})\d{1,2}(?![\p{L}\p{N}])/giu

/** With more numbers than these, a title is read as it was typed. */
const NUMERALS = 3

/**
 * The spellings under which a title may be known, as typed first: with Roman numerals in place of Arabic ones and the other
 * way round, with and without a leading "The".
 */
export function readings(typed: string): readonly string[] {
  const numerals = [...typed.matchAll(NUMERAL)].filter(([numeral]) => otherNumeral(numeral) !== undefined)
  const spelt = numerals.length > NUMERALS ? [typed] : swapped(typed, numerals)
  return [...new Set(spelt.flatMap((text) => [text, withoutArticle(text) ?? `The ${text}`]))]
}

/** From the last numeral on, so that the places of those before it stay as they are. */
function swapped(typed: string, numerals: readonly RegExpExecArray[]): string[] {
  const texts = [typed]
  for (const { 0: numeral, index } of numerals.toReversed()) {
    const other = ` ${otherNumeral(numeral)}`
    const more = texts.map((text) => `${text.slice(0, index)}${other}${text.slice(index + numeral.length)}`)
    texts.push(...more)
  }
  return texts
}

function otherNumeral(numeral: string): string | undefined {
  const at = ROMAN.indexOf(numeral.toLowerCase())
  return at >= 0 ? String(at + 1) : ROMAN[Number(numeral) - 1]
}

function withoutArticle(text: string): string | undefined {
  return /^\s*the\s+(?<rest>\S.*)$/isu.exec(text)?.groups?.rest
}

/** What stands before a subtitle: "FTL" of "FTL: Faster Than Light". */
function mainTitle(title: string): string {
  const end = title.search(/\s*[:：|(]|\s+[-–—~]\s*/u)
  return end > 0 ? title.slice(0, end) : title
}

/** How sure a title is: called just so, called so in another spelling, or near enough to be meant. */
type Sureness = 'exact' | 'same' | 'near'

export type Meant<T> = {
  readonly sure: Sureness
  readonly titles: readonly T[]
  /** Called the same but for the case of their letters. */
  readonly others: readonly T[]
}

type Titled = { readonly name: string }

/**
 * Those of the found titles that were meant, all of equal right: called just so; else the same but for case, signs and
 * spaces; else by another spelling of a number; else the one without its subtitle, the only one, or the only one in which
 * a letter or two are wrong. Undefined where none stands out.
 */
export function meantBy<T extends Titled>(typed: string, found: readonly T[]): Meant<T> | undefined {
  const asked = typed.normalize('NFC').trim()
  const key = nameKey(asked)
  const keys = new Set(
    readings(asked)
      .map(nameKey)
      .filter((one) => one !== ''),
  )
  const tiers: readonly (readonly [Sureness, (title: string) => boolean])[] = [
    ['exact', (title) => title.normalize('NFC').trim() === asked],
    ['exact', (title) => title.normalize('NFC').trim().toLowerCase() === asked.toLowerCase()],
    ['same', (title) => key !== '' && nameKey(title) === key],
    ['same', (title) => keys.has(nameKey(title))],
    ['near', (title) => keys.has(nameKey(mainTitle(title)))],
  ]
  for (const [sure, fits] of tiers) {
    const titles = found.filter(({ name }) => fits(name))
    if (titles.length > 0) return { sure, titles, others: sure === 'exact' ? othersOf(titles, found) : [] }
  }
  if (key === '') return undefined
  const near = found.length === 1 ? found : found.filter(({ name }) => isSlip(key, nameKey(name)))
  return near.length === 1 ? { sure: 'near', titles: near, others: [] } : undefined
}

function othersOf<T extends Titled>(titles: readonly T[], found: readonly T[]): T[] {
  const spelt = (title: Titled | undefined) => title?.name.normalize('NFC').trim().toLowerCase()
  return found.filter((title) => !titles.includes(title) && spelt(title) === spelt(titles[0]))
}

/** Longer than any title; keeps the comparison of letters cheap. */
const MAX_COMPARED = 200

/** Of a short title one letter may be wrong, of a longer one two. */
function isSlip(typed: string, title: string): boolean {
  const most = typed.length < 9 ? 1 : 2
  if (typed.length < 4 || Math.max(typed.length, title.length) > MAX_COMPARED) return false
  return Math.abs(typed.length - title.length) <= most && distance(typed, title) <= most
}

/** Letters put in, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swappedPair = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swappedPair ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? 0
}
