import type { UserKey } from '../ids.ts'
import { COMMANDS, type CommandName } from './catalogue.ts'

/** How a command is typed: `/recommend`, and on Slack, where apps share names, `/indiescout help`. */
export type Spelling = (name: CommandName) => string

export const PLAIN: Spelling = (name) => `/${name}`

export const UMBRELLA = 'indiescout'

const GENERIC: ReadonlySet<string> = new Set(
  COMMANDS.filter(({ generic }) => generic).map(({ name }) => name),
)

const ON_SLACK: Spelling = (name) => (GENERIC.has(name) ? `/${UMBRELLA} ${name}` : PLAIN(name))

/** As it is typed where this person is. */
export function spellingFor(user: UserKey): Spelling {
  return user.startsWith('slack:') ? ON_SLACK : PLAIN
}

/** A command's example as it is typed there. */
export function exampleFor({ name, example }: (typeof COMMANDS)[number], spelling: Spelling): string {
  return `${spelling(name)}${example.slice(PLAIN(name).length)}`
}
