import { type Command, type Group, nameInGroup } from '../../../core/commands/groups.ts'
import type { CommandSpec, OptionSpec } from '../../../core/commands/spec.ts'
import type { Block, Reply } from '../../../core/reply.ts'
import { choiceName, descriptionOf, optionDescription } from '../../../core/strings/command-strings.ts'
import { exampleOf } from '../../../core/strings/example.ts'
import type { Strings } from '../../../core/strings/language.ts'

/** What Slack shows behind the command while somebody types: `[steam_id] [genre:…] [max_price:…]`. */
export function usageHint({ options, bare }: Pick<CommandSpec, 'options' | 'bare'>): string {
  return options.map((option) => hintOf(option, bare)).join(' ')
}

/** The answer to a command that stands alone where it cannot, or with `help`. */
export function usage(spec: Command, strings: Strings): Reply {
  const head = `${strings.command(spec.name)} ${usageHint(spec)}`.trim()
  const options: readonly OptionSpec[] = spec.options
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      { kind: 'text', text: [descriptionOf(strings, spec.name)] },
      ...options.map((option): Block => ({ kind: 'text', text: explain(option, spec, strings) })),
      ...exampleLines(spec, strings),
    ],
    buttons: [],
    attachments: [],
  }
}

/** The answer to a group that stands alone: which commands there are behind it. */
export function groupUsage({ name, members }: Group, strings: Strings): Reply {
  const head = `/${name} ${groupHint(members)}`
  return {
    delivery: 'answer',
    summary: head,
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      { kind: 'text', text: [strings.groups[name]] },
      ...members.map((member): Block => {
        const line = [{ bold: strings.command(member.name) }, ` ${descriptionOf(strings, member.name)}`]
        return { kind: 'text', text: line }
      }),
    ],
    buttons: [],
    attachments: [],
  }
}

/** `list | preview | …` */
export function groupHint(members: readonly Command[]): string {
  return members.map(nameInGroup).join(' | ')
}

function exampleLines({ name }: Command, strings: Strings): readonly Block[] {
  const example = exampleOf({ command: name }, strings)
  return example === undefined ? [] : [{ kind: 'hint', text: [strings.help.example(example)] }]
}

function explain(option: OptionSpec, { name }: Command, strings: Strings) {
  const typed = typedChoices(option, strings)
  const list = typed.length === 0 ? '' : ` — ${typed.join(', ')}`
  return [{ bold: option.name }, ` ${optionDescription(strings, name, option.name)}${list}`]
}

/** Slack offers nothing to choose from: what has to be typed, and what it means. */
function typedChoices(option: OptionSpec, strings: Strings): readonly string[] {
  switch (option.type) {
    case 'choice':
      return option.choices.map((choice) => `${choice} (${choiceName(strings, option.name, choice)})`)
    case 'yes-no':
      return ['yes', 'no']
    case 'text':
    case 'account':
    case 'players':
    case 'audience':
    case 'channels':
    case 'integer':
    case 'number':
      return []
  }
}

function hintOf(option: OptionSpec, bare: string | undefined): string {
  const typed = option.name === bare ? option.name : `${option.name}:…`
  return option.required ? typed : `[${typed}]`
}
