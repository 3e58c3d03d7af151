import type { CommandSpec, Values } from '../../core/commands.ts'

/**
 * What stands behind a slash command, as people type it: `gabelogannewell genre:Roguelike max_price:"15"`. The first bare
 * words go to the command's `bare` option; later ones go on with the option before them (`genre:Action Roguelike`).
 * Never throws; what an option means is for `parseCommand` to judge.
 */
export function parseText(text: string, spec: Pick<CommandSpec, 'bare'>): Values {
  const bare: Option = { name: spec.bare, words: [], closed: false }
  const options = new Map([[bare.name, bare]])
  let last = bare
  for (const token of tokensOf(text)) {
    if (token.name !== undefined) {
      last = { name: token.name, words: [], closed: false }
      options.set(last.name, last)
    }
    const target = token.name === undefined ? targetOf(last, options.get(bare.name) ?? bare) : last
    if (token.value !== '') target.words.push(token.value)
    target.closed ||= token.quoted
  }
  return Object.fromEntries([...options.values()].map((option) => [option.name, option.words.join(' ')]))
}

export function asksForHelp(text: string): boolean {
  return /^\s*(help|--help|\?)?\s*$/i.test(text)
}

type Option = { readonly name: string; readonly words: string[]; closed: boolean }
type Token = { readonly name: string | undefined; readonly value: string; readonly quoted: boolean }

/** A quoted value is complete, and a command without its bare option is still waiting for it. */
function targetOf(last: Option, bare: Option): Option {
  if (last.words.length === 0 && !last.closed) return last
  return last.closed || bare.words.length === 0 ? bare : last
}

/** Slack turns straight quotes into curly ones. A colon before `//` belongs to an address. */
const TOKEN =
  /(?:(?<name>[a-z][a-z_]*):(?!\/\/))?(?:["“”„«](?<quoted>[^"“”„«»]*)["“”»]?|(?<word><https?:[^>]*>|[^\s"“”„«»]*))/giu

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(({ groups = {} }) => {
    const { name, quoted, word = '' } = groups
    const value = asTyped(quoted?.trim() ?? word)
    if (name === undefined && quoted === undefined && word === '') return []
    return [{ name: name?.toLowerCase(), value, quoted: quoted !== undefined }]
  })
}

/** Undoes what Slack does to typed text: `<https://…|label>` for addresses, and the three entities. */
function asTyped(text: string): string {
  return text
    .replace(/^<(https?:[^|>\s]*)(?:\|[^>]*)?>$/i, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
