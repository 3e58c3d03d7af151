import type { ChannelKey, UserKey } from '../../../core/ids.ts'
import type { Inline, Mention, RichText } from '../../../core/reply.ts'
import { piecesOf } from '../../../core/strings/typed.ts'
import { clip, spellWithin, visible, webAddress } from '../../platform/outbound-text.ts'
import { LIMITS } from './limits.ts'

/** Strangers' text into Discord's Markdown: nothing in it formats, links, pings or turns the line around. */

/** What begins a mark, mention, link, invite, time stamp or emoji code anywhere in a line of Discord's Markdown. */
const MARK = /[\\`*_~|[\]<:/]/g

/** What begins a heading, small print, quote or list at the start of a line. */
const LINE_MARK = /^[#>+-]/

/** Words that would call a whole server, also where the next piece of text may bring their end. */
const CALL = /@(?=everyone|here|(?:e|ev|eve|ever|every|everyo|everyon|h|he|her)?$)/gi

/** At most `limit` units of Markdown that shows the text as it is, on one line. May be empty. */
export function plain(text: string, limit: number): string {
  return escaped(visible(text).trim(), limit)
}

/** Like `plain`, with the marks that we set ourselves. A link that is no web address or does not fit shows its text alone. */
export function marked(text: RichText, limit: number): string {
  let out = ''
  for (const inline of text.flatMap(inPieces)) out += markInline(inline, limit - out.length)
  return out.trim()
}

/** The words alone. */
export function words(text: RichText, limit: number): string {
  return clip(text.flatMap(inPieces).map(wordsOf).join(''), limit)
}

/** A web address as Discord takes it, which must be short and hold no bracket that could end a link; or undefined. */
export function discordAddress(text: string | undefined, protocol?: RegExp): string | undefined {
  const href = webAddress(text, protocol)?.replaceAll('(', '%28').replaceAll(')', '%29')
  return href !== undefined && href.length <= LIMITS.url ? href : undefined
}

function wordsOf(inline: Inline): string {
  if (typeof inline === 'string') return inline
  if ('member' in inline) return inline.member
  if ('channel' in inline) return inline.channel
  if ('call' in inline) return ''
  if ('code' in inline) return inline.code
  return 'bold' in inline ? inline.bold : inline.link
}

function inPieces(inline: Inline): readonly Inline[] {
  return typeof inline === 'string' ? piecesOf(inline) : [inline]
}

/** In backticks, where nothing is a mark; whole or as plain text. */
function code(text: string, room: number): string {
  const shown = visible(text).replaceAll('`', 'ˋ')
  return shown.length + 2 <= room ? `\`${shown}\`` : plain(text, room)
}

function markInline(inline: Inline, room: number): string {
  if (typeof inline === 'string') return escaped(visible(inline), room)
  if ('bold' in inline) return around('**', plain(inline.bold, room - 4), '**')
  if ('code' in inline) return code(inline.code, room)
  if ('member' in inline) return mention('@', inline.member, room)
  if ('channel' in inline) return mention('#', inline.channel, room)
  if ('call' in inline) return within(room, callMark(inline.call))
  const href = discordAddress(inline.href)
  const link = href && around('[', plain(inline.link, room - href.length - 6), `](<${href}>)`)
  return link || plain(inline.link, room)
}

/** Shows the name; that nobody is notified is up to `allowed_mentions`. */
function mention(sign: '@' | '#', named: UserKey | ChannelKey, room: number): string {
  const id = /^discord:(\d{1,20})$/.exec(named)?.[1]
  const mark = `<${sign}${id}>`
  return id !== undefined && mark.length <= room ? mark : plain(named, room)
}

/** Notifies where `allowed_mentions` lets it. Empty for a role that is none of Discord's. */
function callMark(call: Mention): string {
  if (typeof call === 'string') return `@${call}`
  const role = roleOf(call)
  return role === undefined ? '' : `<@&${role}>`
}

export function roleOf(call: Mention): string | undefined {
  return typeof call === 'object' ? /^\d{1,20}$/.exec(call.role)?.[0] : undefined
}

/** Whole or not at all: half a mark is a mark of something else. */
function within(room: number, mark: string): string {
  return mark.length <= room ? mark : ''
}

function around(before: string, text: string, after: string): string {
  return text === '' ? '' : `${before}${text}${after}`
}

/** An unseen character keeps such words from being those words. */
function escaped(line: string, limit: number): string {
  return spellWithin(line.replace(CALL, '@\u200B'), limit, escapeCluster)
}

function escapeCluster(cluster: string, before: string): string {
  const safe = cluster.replace(MARK, '\\$&')
  const startsLine =
    (before.trim() === '' && LINE_MARK.test(safe)) || (safe === '.' && /^ *\d+$/.test(before))
  return startsLine ? `\\${safe}` : safe
}
