import type { Inline, RichText } from '../../core/reply.ts'
import { LIMITS } from './limits.ts'

/** Strangers' text into Discord's Markdown: nothing in it formats, links, pings or turns the line around. */

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What begins a mark, mention, link, invite, time stamp or emoji code anywhere in a line of Discord's Markdown. */
const MARK = /[\\`*_~|[\]<:/]/g

/** What begins a heading, small print, quote or list at the start of a line. */
const LINE_MARK = /^[#>+-]/

/** Invisible characters, and those that turn the writing direction. A joiner stays inside an emoji, where it belongs. */
const INVISIBLE =
  /(?<!\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D|(?![\u200D\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu

/** More marks than any script needs on one letter are there to run over the lines above and below. */
const STACKED = /(\p{M}{4})\p{M}+/gu

/** At most `limit` units on one line, for places where Discord renders no Markdown. May be empty. */
export function clip(text: string, limit: number): string {
  return clusterwise(visible(text).trim(), limit, (cluster) => cluster)
}

/** At most `limit` units of Markdown that shows the text as it is, on one line. May be empty. */
export function plain(text: string, limit: number): string {
  return escaped(visible(text).trim(), limit)
}

/** Like `plain`, with the marks that we set ourselves. A link that is no web address or does not fit shows its text alone. */
export function marked(text: RichText, limit: number): string {
  let out = ''
  for (const inline of text) out += markInline(inline, limit - out.length)
  return out.trim()
}

/** The words alone. */
export function words(text: RichText, limit: number): string {
  return clip(text.map(wordsOf).join(''), limit)
}

/** The address in its canonical spelling, or undefined where Discord would not take it. */
export function webAddress(text: string | undefined, protocol = /^https?:$/): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const href = url.href.replaceAll('(', '%28').replaceAll(')', '%29')
  return protocol.test(url.protocol) && href.length <= LIMITS.url ? href : undefined
}

function wordsOf(inline: Inline): string {
  if (typeof inline === 'string') return inline
  return 'bold' in inline ? inline.bold : inline.link
}

function markInline(inline: Inline, room: number): string {
  if (typeof inline === 'string') return escaped(visible(inline), room)
  if ('bold' in inline) return around('**', plain(inline.bold, room - 4), '**')
  const href = webAddress(inline.href)
  const link = href && around('[', plain(inline.link, room - href.length - 6), `](<${href}>)`)
  return link || plain(inline.link, room)
}

function around(before: string, text: string, after: string): string {
  return text === '' ? '' : `${before}${text}${after}`
}

function visible(text: string): string {
  return text.replace(/\s+/g, ' ').replace(INVISIBLE, '').replace(STACKED, '$1').replace(/ +/g, ' ')
}

/** An unseen character keeps the words that would call a whole server from being those words. */
function escaped(line: string, limit: number): string {
  return clusterwise(line.replace(/@(?=everyone|here)/gi, '@\u200B'), limit, escapeCluster)
}

function escapeCluster(cluster: string, before: string): string {
  const safe = cluster.replace(MARK, '\\$&')
  const startsLine =
    (before.trim() === '' && LINE_MARK.test(safe)) || (safe === '.' && /^ *\d+$/.test(before))
  return startsLine ? `\\${safe}` : safe
}

/** Escapes letter by letter and stops in time, so that neither an escape nor an emoji is ever cut in two. */
function clusterwise(
  text: string,
  limit: number,
  escapeAs: (cluster: string, before: string) => string,
): string {
  let out = ''
  let shorter = ''
  for (const { segment } of graphemes.segment(text)) {
    const piece = escapeAs(segment, out)
    if (out.length + piece.length > limit)
      return limit < ELLIPSIS.length ? '' : `${shorter.trimEnd()}${ELLIPSIS}`
    out += piece
    if (out.length <= limit - ELLIPSIS.length) shorter = out
  }
  return out
}
