import { COMMANDS } from '../commands/catalogue.ts'
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
      ...COMMANDS.map((spec): Block => ({ kind: 'text', text: lineFor(spec, words) })),
      { kind: 'hint', text: [foot] },
    ],
    buttons: [],
    attachments: [],
  }
}

/** The example of a command that stands alone would only say its name again. */
function lineFor(spec: (typeof COMMANDS)[number], words: Words) {
  const typed = words.command(spec.name)
  const example = words.command(spec.name, spec.example)
  const described = ` ${descriptionOf(words, spec.name)}`
  return [{ bold: typed }, example === typed ? described : `${described} · ${example}`]
}
