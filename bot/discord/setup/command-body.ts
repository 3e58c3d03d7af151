import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'
import type { CommandName } from '../../../core/commands/catalogue.ts'
import { type Command, ENTRIES, type Entry } from '../../../core/commands/groups.ts'
import type { OptionSpec } from '../../../core/commands/spec.ts'
import { choiceName, descriptionOf, optionDescription } from '../../../core/strings/command-strings.ts'
import type { Strings } from '../../../core/strings/language.ts'
import { commandNameIn, groupNameIn, optionNameIn } from '../../../core/strings/names.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { LIMITS } from '../render/limits.ts'

export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody

/** In servers, in direct messages with the bot and in those between players; for servers and for a player alone. */
const EVERYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}

/** The catalogue as Discord takes it. */
export function commandBodies(): CommandBody[] {
  return ENTRIES.map(commandBody)
}

/** A command as Discord takes it. Whatever name somebody sees, what they send carries the default ones. */
export function commandBody(entry: Entry): CommandBody {
  switch (entry.kind) {
    case 'command':
      return { type: ApplicationCommandType.ChatInput, ...EVERYWHERE, ...bodyOf(entry.command) }
    case 'group':
      return {
        type: ApplicationCommandType.ChatInput,
        ...named(({ locale }) => groupNameIn(locale, entry)),
        ...described(({ groups }) => groups[entry.name]),
        ...EVERYWHERE,
        options: entry.members.map(
          (member): APIApplicationCommandSubcommandOption => ({
            type: ApplicationCommandOptionType.Subcommand,
            ...bodyOf(member),
          }),
        ),
      }
  }
}

function bodyOf(command: Command) {
  const { name, options } = command
  const specs: readonly OptionSpec[] = options
  if (specs.length > LIMITS.commandOptions) throw new Error(`/${name} has too many options for Discord`)
  const requiredFirst = specs.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
  return {
    ...named(({ locale }) => lastWord(commandNameIn(locale, name))),
    ...described((strings) => descriptionOf(strings, name)),
    options: requiredFirst.map((option) => optionBody(name, option)),
  }
}

/** Behind its group a command goes by its second word. */
function lastWord(name: string): string {
  return name.split(' ').at(-1) ?? name
}

function optionBody(command: CommandName, option: OptionSpec): APIApplicationCommandBasicOption {
  const { required = false } = option
  const common = {
    ...named(({ locale }) => optionNameIn(locale, option.name)),
    ...described((strings) => optionDescription(strings, command, option.name)),
    required,
  }
  switch (option.type) {
    case 'text':
    case 'account':
    case 'players':
    case 'audience':
    case 'channels':
      return {
        ...{ ...common, type: ApplicationCommandOptionType.String },
        autocomplete: option.suggests !== undefined,
        max_length: Math.min(option.maxLength, LIMITS.textOptionLength),
      }
    case 'integer':
      return {
        ...{ ...common, type: ApplicationCommandOptionType.Integer },
        ...{ min_value: option.min, max_value: option.max },
      }
    case 'number':
      return {
        ...{ ...common, type: ApplicationCommandOptionType.Number },
        ...{ min_value: option.min, max_value: option.max },
      }
    case 'choice':
      return {
        ...{ ...common, type: ApplicationCommandOptionType.String },
        choices: option.choices.map((value) => ({
          ...inLanguages('name', LIMITS.choiceName, (strings) => choiceName(strings, option.name, value)),
          value,
        })),
      }
    case 'yes-no':
      return { ...common, type: ApplicationCommandOptionType.Boolean }
  }
}

function named(nameIn: (strings: Strings) => string) {
  return inLanguages('name', LIMITS.commandName, (strings) => {
    const name = nameIn(strings)
    if (/^[-_'\p{Ll}\p{Lo}\p{N}]+$/u.test(name)) return name
    throw new Error(`Discord takes no name "${name}": lower-case letters, digits, - and _`)
  })
}

function described(describe: (strings: Strings) => string) {
  return inLanguages('description', LIMITS.commandDescription, describe)
}

/** English for everybody, and the languages that Discord knows by these keys. */
function inLanguages<F extends 'name' | 'description'>(
  field: F,
  limit: number,
  say: (strings: Strings) => string,
) {
  const within = (text: string) => {
    if (text !== '' && text.length <= limit) return text
    throw new Error(`Discord takes a ${field} of 1 to ${limit} characters, not "${text}"`)
  }
  const ko: LocalizationMap = { ko: within(say(stringsIn('ko'))) }
  return { [field]: within(say(stringsIn('en'))), [`${field}_localizations`]: ko } as Readonly<
    Record<F, string> & Record<`${F}_localizations`, LocalizationMap>
  >
}
