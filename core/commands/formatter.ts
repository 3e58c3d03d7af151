import type { PlaceKey, UserKey } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { CommandName, OptionName } from './catalogue.ts'

type Given = Readonly<Partial<Record<OptionName, string>>>

/** How a command is typed somewhere, with what is given to its options in this order. */
export type CommandFormatter = (name: CommandName, given?: Given) => string

/** Where a command is read: by a person, in whatever language their platform lists commands in, or at a place. */
type Reader = { readonly user: UserKey | PlaceKey; readonly locale?: Locale | undefined }

/** Finds how commands are typed on the reader's platform. */
export type FormatterFor = (reader: Reader) => CommandFormatter

/** Writes `/recommend like:Hades` by the command's own names. */
export const PLAIN: CommandFormatter = (name, given) =>
  withOptions(`/${name}`, given, (option) => `${option}:`)

/** Writes the options behind the command; `label` is what stands before a value. */
export function withOptions(head: string, given: Given = {}, label: (option: string) => string): string {
  return [head, ...Object.entries(given).map(([option, value]) => `${label(option)}${value}`)].join(' ')
}
