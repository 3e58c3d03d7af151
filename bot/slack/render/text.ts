import type { ChannelKey, UserKey } from '../../../core/ids.ts'
import type { Inline, Mention, RichText } from '../../../core/reply.ts'
import { piecesOf } from '../../../core/strings/typed.ts'
import { spellWithin, visible, webAddress } from '../../platform/outbound-text.ts'

/** Strangers' text into Slack's mrkdwn: nothing in it formats, links, pings or turns the line around. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Slack knows no escape for its other marks; each becomes a double, which looks the same and means nothing. A quote mark
 * counts at the start of a line only, and even as an entity. An underscore within a word stays, so that an option's name
 * can be copied from a message.
 */
const DOUBLES: readonly (readonly [RegExp, string])[] = [
  [/\*/g, '∗'],
  [/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ'],
  [/~/g, '∼'],
  [/`/g, 'ˋ'],
  // The first colon of an emoji code such as `:skull:`.
  [/:(?=[\w+'-]+:)/g, '꞉'],
]

/** Slack's word for all of a channel is `channel`. https://docs.slack.dev/messaging/formatting-message-text */
const CALLS = { here: '<!here>', everyone: '<!channel>' } as const

/** Past this an address is no store page, and would eat the room of the text around it. */
const LONGEST_ADDRESS = 500

/** At most `limit` units of mrkdwn that shows the text as it is, on one line. May be empty. */
export function plain(text: string, limit: number): string {
  return escaped(visible(text).trim(), limit)
}

/** Like `plain`, with the marks that we set ourselves. A link that is no web address or does not fit shows its text alone. */
export function marked(text: RichText, limit: number): string {
  let out = ''
  for (const inline of text.flatMap(inPieces)) out += markInline(inline, limit - out.length)
  return out.trim()
}

/** In backticks, where a colon makes no emoji code and an address no link; whole or as plain text. */
function code(text: string, room: number): string {
  const shown = visible(text).replaceAll('`', 'ˋ').replace(/[&<>]/g, entityOf)
  return shown.length + 2 <= room ? `\`${shown}\`` : plain(text, room)
}

/** `*bold*`, or nothing where there is nothing to mark. */
export function bold(text: string): string {
  return text === '' ? '' : `*${text}*`
}

/** A link, at most `limit` units; its text alone where the address is unusable. Slack ends the address at the first `|`. */
export function linked(text: string, href: string, limit: number): string {
  const address = webAddress(href)?.replaceAll('|', '%7C').replaceAll('&', '&amp;')
  const room = limit - (address?.length ?? 0) - 3
  const usable = address !== undefined && address.length <= LONGEST_ADDRESS
  const label = usable ? plain(text.replaceAll('|', '∣'), room) : ''
  return label === '' ? plain(text, limit) : `<${address}|${label}>`
}

function inPieces(inline: Inline): readonly Inline[] {
  return typeof inline === 'string' ? piecesOf(inline) : [inline]
}

function markInline(inline: Inline, room: number): string {
  if (typeof inline === 'string') return escaped(visible(inline), room)
  if ('bold' in inline) return bold(plain(inline.bold, room - 2))
  if ('code' in inline) return code(inline.code, room)
  if ('member' in inline) return mention('@', inline.member, room)
  if ('channel' in inline) return mention('#', inline.channel, room)
  if ('call' in inline) return callMark(inline.call, room)
  return linked(inline.link, inline.href, room)
}

/** Shows the name; Slack notifies nobody of what is private to somebody else. */
function mention(sign: '@' | '#', named: UserKey | ChannelKey, room: number): string {
  const id = /^slack:[^.]*\.([A-Z0-9]{1,32})$/.exec(named)?.[1]
  const mark = `<${sign}${id}>`
  return id !== undefined && mark.length <= room ? mark : plain(named, room)
}

/** Notifies wherever it stands. Empty for a user group that is none of Slack's. */
function callMark(call: Mention, room: number): string {
  const mark = typeof call === 'string' ? CALLS[call] : groupMark(call.role)
  return mark.length <= room ? mark : ''
}

function groupMark(role: string): string {
  return /^S[A-Z0-9]{1,31}$/.test(role) ? `<!subteam^${role}>` : ''
}

function entityOf(sign: string): string {
  return ENTITIES[sign] ?? ''
}

function escaped(line: string, limit: number): string {
  const unquoted = line.replace(/^ *>+/, (quote) => quote.replaceAll('>', '›'))
  const inert = DOUBLES.reduce((text, [mark, double]) => text.replace(mark, double), unquoted)
  return spellWithin(inert, limit, (cluster) => cluster.replace(/[&<>]/g, entityOf))
}
