import { findGroup } from '../../core/commands/groups.ts'
import type { Values } from '../../core/commands/parse.ts'
import type { CommandSpec } from '../../core/commands/spec.ts'
import { UMBRELLA } from '../../core/commands/spelling.ts'

const HELP: readonly string[] = ['help', '--help', '?']

type Typed = { readonly name: string; readonly text: string }

/**
 * `/indiescout link gabelogannewell` is `/link gabelogannewell`; alone it asks what there is. `/digest list` is one command,
 * and `/digest` alone the name of its group.
 */
export function unwrapped({ name, text }: Typed): Typed {
  const group = findGroup(name)
  if (name !== UMBRELLA && !group) return { name, text }
  const [, word = '', rest = ''] = /^\s*\/?(\S*)\s*(.*)$/s.exec(text) ?? []
  const inner = word.toLowerCase()
  if (!group) return { name: inner || 'help', text: rest }
  return { name: HELP.includes(inner) ? name : `${name} ${inner}`.trim(), text: rest }
}

/**
 * What stands behind a slash command, as people type it: `gabelogannewell genre:Roguelike max_price:"15"`. The first bare
 * words go to the command's `bare` option; later ones go on with the option before them (`genre:Action Roguelike`), unless
 * that was quoted or the command cannot do without the bare one. Never throws; what an option means is for `parseCommand` to judge.
 */
export function parseText(text: string, spec: Pick<CommandSpec, 'bare' | 'options'>): Values {
  const bare: Option = { name: spec.bare ?? '', words: [], closed: false }
  const waits = spec.options.some((option) => option.name === spec.bare && option.required === true)
  const options = new Map([[bare.name, bare]])
  let last = bare
  for (const token of tokensOf(text)) {
    if (token.name !== undefined) {
      last = { name: token.name, words: [], closed: false }
      options.set(last.name, last)
    }
    if (token.name === undefined) last = targetOf(last, options.get(bare.name) ?? bare, waits)
    if (token.value !== '') last.words.push(token.value)
    last.closed ||= token.quoted
  }
  return Object.fromEntries([...options.values()].flatMap(entryOf))
}

/** Words that no option takes stand for an option of that name, so that `parseCommand` says what there is. */
function entryOf({ name, words }: Option): [string, string][] {
  const value = words.join(' ')
  if (name !== '') return [[name, value]]
  return value === '' ? [] : [[value, value]]
}

/** With `help`, or alone where the command needs something. */
export function asksForUsage(text: string, { options }: Pick<CommandSpec, 'options'>): boolean {
  const typed = text.trim().toLowerCase()
  return typed === '' ? options.some((option) => option.required) : HELP.includes(typed)
}

type Option = { readonly name: string; readonly words: string[]; closed: boolean }
type Token = { readonly name: string | undefined; readonly value: string; readonly quoted: boolean }

/** A quoted value is complete; and a command `waits` for the bare option that it cannot do without. */
function targetOf(last: Option, bare: Option, waits: boolean): Option {
  if (last.words.length === 0 && !last.closed) return last
  return last.closed || (waits && bare.words.length === 0) ? bare : last
}

/** Slack turns straight quotes into curly ones. A colon before `//` belongs to an address. */
const TOKEN =
  /(?:(?<name>[a-z][a-z_]*):(?!\/\/))?(?:["“”„«](?<quoted>[^"“”„«»]*)["“”»]?|(?<word><https?:[^<>]*>|[^\s"“”„«»]*))/giu

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(({ groups = {} }) => {
    const { name, quoted, word = '' } = groups
    const value = asTyped(quoted?.trim() ?? word)
    if (name === undefined && quoted === undefined && word === '') return []
    return [{ name: name?.toLowerCase(), value, quoted: quoted !== undefined }]
  })
}

const LINK = /<(https?:[^|<>\s]*)(?:\|([^<>]*))?>/gi

/** Slack takes many a name, such as "agar.io", for an address, and then keeps as the label what was typed. */
function isOf(address: string, label: string): boolean {
  return label !== '' && address.replace(/^https?:\/\//i, '').toLowerCase() === label.toLowerCase()
}

/** Undoes what Slack does to typed text: `<https://…|label>` for addresses, and the three entities. */
function asTyped(text: string): string {
  return text
    .replaceAll(LINK, (_link, address: string, label = '') => (isOf(address, label) ? label : address))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
