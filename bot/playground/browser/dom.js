/** Builds elements out of text alone: nothing that comes from a stranger is ever read as HTML. */

/** The program's own sentence on why it will not. */
export class Refused extends Error {}

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, string | boolean | undefined>>} attributes `true` sets an empty one, `undefined` and `false` none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return made
}

/**
 * The element that the page must have.
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @param {ParentNode} within
 * @returns {E}
 */
export function found(selector, kind, within = document) {
  const one = within.querySelector(selector)
  if (one instanceof kind) return one
  throw new Error(`the page has no ${selector}`)
}

/**
 * The address, if it is one of the web; links and pictures take no other.
 * @param {unknown} address
 * @returns {string | undefined}
 */
export function webAddress(address) {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined
  return /^https?:$/.test(new URL(address).protocol) ? address : undefined
}

/**
 * A picture from afar, or its words where it cannot be had.
 * @param {unknown} address
 * @param {string} words
 * @returns {HTMLElement | undefined}
 */
export function picture(address, words) {
  const src = webAddress(address)
  if (src === undefined) return undefined
  const image = element('img', {
    src,
    alt: words,
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
  })
  const frame = element('div', { class: 'picture' }, image)
  image.addEventListener('error', () => {
    frame.classList.add('unseen')
    frame.replaceChildren(element('span', {}, words))
  })
  return frame
}

/**
 * What the adapters attach: a picture to look at, or a file to keep.
 * @param {import('../../platform/playground-side.ts').ShownFile} file
 * @param {string} download `Download {}`
 * @returns {HTMLElement}
 */
export function attachment({ name, alt, address }, download) {
  return address.startsWith('data:image/')
    ? element('img', { class: 'attached', src: address, alt: alt ?? name })
    : element(
        'a',
        { class: 'attached file', href: address, download: name },
        `📄 ${download.replace('{}', name)}`,
      )
}
