/** What every platform does to strangers' text before it escapes it in its own way, so that nothing hides in it. */

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Invisible characters, and those that turn the writing direction. A joiner stays inside an emoji, where it belongs. */
const INVISIBLE =
  /(?<!\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D|(?![\u200D\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu

/** More marks than any script needs on one letter are there to run over the lines above and below. */
const STACKED = /(\p{M}{4})\p{M}+/gu

/** What a reader sees of the text, on one line; a space at either end stays. */
export function visible(text: string): string {
  return text.replace(/\s+/g, ' ').replace(INVISIBLE, '').replace(STACKED, '$1').replace(/ +/g, ' ')
}

/** At most `limit` UTF-16 units on one line, for places where a platform renders no marks. May be empty. */
export function clip(text: string, limit: number): string {
  return spellWithin(visible(text).trim(), limit, (cluster) => cluster)
}

/**
 * Spells letter by letter and stops in time, so that neither an escape nor an emoji is ever cut in two. `spell` also
 * gets what stands before the letter. At most `limit` UTF-16 units.
 */
export function spellWithin(
  line: string,
  limit: number,
  spell: (cluster: string, before: string) => string,
): string {
  let out = ''
  let shorter = ''
  for (const { segment } of graphemes.segment(line)) {
    const piece = spell(segment, out)
    if (out.length + piece.length > limit)
      return limit < ELLIPSIS.length ? '' : `${shorter.trimEnd()}${ELLIPSIS}`
    out += piece
    if (out.length <= limit - ELLIPSIS.length) shorter = out
  }
  return out
}

/** Joins whole lines, as many as fit. */
export function wholeLines(lines: readonly string[], limit: number): string {
  let out = ''
  for (const line of lines) {
    const longer = out === '' ? line : `${out}\n${line}`
    if (longer.length > limit) break
    out = longer
  }
  return out
}

/** The address in its canonical spelling, or undefined where it is none of the web. */
export function webAddress(text: string | undefined, protocol = /^https?:$/): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return protocol.test(url.protocol) ? url.href : undefined
}
