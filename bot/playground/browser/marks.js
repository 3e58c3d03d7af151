/**
 * Discord's Markdown and Slack's mrkdwn, as far as the bots write them, into a tree. Pure; whatever is no mark stays text.
 *
 * @typedef {string | Marked} Piece
 * @typedef {{ readonly mark: 'b' | 'i' | 'u' | 's' | 'code' | 'small' | 'quote' | 'mention' | 'link', readonly href?: string, readonly pieces: readonly Piece[] }} Marked
 */

/** @typedef {(match: RegExpExecArray) => Piece | undefined} Reading */
/** @typedef {readonly (readonly [RegExp, Reading])[]} Grammar Tried in this order wherever the text before is read. */

/**
 * @param {string} text on one line
 * @param {Grammar} grammar sticky patterns
 * @returns {Piece[]}
 */
function read(text, grammar) {
  /** @type {Piece[]} */
  const pieces = []
  let plain = ''
  let at = 0
  const flush = () => {
    if (plain !== '') pieces.push(plain)
    plain = ''
  }
  while (at < text.length) {
    const next = firstMark(text, at, grammar)
    if (next === undefined) {
      plain += text[at]
      at += 1
    } else {
      if (typeof next.piece === 'string') plain += next.piece
      else {
        flush()
        pieces.push(next.piece)
      }
      at = next.end
    }
  }
  flush()
  return pieces
}

/**
 * @param {string} text
 * @param {number} at
 * @param {Grammar} grammar
 */
function firstMark(text, at, grammar) {
  for (const [pattern, reading] of grammar) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    const piece = match ? reading(match) : undefined
    if (match && piece !== undefined) return { piece, end: at + match[0].length }
  }
  return undefined
}

/** Within a mark nothing may be nested deeper than people write it. */
const DEEPEST = 6

/**
 * @param {string} text
 * @param {number} depth
 * @returns {Piece[]}
 */
function discordLine(text, depth = 0) {
  if (depth > DEEPEST) return [text]
  /** @type {(mark: Marked['mark']) => Reading} */
  const marked = (mark) => (match) => ({ mark, pieces: discordLine(match[1] ?? '', depth + 1) })
  return read(text, [
    [/\\([^\p{L}\p{N}\s])/uy, (match) => match[1]],
    [/`([^`]+)`/y, (match) => ({ mark: 'code', pieces: [match[1] ?? ''] })],
    [/\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/y, marked('b')],
    [/__((?:\\.|[^\\])+?)__(?!_)/y, marked('u')],
    [/~~((?:\\.|[^\\])+?)~~/y, marked('s')],
    [/\*((?:\\.|\*\*|[^\\*])+?)\*(?!\*)/y, marked('i')],
    [
      /\[((?:\\.|[^\\\]])+)\]\(<?(https?:[^\s<>)]+)>?\)/y,
      (match) => ({ mark: 'link', href: match[2] ?? '', pieces: discordLine(match[1] ?? '', depth + 1) }),
    ],
    [
      /<(@[!&]?|#)(\d{1,20})>/y,
      (match) => ({ mark: 'mention', pieces: [match[1] === '#' ? '#games' : '@you'] }),
    ],
    [/@(?:everyone|here)/y, (match) => ({ mark: 'mention', pieces: [match[0]] })],
  ])
}

/**
 * @param {string} text
 * @returns {Piece[][]} line by line
 */
export function discordMarks(text) {
  return text.split('\n').map((line) => {
    const small = /^-# (.*)$/.exec(line)
    if (small) return [{ mark: 'small', pieces: discordLine(small[1] ?? '') }]
    const quote = /^> (.*)$/.exec(line)
    return quote ? [{ mark: 'quote', pieces: discordLine(quote[1] ?? '') }] : discordLine(line)
  })
}

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** @param {string} text */
function decoded(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
}

/**
 * @param {string} text
 * @param {number} depth
 * @returns {Piece[]}
 */
function slackLine(text, depth = 0) {
  if (depth > DEEPEST) return [decoded(text)]
  /** @type {(mark: Marked['mark']) => Reading} */
  const marked = (mark) => (match) => ({ mark, pieces: slackLine(match[1] ?? '', depth + 1) })
  return read(text, [
    [
      /<(https?:[^|<>\s]+)(?:\|([^<>]*))?>/y,
      (match) => ({
        mark: 'link',
        href: decoded(match[1] ?? ''),
        pieces: slackLine(match[2] || (match[1] ?? ''), depth + 1),
      }),
    ],
    [/<@[A-Z0-9]+(?:\|[^<>]*)?>/y, () => ({ mark: 'mention', pieces: ['@you'] })],
    [/<#[A-Z0-9]+(?:\|[^<>]*)?>/y, () => ({ mark: 'mention', pieces: ['#games'] })],
    [/<!(here|channel|everyone)>/y, (match) => ({ mark: 'mention', pieces: [`@${match[1]}`] })],
    [/&(?:amp|lt|gt);/y, (match) => decoded(match[0])],
    [/`([^`]+)`/y, (match) => ({ mark: 'code', pieces: [decoded(match[1] ?? '')] })],
    [/(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+)(?<!\s)\*(?![\p{L}\p{N}])/uy, marked('b')],
    [/(?<![\p{L}\p{N}])_(?!\s)([^\n]+?)(?<!\s)_(?![\p{L}\p{N}])/uy, marked('i')],
    [/(?<![\p{L}\p{N}])~(?!\s)([^~\n]+)(?<!\s)~(?![\p{L}\p{N}])/uy, marked('s')],
  ])
}

/**
 * @param {string} text
 * @returns {Piece[][]} line by line
 */
export function slackMarks(text) {
  return text.split('\n').map((line) => {
    const quote = /^&gt; ?(.*)$/.exec(line)
    return quote ? [{ mark: 'quote', pieces: slackLine(quote[1] ?? '') }] : slackLine(line)
  })
}
