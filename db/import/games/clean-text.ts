const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    reg: '®',
    trade: '™',
    copy: '©',
    hellip: '…',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
  }),
)

/** Stores escape their text for HTML, and copies of copies escape it again (`&amp;quot;`). */
const MAX_ESCAPINGS = 3

const LOST = '\ufffd'

/** Whether some of the text was lost before it came to us. */
export function isDamaged(text: string): boolean {
  return text.includes(LOST)
}

/** ASCII words with single spaces and no escape: most labels, and nothing to clean. */
const PLAIN = /^[!-%'-~]+(?: [!-%'-~]+)*$/

/**
 * Text as a person typed it: HTML entities decoded, control and format characters gone, spaces single, at most
 * `maxLength` UTF-16 units and never half a character. Undefined where nothing is left.
 */
export function cleanText(text: string, maxLength: number): string | undefined {
  if (PLAIN.test(text) && text.length <= maxLength) return text
  const plain = decodeEntities(text)
    .toWellFormed()
    // Stands for what somebody's program could not read.
    .replaceAll(LOST, '')
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim()
  return plain === '' ? undefined : clip(plain, maxLength)
}

function decodeEntities(text: string): string {
  let decoded = text
  for (let round = 0; round < MAX_ESCAPINGS && decoded.includes('&'); round++) {
    decoded = decoded.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
  }
  return decoded
}

function decodeEntity(entity: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? entity
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity
}

function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const cut = text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')
  return `${cut.trimEnd()}…`
}

/** Distinct clean entries in their order, at most `maxCount`. */
export function cleanList(entries: readonly string[], maxCount = 64, maxLength = 100): string[] {
  const cleaned = new Set<string>()
  for (const entry of entries) {
    const text = isDamaged(entry) ? undefined : cleanText(entry, maxLength)
    if (text !== undefined) cleaned.add(text)
    if (cleaned.size === maxCount) break
  }
  return [...cleaned]
}

/** A list written with commas. A company keeps its comma: `PopCap Games, Inc.` is one. */
export function splitCompanies(text: string): string[] {
  return text.split(/,\s+(?!(?:inc|ltd|llc|co|corp|gmbh|s\.?a|s\.?r\.?[lo]|pty|limited|kg|lp|a\.?s)\b\.?)/i)
}

/** Steam's language list carries markup (`English<strong>*</strong>`) and ends in a remark behind a line break. */
export function splitLanguages(text: string): string[] {
  const [list = ''] = decodeEntities(text).split(/<br/i)
  return list
    .replace(/<[^<>]*>|\*|#lang_|;/g, '')
    .split(',')
    .map((language) => language.trim())
}

/** An address a card may link to or load; anything but the given protocols is dropped. */
export function cleanUrl(text: string, protocols: readonly string[]): string | undefined {
  const url = URL.parse(text.trim())
  const isFit =
    !isDamaged(text) &&
    url !== null &&
    protocols.includes(url.protocol) &&
    url.username === '' &&
    url.href.length <= 2_000
  return isFit ? url.href : undefined
}
