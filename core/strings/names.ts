import type { CommandName } from '../commands/catalogue.ts'
import type { Group } from '../commands/groups.ts'
import type { Locale } from '../locale.ts'
import { languageIn } from './languages.ts'

type ByName = Readonly<Record<string, string>>

export function commandNameIn(locale: Locale, command: CommandName): string {
  return languageIn(locale).names?.commands[command] ?? command
}

/** The first word of its members' names. */
export function groupNameIn(locale: Locale, { name, members: [member] }: Group): string {
  return (member && commandNameIn(locale, member.name).split(' ')[0]) ?? name
}

/** The name itself where the catalogue has no such option. */
export function optionNameIn(locale: Locale, option: string): string {
  const names: ByName = languageIn(locale).names?.options ?? {}
  return Object.hasOwn(names, option) ? (names[option] ?? option) : option
}
