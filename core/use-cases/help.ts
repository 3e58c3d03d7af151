import { COMMANDS } from '../commands/catalogue.ts'
import { type Command, ENTRIES, type Entry } from '../commands/groups.ts'
import type { OptionSpec } from '../commands/spec.ts'
import { LOCALES } from '../locale.ts'
import { exampleOf } from '../parsing/example.ts'
import type { Block, Reply, RichText } from '../reply.ts'
import { descriptionOf, optionDescription } from '../strings/command-strings.ts'
import type { Words } from '../strings/language.ts'
import { commandNameIn } from '../strings/names.ts'
import { explained } from './answering.ts'

/** `/help`: every command as it is typed where this is read, with what it does and an example; or all about one. */
export function help(words: Words, asked?: string): Reply {
  const name = asked?.replace(/^\//, '').replace(/\s+/g, ' ').toLowerCase()
  if (name === undefined || name === '') return helpOnAll(words)
  const found = COMMANDS.filter((command) => isCalled(command, name))
  if (found.length === 0) return explained({ kind: 'no-such-command', asked: name }, words)
  return helpOn(found, words)
}

/** By its own name in any language, or that of its group. */
function isCalled({ name }: Command, asked: string): boolean {
  return LOCALES.some((locale) => {
    const spelt = commandNameIn(locale, name)
    return [name, spelt].some((one) => one === asked || one.split(' ')[0] === asked)
  })
}

function helpOn(commands: readonly Command[], words: Words): Reply {
  const text = (text: RichText): Block => ({ kind: 'text', text })
  const [first] = commands
  return {
    delivery: 'answer',
    summary: first === undefined ? words.help.head : words.command(first.name),
    blocks: commands.flatMap((command) => {
      const options: readonly OptionSpec[] = command.options
      const about =
        commands.length > 1 ? [] : options.map(({ name }) => text(lineForOption(name, command, words)))
      return [text(lineForCommand(command, words)), ...about]
    }),
    buttons: [],
    attachments: [],
  }
}

function lineForOption(option: string, { name }: Command, words: Words): RichText {
  return [{ bold: option }, ` ${optionDescription(words, name, option)}`]
}

function helpOnAll(words: Words): Reply {
  const { head, foot } = words.help
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...ENTRIES.map((entry): Block => ({ kind: 'text', text: lineFor(entry, words) })),
      { kind: 'hint', text: [foot] },
    ],
    buttons: [],
    attachments: [],
  }
}

/** A group in one line, so that all fits where a message is short. */
function lineFor(entry: Entry, words: Words) {
  if (entry.kind === 'command') return lineForCommand(entry.command, words)
  const [first = '', ...others] = entry.members.map(({ name }) => words.command(name))
  const rest = others.map((other) => other.split(' ').at(-1)).join(', ')
  return [{ bold: first }, ` ${words.groups[entry.name]} · ${rest}`]
}

/** The example of a command that stands alone would only say its name again. */
function lineForCommand(spec: Command, words: Words) {
  const typed = words.command(spec.name)
  const example = exampleOf({ command: spec.name }, words)
  const described = ` ${descriptionOf(words, spec.name)}`
  return [
    { bold: typed },
    example === undefined || example === typed ? described : `${described} · ${example}`,
  ]
}
