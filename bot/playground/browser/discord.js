import { marked } from './chat.js'
import { element, picture, webAddress } from './dom.js'
import { discordMarks } from './marks.js'

/**
 * A message as Discord shows it.
 *
 * @typedef {{ readonly name?: string, readonly value?: string, readonly inline?: boolean }} Field
 * @typedef {{ readonly color?: number, readonly title?: string, readonly url?: string, readonly description?: string, readonly fields?: readonly Field[], readonly image?: { readonly url?: string }, readonly footer?: { readonly text?: string } }} Embed
 * @typedef {{ readonly style?: number, readonly label?: string, readonly custom_id?: string, readonly disabled?: boolean }} Button
 * @typedef {{ readonly content?: string, readonly embeds?: readonly Embed[], readonly components?: readonly { readonly components?: readonly Button[] }[] }} Message
 */

/** @type {Readonly<Record<number, string>>} */
const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger' }

/**
 * @param {Message} message
 * @param {import('./chat.js').Press} press
 * @returns {Node[]}
 */
export function discordBody({ content = '', embeds = [], components = [] }, press) {
  return [
    ...(content === '' ? [] : [element('div', { class: 'content' }, ...marked(discordMarks(content)))]),
    ...embeds.map(embedOf),
    ...components.map(({ components: buttons = [] }) =>
      element('div', { class: 'row' }, ...buttons.map((button) => buttonOf(button, press))),
    ),
  ]
}

/** @param {Embed} embed */
function embedOf({ color, title, url, description, fields = [], image, footer }) {
  const href = webAddress(url)
  const made = element(
    'div',
    { class: 'embed' },
    title !== undefined &&
      element(
        'h3',
        {},
        href === undefined
          ? plainTitle(title)
          : element('a', { href, rel: 'noopener noreferrer', target: '_blank' }, plainTitle(title)),
      ),
    description !== undefined &&
      element('div', { class: 'description' }, ...marked(discordMarks(description))),
    fields.length > 0 && element('dl', { class: 'fields' }, ...fields.map(fieldOf)),
    picture(image?.url, title === undefined ? '' : textOf(title)),
    footer?.text !== undefined && element('p', { class: 'footer' }, footer.text),
  )
  if (color !== undefined) made.style.setProperty('--stripe', `#${color.toString(16).padStart(6, '0')}`)
  return made
}

/** @param {string} title */
function plainTitle(title) {
  return element('span', {}, ...marked(discordMarks(title)))
}

/** @param {string} text */
function textOf(text) {
  return plainTitle(text).textContent ?? ''
}

/** @param {Field} field */
function fieldOf({ name = '', value = '', inline = false }) {
  const [label, words] = [marked(discordMarks(name)), marked(discordMarks(value))]
  return element(
    'div',
    { class: inline ? 'inline' : undefined },
    element('dt', {}, ...label),
    element('dd', {}, ...words),
  )
}

/** @param {Button} button @param {import('./chat.js').Press} press */
function buttonOf({ style = 2, label = '', custom_id = '', disabled = false }, press) {
  const made = element('button', { type: 'button', class: STYLES[style] ?? 'secondary', disabled }, label)
  made.addEventListener('click', () => press(custom_id))
  return made
}
