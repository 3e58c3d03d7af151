import { COMMANDS, findCommand } from '../../../core/commands/catalogue.ts'
import { type CommandFormatter, withOptions } from '../../../core/commands/formatter.ts'
import { UMBRELLA } from '../../platform/command-line.ts'

const GENERIC: ReadonlySet<string> = new Set(
  COMMANDS.filter(({ generic }) => generic).map(({ name }) => name),
)

/** Writes `/recommend Hades` and `/indiescout link`: the bare option goes without its name. */
export const SLACK_FORMATTER: CommandFormatter = (name, given) => {
  const bare = findCommand(name)?.bare
  const head = GENERIC.has(name) ? `/${UMBRELLA} ${name}` : `/${name}`
  return withOptions(head, given, (option) => (option === bare ? '' : `${option}:`))
}
