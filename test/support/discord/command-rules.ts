import { Locale } from 'discord.js'
import { count } from './rules.ts'

/** What Discord holds against application commands beyond its OpenAPI document. */

type Localised = Readonly<Record<string, string>>

type Named = { readonly name: string; readonly name_localizations?: Localised }

type Described = Named & { readonly description?: string; readonly description_localizations?: Localised }

export type CommandBody = Described & {
  readonly options?: readonly (CommandBody & {
    readonly type?: number
    readonly required?: boolean
    readonly autocomplete?: boolean
    readonly choices?: readonly (Named & { readonly value: string | number })[]
  })[]
}

/** A command behind another one, with options of its own. */
const SUBCOMMAND = 1

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale))

/** Limits of an application command beyond the document. */
export function commandFaults(command: CommandBody): string[] {
  const { name, description = '', options = [] } = command
  const named = [command, ...options]
  const names = named.flatMap((each) => texts(each.name, each.name_localizations))
  const descriptions = named.flatMap((each) => texts(each.description, each.description_localizations))
  const choices = options.flatMap((option) => option.choices ?? [])
  const languages = [...named, ...choices].flatMap((each: Described) => [
    ...Object.keys(each.name_localizations ?? {}),
    ...Object.keys(each.description_localizations ?? {}),
  ])
  const firstOptional = options.findIndex((option) => !option.required)
  const checks: readonly [boolean, string][] = [
    [names.some((each = '') => !NAME.test(each) || each !== each.toLowerCase()), 'a bad name'],
    [descriptions.some((each) => !each || count(each) > 100), 'a bad description'],
    [languages.some((each) => !LOCALES.has(each)), 'a language that Discord does not know'],
    [commandSize(command) > 8000, 'more than 8000 characters'],
    [
      firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required),
      'required after optional',
    ],
    [standTwice(options), 'an option stands twice'],
    [options.some((option) => option.autocomplete && option.choices), 'choices beside autocomplete'],
    [description.trim() === '', 'no description'],
  ]
  const subcommands = options.filter(({ type }) => type === SUBCOMMAND)
  const mixed = subcommands.length > 0 && subcommands.length < options.length
  return [
    ...checks.flatMap(([broken, fault]) => (broken ? [`/${name}: ${fault}`] : [])),
    ...(mixed ? [`/${name}: options beside subcommands`] : []),
    ...subcommands.flatMap(commandFaults),
  ]
}

/** What is wrong with all commands of an app: each by itself, and beside the others. */
export function commandListFaults(commands: readonly CommandBody[]): string[] {
  return [...commands.flatMap(commandFaults), ...(standTwice(commands) ? ['a command stands twice'] : [])]
}

/** Of each field the longest language counts. https://docs.discord.com/developers/interactions/application-commands#slash-commands */
export function commandSize({ options = [], ...command }: CommandBody): number {
  const size = (each: Described) =>
    longest(texts(each.name, each.name_localizations)) +
    longest(texts(each.description, each.description_localizations))
  const choices = options.flatMap((option) => option.choices ?? [])
  const values = choices.reduce((sum, { value }) => sum + count(String(value)), 0)
  const own = [command, ...choices].reduce((sum, each) => sum + size(each), values)
  return options.reduce((sum, option) => sum + commandSize(option), own)
}

function texts(text: string | undefined, inLanguages: Localised | undefined): (string | undefined)[] {
  return [text, ...Object.values(inLanguages ?? {})]
}

function longest(all: readonly (string | undefined)[]): number {
  return Math.max(...all.map(count))
}

/** In one language two are called alike, or one as another is called by default. */
function standTwice(siblings: readonly Named[]): boolean {
  const languages = new Set(siblings.flatMap((each) => Object.keys(each.name_localizations ?? {})))
  return ['', ...languages].some((language) => {
    const names = siblings.flatMap(({ name, name_localizations }) => [
      ...new Set([name, name_localizations?.[language] ?? name]),
    ])
    return new Set(names).size < names.length
  })
}
