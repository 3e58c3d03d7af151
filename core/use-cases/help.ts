import { COMMANDS } from '../commands/catalogue.ts'
import { type Command, ENTRIES, type Entry } from '../commands/groups.ts'
import type { OptionSpec } from '../commands/spec.ts'
import { LOCALES } from '../locale.ts'
import type { Block, Reply, RichText } from '../reply.ts'
import { descriptionOf, optionDescription } from '../strings/command-strings.ts'
import { exampleOf } from '../strings/example.ts'
import type { Strings } from '../strings/language.ts'
import { commandNameIn } from '../strings/names.ts'
import { explained } from './answering.ts'

/** `/help`: every command as it is typed where this is read, with what it does and an example; or all about one. */
export function help(strings: Strings, asked?: string): Reply {
  const name = asked?.replace(/^\//, '').replace(/\s+/g, ' ').toLowerCase()
  if (name === undefined || name === '') return helpOnAll(strings)
  const found = COMMANDS.filter((command) => isCalled(command, name))
  if (found.length === 0) return explained({ kind: 'no-such-command', asked: name }, strings)
  return helpOn(found, strings)
}

/** By its own name in any language, or that of its group. */
function isCalled({ name }: Command, asked: string): boolean {
  return LOCALES.some((locale) => {
    const spelt = commandNameIn(locale, name)
    return [name, spelt].some((one) => one === asked || one.split(' ')[0] === asked)
  })
}

function helpOn(commands: readonly Command[], strings: Strings): Reply {
  const text = (text: RichText): Block => ({ kind: 'text', text })
  const [first] = commands
  return {
    delivery: 'answer',
    summary: first === undefined ? strings.help.head : strings.command(first.name),
    blocks: commands.flatMap((command) => {
      const options: readonly OptionSpec[] = command.options
      const about =
        commands.length > 1 ? [] : options.map(({ name }) => text(lineForOption(name, command, strings)))
      return [text(lineForCommand(command, strings)), ...about]
    }),
    buttons: [],
    attachments: [],
  }
}

function lineForOption(option: string, { name }: Command, strings: Strings): RichText {
  return [{ bold: option }, ` ${optionDescription(strings, name, option)}`]
}

function helpOnAll(strings: Strings): Reply {
  const { head, foot } = strings.help
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...ENTRIES.map((entry): Block => ({ kind: 'text', text: lineFor(entry, strings) })),
      { kind: 'hint', text: [foot] },
    ],
    buttons: [],
    attachments: [],
  }
}

/** A group in one line, so that all fits where a message is short. */
function lineFor(entry: Entry, strings: Strings) {
  if (entry.kind === 'command') return lineForCommand(entry.command, strings)
  const [first = '', ...others] = entry.members.map(({ name }) => strings.command(name))
  const rest = others.map((other) => other.split(' ').at(-1)).join(', ')
  return [{ bold: first }, ` ${strings.groups[entry.name]} · ${rest}`]
}

/** The example of a command that stands alone would only say its name again. */
function lineForCommand(spec: Command, strings: Strings) {
  const typed = strings.command(spec.name)
  const example = exampleOf({ command: spec.name }, strings)
  const described = ` ${descriptionOf(strings, spec.name)}`
  return [
    { bold: typed },
    example === undefined || example === typed ? described : `${described} · ${example}`,
  ]
}
