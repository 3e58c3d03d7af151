import { isDeepStrictEqual } from 'node:util'
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import { COMMANDS, type CommandSpec, type OptionSpec } from '../../core/commands.ts'
import type { Log } from '../../core/log.ts'
import { TOKEN_REFUSED } from './connection.ts'
import { isUnauthorized, patiently } from './failure.ts'
import { LIMITS } from './limits.ts'

export type RegisterOptions = { readonly token: string; readonly apiUrl: string; readonly log: Log }

type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody

/** Publishes the catalogue of commands where Discord's differs from it. Throws where Discord refuses the token. */
export async function registerCommands({ token, apiUrl, log }: RegisterOptions): Promise<void> {
  const rest = new REST({ api: apiUrl.replace(/\/+$/, ''), retries: 0 }).setToken(token)
  const application = await ownApplication(rest)
  const route = Routes.applicationCommands(application.id)
  const wanted = COMMANDS.map(commandBody)
  const current = (await patiently.execute(() => rest.get(route))) as APIApplicationCommand[]
  const names = wanted.map((command) => `/${command.name}`).join(', ')
  if (isDeepStrictEqual(comparable(current), comparable(wanted))) {
    log('info', "Discord's commands are up to date", { commands: names })
    return
  }
  await patiently.execute(() => rest.put(route, { body: wanted }))
  log('info', "registered Discord's commands", { commands: names })
}

async function ownApplication(rest: REST): Promise<{ id: string }> {
  try {
    return (await patiently.execute(() => rest.get(Routes.currentApplication()))) as { id: string }
  } catch (error) {
    throw isUnauthorized(error) ? new Error(TOKEN_REFUSED) : error
  }
}

/** In servers, in direct messages with the bot and in those between players; for servers and for a player alone. */
const EVERYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}

/** Throws where the catalogue holds what Discord would refuse. */
export function commandBody({ name, description, options }: CommandSpec): CommandBody {
  for (const each of [{ name, description }, ...options]) assertNamed(each)
  if (options.length > LIMITS.commandOptions) throw new Error(`/${name} has too many options for Discord`)
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    ...EVERYWHERE,
    options: options.toSorted((a, b) => Number(b.required) - Number(a.required)).map(optionBody),
  }
}

function assertNamed({ name, description }: { readonly name: string; readonly description: string }): void {
  if (!/^[-_'\p{Ll}\p{Lo}\p{N}]+$/u.test(name) || name.length > LIMITS.commandName) {
    throw new Error(`Discord takes no name "${name}": lower-case letters, digits, - and _, at most 32`)
  }
  if (description === '' || description.length > LIMITS.commandDescription) {
    throw new Error(`the description of "${name}" must have 1 to ${LIMITS.commandDescription} characters`)
  }
}

function optionBody(option: OptionSpec): APIApplicationCommandBasicOption {
  const { name, description, required } = option
  switch (option.type) {
    case 'text':
      return {
        type: ApplicationCommandOptionType.String,
        ...{ name, description, required, autocomplete: option.suggests !== undefined },
        max_length: Math.min(option.maxLength, LIMITS.textOptionLength),
      }
    case 'integer':
      return {
        type: ApplicationCommandOptionType.Integer,
        ...{ name, description, required, min_value: option.min, max_value: option.max },
      }
    case 'number':
      return {
        type: ApplicationCommandOptionType.Number,
        ...{ name, description, required, min_value: option.min, max_value: option.max },
      }
  }
}

/** Discord fills in fields, leaves out what is false and keeps an order of its own. */
function comparable(commands: readonly (APIApplicationCommand | CommandBody)[]) {
  return commands
    .map(({ name, description, type, contexts, integration_types, options = [] }) => ({
      ...{ name, description, type },
      contexts: contexts?.toSorted(),
      integration_types: integration_types?.toSorted(),
      options: options.map((option) =>
        Object.fromEntries(
          Object.entries(option).filter(([, value]) => value !== false && value !== undefined),
        ),
      ),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
