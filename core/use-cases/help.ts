import { exampleOf } from '../commands/example.ts'
import { type Command, ENTRIES, type Entry } from '../commands/groups.ts'
import type { Block, Reply } from '../reply.ts'
import { descriptionOf } from '../words/command-words.ts'
import type { Words } from '../words/words.ts'

/** `/help`: every command as it is typed where this is read, with what it does and an example. */
export function help(words: Words): Reply {
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
