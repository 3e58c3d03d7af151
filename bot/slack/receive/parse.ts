import type { CommandSpec } from '../../../core/commands/spec.ts'
import type { Values } from '../../../core/parsing/parse.ts'
import { parseLine } from '../../platform/command-line.ts'

/** Reads what stands behind a slash command, without what Slack makes of addresses, channels and people in it. Never throws. */
export function parseText(text: string, spec: Pick<CommandSpec, 'bare' | 'options'>): Values {
  const titles = new Set(
    spec.options.filter(({ suggests }) => suggests !== undefined).map(({ name }) => name),
  )
  const values = Object.entries(parseLine(undone(text), spec))
  return Object.fromEntries(
    values.map(([name, value]) => [name, titles.has(name) ? withNames(String(value)) : value]),
  )
}

const LINK = /<((?:https?|steam|mailto|tel):[^|<>\s]*)(?:\|([^<>]*))?>/gi

/** Slack takes many a name, such as "agar.io", for an address, and then keeps as the label what was typed. */
function isOf(address: string, label: string): boolean {
  return (
    label !== '' &&
    address.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '').toLowerCase() === label.toLowerCase()
  )
}

/** Undoes what Slack does to typed text: `<https://…|label>` for addresses, and the three entities. */
function undone(text: string): string {
  return text
    .replaceAll(LINK, (_link, address: string, label = '') => (isOf(address, label) ? label : address))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Of channels and people that a title or label was taken for. */
function withNames(text: string): string {
  return text.replace(/<([#@])[A-Z0-9]{1,32}\|([^<>]*)>/g, '$1$2')
}
