/**
 * What was typed, without what chat programs, web pages and keyboards put round it: marks of Markdown, quotes of
 * every country, links' brackets, invisible characters, full-width signs and spaces that do not break.
 */
export function unmarked(text: string): string {
  let bare = spaced(text)
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const next = peeled(bare)
    if (next === bare) break
    bare = next
  }
  return bare
}

/** Each layer is a reading of all the text, and nobody who means well wraps it more often. */
const MAX_LAYERS = 16

/** One layer less; never more than all that says something. */
function peeled(text: string): string {
  const inner = LAYERS.map((layer) => layer(text)).find((one) => one !== undefined && one !== text)
  return inner !== undefined && SAYS_SOMETHING.test(inner) ? inner.trim() : text
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu
const FULL_WIDTH = /[\uff01-\uff5e]/g
const TO_ASCII = 0xfee0

function spaced(text: string): string {
  return text
    .replace(/\s/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/ +/g, ' ')
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - TO_ASCII))
    .trim()
}

const LAYERS: readonly ((text: string) => string | undefined)[] = [
  (text) => /^<((?:https?|steam):[^<>|\s]+)>$/i.exec(text)?.[1],
  (text) => /^\[[^\]]*\]\(<?(https?:[^\s()<>]+)>?\)$/i.exec(text)?.[1],
  (text) => /^(`{1,3}|\*{1,3}|_{2,3}|~{1,2}|\|\|)(.+)\1$/su.exec(text)?.[2],
  italic,
  (text) => /^>{1,3} (.+)$/su.exec(text)?.[1],
  (text) => text.replace(/\\(?=[\\*_~`|>#[\]().!-])/g, ''),
  withoutQuotes,
]

/** A custom name of Steam may begin and end with `_`, and so nothing that could be one loses them. */
function italic(text: string): string | undefined {
  const inner = /^_(.+)_$/su.exec(text)?.[1]
  return inner !== undefined && (/[^\w-]/.test(inner) || /^\d+$/.test(inner)) ? inner : undefined
}

const QUOTES = new Set('"\'“”„‟«»‹›‘’‚‛`´「」『』〈〉《》〝〞〟')

function withoutQuotes(text: string): string {
  const signs = [...text]
  const first = signs.findIndex((sign) => !QUOTES.has(sign))
  const last = signs.findLastIndex((sign) => !QUOTES.has(sign))
  return signs.slice(Math.max(first, 0), last + 1).join('')
}
