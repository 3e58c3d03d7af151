import { COMMANDS } from '../../core/commands/catalogue.ts'
import { findGroup } from '../../core/commands/groups.ts'
import type { CommandSpec, OptionSpec } from '../../core/commands/spec.ts'
import type { Values } from '../../core/parsing/parse.ts'

/** The app's own command, behind which those stand whose names other apps use as well. */
export const UMBRELLA = 'indiescout'

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

type Spec = Pick<CommandSpec, 'bare' | 'options'>

/**
 * What stands behind a slash command, as people type it: `gabelogannewell genre:Roguelike max_price:"15"`. The first bare
 * words go to the command's `bare` option; later ones go on with the option before them (`genre:Action Roguelike`), unless
 * that was quoted, takes one word, or the command cannot do without the bare one. Only names of the command's own options
 * make options, so that "FTL: Faster Than Light" is a title. Never throws; what an option means is for `parseCommand` to judge.
 */
export function parseLine(text: string, spec: Spec): Values {
  const bare = spec.bare ?? ''
  const waits = spec.options.some((option) => option.name === bare && option.required === true)
  const given = new Map<string, string>()
  let bareParts: string[] = []
  const toBare = (more: string) => {
    if (more !== '') bareParts.push(more)
  }
  for (const { name, value } of segmentsOf(text, spec)) {
    if (name === undefined) toBare(value)
    else {
      const takesOneWord = isOneWord(optionOf(spec, name)) || (waits && bareParts.length === 0)
      const [own, rest] = ownPart(value, takesOneWord && name !== bare)
      if (name === bare) bareParts = own === '' ? [] : [own]
      else given.set(name, own)
      toBare(rest)
    }
  }
  const values = [[bare, bareParts.join(' ')], ...given] as const
  return Object.fromEntries(values.flatMap(([name, value]) => entryOf(name, value)))
}

/** Words that no option takes stand for an option of that name, so that `parseCommand` says what there is. */
function entryOf(name: string, typed: string): [string, string][] {
  const value = unquoted(typed)
  if (name !== '') return [[name, value]]
  return value === '' ? [] : [[value, value]]
}

/** With `help`, or alone where the command needs something. There is a game called Help. */
export function asksForUsage(text: string, { options, bare }: Spec): boolean {
  const typed = text.trim()
  if (typed === '') return options.some((option) => option.required)
  const takesTitles = options.some(({ name, suggests }) => name === bare && suggests === 'game')
  return HELP.includes(takesTitles && typed === 'Help' ? '' : typed.toLowerCase())
}

type Segment = { readonly name: string | undefined; readonly value: string }

/** From one name of an option to the next. What is quoted is passed over. */
function segmentsOf(text: string, spec: Spec): Segment[] {
  const segments: Segment[] = []
  let [name, start]: [string | undefined, number] = [undefined, 0]
  const close = (end: number) => segments.push({ name, value: text.slice(start, end).trim() })
  for (let at = 0; at < text.length; ) {
    const empty = text.slice(start, at).trim() === ''
    // Behind its one word the bare option goes on.
    const current = !empty && isOneWord(optionOf(spec, name ?? '')) ? spec.bare : name
    const found = optionAt(text, at, { spec, current, empty })
    if (found) {
      close(at)
      ;[name, start] = [found.name, found.end]
      at = found.end
    } else at = pastWord(text, at)
  }
  close(text.length)
  return segments
}

/** A quoted text, or a word, with the space behind it. */
const QUOTED = /["“”„«][^"“”„«»]*["“”»](?=$|[\s;,]|[a-z_]+:)[\s;,]*/iuy
const WORD = /\s*\S+\s*/uy

function pastWord(text: string, at: number): number {
  for (const piece of [QUOTED, WORD]) {
    piece.lastIndex = at
    if (piece.test(text)) return piece.lastIndex
  }
  return text.length
}

/** A colon before `//` belongs to an address. */
const NAME = /(?<name>[a-z][a-z_]*):(?!\/\/|:)(?<space>\s*)/iuy

type Before = {
  readonly spec: Spec
  /** The option whose value is being read. */
  readonly current: string | undefined
  readonly empty: boolean
}

function optionAt(text: string, at: number, before: Before): { name: string; end: number } | undefined {
  NAME.lastIndex = at
  const groups = NAME.exec(text)?.groups
  if (!groups) return undefined
  const { name: written = '', space = '' } = groups
  const [name, end] = [written.toLowerCase(), NAME.lastIndex]
  const isOption = optionOf(before.spec, name)
    ? isOwn(written, { glued: space === '', rest: text.slice(end, end + LOOKED_AHEAD) }, before)
    : isStrange(written, space === '' && end < text.length, before)
  return isOption ? { name, end } : undefined
}

/** Longer than any choice. */
const LOOKED_AHEAD = 40

type Behind = { readonly glued: boolean; readonly rest: string }

/** Titles hold such words as well: "Dragon Age: Origins", "Number Game:24 Points". */
function isOwn(
  written: string,
  { glued, rest }: Behind,
  { spec, current = spec.bare, empty }: Before,
): boolean {
  const option = optionOf(spec, written.toLowerCase())
  if (option === undefined || (option.name === current && !empty && takesTitles(spec, current))) return false
  if (glued || rest.trim() === '') return true
  switch (option.type) {
    case 'integer':
    case 'number':
      return /^\S{0,4}\d/.test(rest)
    case 'yes-no':
      return /^(?:yes|no|true|false|on|off|y|n|네|예|아니요)(?!\S)/i.test(rest)
    case 'choice':
      return option.choices.some((choice) => rest.toLowerCase().startsWith(choice.split('-')[0] ?? choice))
    case 'text':
    case 'account':
    case 'players':
    case 'audience':
    case 'channels':
      return written === written.toLowerCase()
  }
}

/** No option of this command, but certainly meant as one: `price:15`. */
function isStrange(written: string, glued: boolean, { spec, current = spec.bare }: Before): boolean {
  return glued && !takesTitles(spec, current) && OPTION_WORDS.has(written)
}

const OPTION_WORDS: ReadonlySet<string> = new Set(
  COMMANDS.flatMap(({ options }) => options.flatMap(({ name }) => [name, ...name.split('_')])),
)

function takesTitles(spec: Spec, name: string | undefined): boolean {
  return ['game', 'games'].includes(optionOf(spec, name ?? '')?.suggests ?? '')
}

function optionOf({ options }: Spec, name: string): OptionSpec | undefined {
  return options.find((option) => option.name === name)
}

function isOneWord(option: OptionSpec | undefined): boolean {
  return option?.type === 'integer' || option?.type === 'yes-no'
}

/** What belongs to an option of the text behind its name: a quoted text alone, or all of it. */
function ownPart(text: string, oneWord: boolean): readonly [string, string] {
  const { quoted, word, rest } =
    /^(?:["“”„«](?<quoted>[^"“”„«»]*)["“”»]|(?<word>\S+))[\s]*(?<rest>.*)$/su.exec(text)?.groups ?? {}
  if (quoted !== undefined) return [quoted.trim(), rest ?? '']
  return oneWord ? [word ?? '', rest ?? ''] : [text, '']
}

/** Without quotes round all of it, of which the last may be missing. Slack turns straight ones into curly ones. */
function unquoted(text: string): string {
  return /^["“”„«](?<inner>[^"“”„«»]*)["“”»]?$/su.exec(text)?.groups?.inner?.trim() ?? text
}
