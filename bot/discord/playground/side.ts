import { randomBytes, randomInt } from 'node:crypto'
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  type Client,
  ComponentType,
  type Interaction,
  InteractionType,
  PermissionsBitField,
} from 'discord.js'
import { findCommand } from '../../../core/commands/catalogue.ts'
import type { OptionSpec } from '../../../core/commands/spec.ts'
import type { PlaygroundSide, Typed, Where } from '../../platform/playground-side.ts'
import { handleInteraction } from '../receive/handle-interaction.ts'
import { createRequests, messageOf, type Requests, type Written } from './requests.ts'

/** Interactions as Discord sends them, through the bot's own adapter and discord.js, to what it would be answered. */

export function createDiscordSide(): PlaygroundSide {
  const requests = createRequests()
  return {
    command: async (typed, where) => {
      const data = commandData(typed)
      const made = (base: Base) => build(ChatInputCommandInteraction, requests.client, { ...base, data })
      return (await run(requests, where, InteractionType.ApplicationCommand, made)).shown
    },
    press: async (wire, where) => {
      const data = { custom_id: wire, component_type: ComponentType.Button }
      const made = (base: Base) =>
        build(ButtonInteraction, requests.client, { ...base, data, message: messageOf(0) })
      return (await run(requests, where, InteractionType.MessageComponent, made)).shown
    },
    complete: async (typed, focused, where) => {
      const data = commandData(typed, focused)
      const made = (base: Base) => build(AutocompleteInteraction, requests.client, { ...base, data })
      return (await run(requests, where, InteractionType.ApplicationCommandAutocomplete, made)).choices
    },
  }
}

type Base = ReturnType<typeof payloadOf>

async function run(
  requests: Requests,
  where: Where,
  type: InteractionType,
  made: (base: Base) => Interaction,
): Promise<Written> {
  const token = randomBytes(18).toString('base64url')
  const { written, close } = requests.open(token)
  try {
    await handleInteraction(made(payloadOf(where, type, token)), where.door)
    return written
  } finally {
    close()
  }
}

type Constructor =
  | typeof ChatInputCommandInteraction
  | typeof ButtonInteraction
  | typeof AutocompleteInteraction

/** discord.js makes them of what the gateway brings; nothing public does. */
function build(made: Constructor, client: Client, payload: object): Interaction {
  return Reflect.construct(made, [client, payload]) as Interaction
}

/** Of our own server, where whoever comes may do everything. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
function payloadOf({ identity, locale }: Where, type: InteractionType, token: string) {
  const { user, guild, channel } = identity.discord
  const permissions = String(PermissionsBitField.All)
  return {
    ...{ type, token, id: String(randomInt(1, 2 ** 47)), version: 1, application_id: '1' },
    ...{ guild_id: guild, channel_id: channel, context: 0, entitlements: [] },
    member: {
      ...{ permissions, roles: [], joined_at: new Date(0).toISOString(), deaf: false, mute: false, flags: 0 },
      user: { id: user, username: 'you', discriminator: '0', avatar: null, global_name: null },
    },
    app_permissions: permissions,
    locale: locale === 'ko' ? 'ko' : 'en-US',
    authorizing_integration_owners: { 0: guild },
    attachment_size_limit: 10_485_760,
  }
}

/** A subcommand, such as `digest list`, is an option of its command and holds its own. */
function commandData({ name, values }: Typed, focused?: string) {
  const [first = '', second] = name.split(' ')
  const specs: readonly OptionSpec[] = findCommand(name)?.options ?? []
  const given = Object.entries(values).filter(([option, text]) => text !== '' || option === focused)
  const options = given.map(([option, text]) => ({
    name: option,
    ...(option === focused
      ? asText(text)
      : typedValue(
          specs.find((spec) => spec.name === option),
          text,
        )),
    ...(option === focused && { focused: true }),
  }))
  const nested = { type: ApplicationCommandOptionType.Subcommand, name: second, options }
  return {
    ...{ id: '1', type: ApplicationCommandType.ChatInput, name: first },
    options: second === undefined ? options : [nested],
  }
}

/** Discord's own client makes numbers of what is typed for an option that takes them. */
function typedValue(spec: OptionSpec | undefined, text: string) {
  const number = spec?.type === 'integer' || spec?.type === 'number' ? Number(text) : Number.NaN
  return Number.isFinite(number) ? { type: ApplicationCommandOptionType.Number, value: number } : asText(text)
}

function asText(value: string) {
  return { type: ApplicationCommandOptionType.String, value }
}
