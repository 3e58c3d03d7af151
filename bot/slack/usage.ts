import { COMMANDS, type CommandSpec, type OptionSpec } from '../../core/commands.ts'
import type { Block, Reply } from '../../core/reply.ts'

export function findCommand(name: string): CommandSpec | undefined {
  return COMMANDS.find((command) => command.name === name)
}

/** What Slack shows behind the command while somebody types: `steam_id [genre:…] [max_price:…]`. */
export function usageHint(spec: CommandSpec): string {
  return spec.options.map((option) => hintOf(option, spec.bare)).join(' ')
}

/** The answer to a command that stands alone, or with `help`. */
export function usage(spec: CommandSpec): Reply {
  return {
    delivery: 'answer',
    summary: `/${spec.name} ${usageHint(spec)}`,
    blocks: [
      { kind: 'text', text: [{ bold: `/${spec.name} ${usageHint(spec)}` }] },
      { kind: 'text', text: [`${spec.description}.`] },
      ...spec.options.map(
        (option): Block => ({ kind: 'text', text: [{ bold: option.name }, ` ${option.description}`] }),
      ),
      { kind: 'hint', text: [`For example: ${spec.example}`] },
    ],
    buttons: [],
  }
}

function hintOf(option: OptionSpec, bare: string): string {
  const typed = option.name === bare ? option.name : `${option.name}:…`
  return option.required ? typed : `[${typed}]`
}
