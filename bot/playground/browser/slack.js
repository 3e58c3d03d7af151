import { marked } from './chat.js'
import { element, picture } from './dom.js'
import { slackMarks } from './marks.js'

/**
 * A message as Slack shows it: https://docs.slack.dev/reference/block-kit/blocks
 *
 * @typedef {{ readonly type?: string, readonly text?: string }} Text
 * @typedef {{ readonly type?: string, readonly text?: Text | string, readonly image_url?: string, readonly alt_text?: string, readonly value?: string, readonly action_id?: string, readonly style?: string }} Element
 * @typedef {{ readonly type?: string, readonly text?: Text, readonly fields?: readonly Text[], readonly accessory?: Element, readonly elements?: readonly Element[], readonly image_url?: string, readonly alt_text?: string }} Block
 * @typedef {{ readonly text?: string, readonly blocks?: readonly Block[] }} Message
 */

/**
 * @param {Message} message
 * @param {import('./chat.js').Press} press
 * @returns {Node[]}
 */
export function slackBody({ text = '', blocks = [] }, press) {
  return blocks.length === 0
    ? [element('div', { class: 'section' }, ...mrkdwn(text))]
    : blocks.map((block) => blockOf(block, press))
}

/** @param {Block} block @param {import('./chat.js').Press} press */
function blockOf(block, press) {
  switch (block.type) {
    case 'section':
      return sectionOf(block)
    case 'actions':
      return element(
        'div',
        { class: 'actions' },
        ...(block.elements ?? []).map((one) => buttonOf(one, press)),
      )
    case 'context':
      return element(
        'div',
        { class: 'context' },
        ...(block.elements ?? []).map((one) => element('span', {}, ...mrkdwn(wordsOf(one)))),
      )
    case 'divider':
      return element('hr', {})
    case 'header':
      return element('h3', {}, block.text?.text)
    case 'image':
      return picture(block.image_url, block.alt_text ?? '') ?? element('span', {})
    default:
      return element('p', {}, `[${block.type}]`)
  }
}

/** @param {Block} block */
function sectionOf({ text, fields = [], accessory }) {
  const isPicture = accessory?.type === 'image'
  return element(
    'div',
    { class: isPicture ? 'section beside' : 'section' },
    element(
      'div',
      { class: 'words' },
      ...mrkdwn(text?.text ?? ''),
      fields.length > 0 &&
        element(
          'div',
          { class: 'fields' },
          ...fields.map((field) => element('div', {}, ...mrkdwn(field.text ?? ''))),
        ),
    ),
    isPicture && picture(accessory.image_url, accessory.alt_text ?? ''),
  )
}

/** @param {Element} button @param {import('./chat.js').Press} press */
function buttonOf(button, press) {
  const made = element('button', { type: 'button', class: button.style ?? 'plain' }, wordsOf(button))
  made.addEventListener('click', () => press(button.value ?? button.action_id ?? ''))
  return made
}

/** @param {Element} one */
function wordsOf({ text }) {
  return typeof text === 'string' ? text : (text?.text ?? '')
}

/** @param {string} text */
function mrkdwn(text) {
  return marked(slackMarks(text))
}
