import type { Requester } from '../command-request.ts'
import type { Locale } from '../locale.ts'
import { commandNameIn, optionNameIn } from '../strings/names.ts'
import { COMMANDS, type CommandName, findCommand, type OptionName } from './catalogue.ts'

type Given = Readonly<Partial<Record<OptionName, string>>>

/** How a command is typed somewhere, with what is given to its options in this order. */
export type CommandFormatter = (name: CommandName, given?: Given) => string

export const UMBRELLA = 'indiescout'

const GENERIC: ReadonlySet<string> = new Set(
  COMMANDS.filter(({ generic }) => generic).map(({ name }) => name),
)

/** Discord lists commands in its own language, which need not be the one that somebody is answered in. */
type Where = Pick<Requester, 'user'> & { readonly locale: Locale | undefined }

/** Apps share names there, so that a generic command is `/indiescout link`; and the bare option goes without its name. */
const IN_SLACK: CommandFormatter = (name, given) => {
  const bare = findCommand(name)?.bare
  const head = GENERIC.has(name) ? `/${UMBRELLA} ${name}` : `/${name}`
  return withOptions(head, given, (option) => (option === bare ? '' : `${option}:`))
}

/** As Discord shows it: `/recommend like:Hades`, and `/추천 좋아하는_게임:Hades`. */
function inDiscord(locale: Locale): CommandFormatter {
  return (name, given) =>
    withOptions(`/${commandNameIn(locale, name)}`, given, (option) => `${optionNameIn(locale, option)}:`)
}

export const PLAIN = inDiscord('en')

/** As it is typed where this person is. */
export function formatterFor(where: Where): CommandFormatter {
  return where.user.startsWith('slack:') ? IN_SLACK : inDiscord(languageOfNames(where))
}

/** What an option is called there. */
export function optionNameFor(where: Where): (option: string) => string {
  return (option) => optionNameIn(languageOfNames(where), option)
}

/** Discord alone knows names in several languages. */
function languageOfNames({ user, locale = 'en' }: Where): Locale {
  return user.startsWith('discord:') ? locale : 'en'
}

function withOptions(head: string, given: Given = {}, before: (option: string) => string): string {
  return [head, ...Object.entries(given).map(([option, value]) => `${before(option)}${value}`)].join(' ')
}
