import type { CommandName } from '../commands/catalogue.ts'
import type { Strings } from './language.ts'

/** The words under the names of the catalogue of commands, for those who go through all of it. */

type ByName = Readonly<Record<string, string>>

export function descriptionOf({ commands }: Strings, command: CommandName): string {
  return commands[command].description
}

export function optionDescription({ commands }: Strings, command: CommandName, option: string): string {
  const options: ByName = commands[command].options
  return options[option] ?? ''
}

/** The choices of an option stand under the option's name. */
export function choiceName({ choices }: Strings, option: string, choice: string): string {
  const groups: Readonly<Record<string, ByName>> = choices
  return groups[option]?.[choice] ?? choice
}
