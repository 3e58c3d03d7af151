import type { COMMANDS } from '../../core/commands/catalogue.ts'
import type { CommandSpec, OptionSpec } from '../../core/commands/spec.ts'
import { exampleFor } from '../../core/commands/spelling.ts'
import type { Block, Reply } from '../../core/reply.ts'
import { choiceName, descriptionOf, optionDescription } from '../../core/words/command-words.ts'
import type { Words } from '../../core/words/words.ts'

type Command = (typeof COMMANDS)[number]

/** What Slack shows behind the command while somebody types: `[steam_id] [genre:…] [max_price:…]`. */
export function usageHint({ options, bare }: Pick<CommandSpec, 'options' | 'bare'>): string {
  return options.map((option) => hintOf(option, bare)).join(' ')
}

/** The answer to a command that stands alone where it cannot, or with `help`. */
export function usage(spec: Command, words: Words): Reply {
  const head = `${words.command(spec.name)} ${usageHint(spec)}`.trim()
  const options: readonly OptionSpec[] = spec.options
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      { kind: 'text', text: [descriptionOf(words, spec.name)] },
      ...options.map((option): Block => ({ kind: 'text', text: explain(option, spec, words) })),
      { kind: 'hint', text: [words.help.example(exampleFor(spec, words.command))] },
    ],
    buttons: [],
    attachments: [],
  }
}

function explain(option: OptionSpec, { name }: Command, words: Words) {
  const choices = option.type === 'choice' ? option.choices : []
  const named = choices.map((choice) => `${choice} (${choiceName(words, option.name, choice)})`)
  const list = named.length === 0 ? '' : ` — ${named.join(', ')}`
  return [{ bold: option.name }, ` ${optionDescription(words, name, option.name)}${list}`]
}

function hintOf(option: OptionSpec, bare: string | undefined): string {
  const typed = option.name === bare ? option.name : `${option.name}:…`
  return option.required ? typed : `[${typed}]`
}
