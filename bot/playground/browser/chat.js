import { attachment, element, Refused, webAddress } from './dom.js'

/**
 * One side of the page: what its platform shows of what the bot sent, and what pressing does.
 *
 * @typedef {import('../../platform/playground-side.ts').Shown} Shown
 * @typedef {import('../../platform/playground-side.ts').ShownFile} ShownFile
 * @typedef {import('./marks.js').Piece} Piece
 * @typedef {Readonly<Record<string, string>>} Words
 * @typedef {(wire: string) => void} Press
 * @typedef {{ readonly side: 'discord' | 'slack', readonly body: (payload: any, press: Press) => Node[], readonly onlyYou: string }} View
 * @typedef {{ readonly view: View, readonly log: HTMLElement, readonly words: Words, readonly send: (wire: string) => Promise<readonly Shown[]> }} ChatNeeds
 */

const TAGS = /** @type {const} */ ({
  b: 'strong',
  i: 'em',
  u: 'u',
  s: 's',
  code: 'code',
  small: 'small',
  quote: 'blockquote',
  mention: 'span',
  link: 'a',
})

/**
 * @param {readonly (readonly Piece[])[]} lines
 * @returns {Node[]}
 */
export function marked(lines) {
  return lines.flatMap((pieces, at) => {
    const isBlock = (/** @type {readonly Piece[] | undefined} */ line) =>
      typeof line?.[0] === 'object' && ['quote', 'small'].includes(line[0].mark)
    const breaks = at > 0 && !isBlock(pieces) && !isBlock(lines[at - 1])
    return [...(breaks ? [element('br', {})] : []), ...pieces.map(markedPiece)]
  })
}

/**
 * @param {Piece} piece
 * @returns {Node}
 */
function markedPiece(piece) {
  if (typeof piece === 'string') return document.createTextNode(piece)
  const children = piece.pieces.map(markedPiece)
  if (piece.mark !== 'link') return element(TAGS[piece.mark], { class: piece.mark }, ...children)
  const href = webAddress(piece.href)
  return element(
    href === undefined ? 'span' : 'a',
    { href, rel: 'noopener noreferrer', target: '_blank' },
    ...children,
  )
}

/**
 * @param {ChatNeeds} needs
 */
export function createChat({ view, log, words, send }) {
  /** @param {Shown} shown @param {string | undefined} used */
  function messageOf(shown, used) {
    const message = element('article', {
      class: `message ${shown.kind === 'post' ? 'public' : 'private'}`,
      tabindex: '-1',
    })
    fill(message, shown, used)
    return message
  }

  /** @param {HTMLElement} message @param {Shown} shown @param {string | undefined} used */
  function fill(message, shown, used) {
    if (shown.kind === 'gone') return message.remove()
    const files = shown.files.map((file) => attachment(file, words.download ?? ''))
    const press = (/** @type {string} */ wire) => void onPress(message, wire, used)
    const body = shown.kind === 'direct' ? files : [...view.body(shown.payload, press), ...files]
    const note = shown.kind === 'direct' ? words.direct : shown.kind === 'post' ? undefined : view.onlyYou
    message.replaceChildren(
      ...(used !== undefined && shown.kind === 'answer' ? [usedLine(used)] : []),
      ...(note === undefined
        ? []
        : [element('p', { class: 'only' }, element('span', { 'aria-hidden': 'true' }, '👁 '), note)]),
      element('div', { class: 'avatar', 'aria-hidden': 'true' }, '🔭'),
      element(
        'div',
        { class: 'meta' },
        element('b', {}, 'Indiescout'),
        element('span', { class: 'app' }, words.app),
        now(),
      ),
      element('div', { class: 'body' }, ...body),
      ...(shown.kind === 'direct' ? [] : [payloadOf(shown.payload)]),
    )
  }

  /** @param {string} used */
  function usedLine(used) {
    const [before = '', after = ''] = (words.used ?? '{}').split('{}')
    return element(
      'p',
      { class: 'used' },
      element('b', {}, words.you),
      ` ${before}`,
      element('code', {}, used),
      after,
    )
  }

  function now() {
    const at = new Date()
    return element(
      'time',
      { datetime: at.toISOString() },
      at.toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' }),
    )
  }

  /** @param {unknown} payload */
  function payloadOf(payload) {
    const text = element('pre', { tabindex: '0' })
    const details = element('details', { class: 'payload' }, element('summary', {}, words.payload), text)
    details.addEventListener('toggle', () => {
      if (details.open) text.textContent = JSON.stringify(payload, undefined, 2)
    })
    return details
  }

  /** @param {HTMLElement} message @param {string} wire @param {string | undefined} used */
  async function onPress(message, wire, used) {
    if (log.getAttribute('aria-busy') === 'true') return
    const labelled = document.activeElement?.textContent ?? ''
    await within(async () => apply(await send(wire), message, used))
    if (!log.contains(document.activeElement)) focusLike(message, labelled)
  }

  /** Where a redrawn message has no such button any more, the message itself takes the focus. @param {HTMLElement} message @param {string} label */
  function focusLike(message, label) {
    const buttons = [...message.querySelectorAll('button')]
    const target = buttons.find((button) => button.textContent === label && !button.disabled) ?? message
    if (message.isConnected) target.focus({ preventScroll: true })
  }

  /** @param {() => Promise<void>} work */
  async function within(work) {
    log.setAttribute('aria-busy', 'true')
    try {
      await work()
    } catch (error) {
      show(messageNode(error instanceof Refused ? error.message : (words.lost ?? '')))
    } finally {
      log.removeAttribute('aria-busy')
    }
  }

  /** @param {string} sentence */
  function messageNode(sentence) {
    return element('p', { class: 'nothing', role: 'alert' }, sentence)
  }

  /** @param {readonly Shown[]} all @param {HTMLElement | undefined} pressed @param {string | undefined} used */
  function apply(all, pressed, used) {
    for (const shown of all) {
      if (shown.kind === 'answer' && pressed) fill(pressed, shown, used)
      else if (shown.kind === 'gone') pressed?.remove()
      else show(messageOf(shown, pressed ? undefined : used))
    }
    if (pressed?.isConnected && all.every(({ kind }) => kind === 'answer')) reveal(pressed)
  }

  /** @param {HTMLElement} message */
  function show(message) {
    const isFirst = log.querySelector('.message') === null
    log.append(message)
    if (isFirst) return
    reveal(message)
    // What is attached makes room for itself once it is read.
    for (const image of message.querySelectorAll('img.attached'))
      image.addEventListener('load', () => reveal(message), { once: true })
  }

  /** Its beginning: within the log, or on a phone, where the page itself scrolls, within the window. @param {HTMLElement} message */
  function reveal(message) {
    if (log.scrollHeight > log.clientHeight) log.scrollTop = message.offsetTop
    else message.scrollIntoView({ block: 'start' })
  }

  return {
    /** @param {string} used @param {() => Promise<readonly Shown[]>} ask */
    async command(used, ask) {
      log.querySelector('.nothing')?.remove()
      const waiting = element('p', { class: 'waiting' }, words.waiting)
      show(waiting)
      await within(async () => {
        try {
          const all = await ask()
          waiting.remove()
          apply(all, undefined, used)
        } finally {
          waiting.remove()
        }
      })
    },
  }
}
