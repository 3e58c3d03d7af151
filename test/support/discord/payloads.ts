import { readFileSync } from 'node:fs'
import { ChannelType, InteractionType, PermissionsBitField, type PermissionsString } from 'discord.js'
import { appPermissions, EVERYTHING, isPlayersOwn } from './places.ts'

/** Payloads as Discord sends them: its documented samples, brought up to the fields of today. */

const FIXTURES = new URL('../../fixtures/discord/', import.meta.url)

type Json = Readonly<Record<string, unknown>>

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8'))

const SLASH = fixture('interaction_slash_command.json') as Json & { readonly member: Json & { user: Json } }
const BUTTON = fixture('interaction_message_component_button.json') as typeof SLASH
const MESSAGE = fixture('message_object_example.json') as Json
const ERRORS = fixture('json_error_codes.json') as Readonly<Record<string, string>>
const GATEWAY = fixture('gateway_examples.json') as readonly { readonly title: string; readonly json: Json }[]

export const APPLICATION_ID = '290926444748734465'
export const BOT_ID = '290926444748734466'
export const HOME = '290926798626357999'

/** A channel of each sort that matters. The bot is a member of `HOME` only. */
export const CHANNELS = {
  category: {
    id: '645027906669510660',
    type: ChannelType.GuildCategory,
    nsfw: false,
    guild: HOME,
    parent: null,
  },
  /** Whose posts are for adults. */
  forum: { id: '645027906669510661', type: ChannelType.GuildForum, nsfw: true, guild: HOME, parent: null },
  forumPost: {
    id: '645027906669510662',
    type: ChannelType.PublicThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510661',
  },
  /** Of `general`; the gateway says nothing of it to a bot that nobody has invited there. */
  privateThread: {
    id: '645027906669510663',
    type: ChannelType.PrivateThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510667',
  },
  /** Which not everybody may see. */
  staff: { id: '645027906669510664', type: ChannelType.GuildText, nsfw: false, guild: HOME, parent: null },
  general: { id: '645027906669510667', type: ChannelType.GuildText, nsfw: false, guild: HOME, parent: null },
  adults: { id: '645027906669510668', type: ChannelType.GuildText, nsfw: true, guild: HOME, parent: null },
  thread: {
    id: '645027906669510669',
    type: ChannelType.PublicThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510667',
  },
  adultThread: {
    id: '645027906669510670',
    type: ChannelType.PublicThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510668',
  },
  /** A server where only the player installed the app. */
  elsewhere: {
    id: '645027906669510671',
    type: ChannelType.GuildText,
    nsfw: true,
    guild: '290926798626358000',
    parent: null,
  },
  dm: { id: '645027906669510672', type: ChannelType.DM, nsfw: false, guild: undefined, parent: null },
  /** Of players; the bot is not in it. */
  group: { id: '645027906669510673', type: ChannelType.GroupDM, nsfw: false, guild: undefined, parent: null },
  archived: {
    id: '645027906669510674',
    type: ChannelType.PublicThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510667',
  },
  /** Where the bot may not speak; and a thread of it, where it may not either. */
  quiet: { id: '645027906669510675', type: ChannelType.GuildText, nsfw: false, guild: HOME, parent: null },
  quietThread: {
    id: '645027906669510676',
    type: ChannelType.PrivateThread,
    nsfw: false,
    guild: HOME,
    parent: '645027906669510675',
  },
  /** A server where only the player installed the app, and whose members may not use such apps before others. */
  strict: {
    id: '645027906669510677',
    type: ChannelType.GuildText,
    nsfw: false,
    guild: '290926798626358001',
    parent: null,
  },
} as const

export type ChannelName = keyof typeof CHANNELS

export const hello = gatewayExample('Example Hello Event')
export const heartbeatAck = gatewayExample('Example Heartbeat ACK')

function gatewayExample(title: string): Json {
  const found = GATEWAY.find((example) => example.title === title)
  if (!found) throw new Error(`no gateway example "${title}"`)
  return found.json
}

export function errorBody(code: number): Json {
  return { code, message: ERRORS[code] ?? 'Unknown error' }
}

export function userPayload(id: string): Json {
  return { ...SLASH.member.user, id, bot: id === BOT_ID }
}

const THREADS: readonly ChannelType[] = [ChannelType.PublicThread, ChannelType.PrivateThread]

const isThread = (name: ChannelName) => THREADS.includes(CHANNELS[name].type)

/** Hides a channel from everybody: Discord writes permissions as numbers in text. */
const HIDDEN = { id: HOME, type: 0, allow: '0', deny: String(PermissionsBitField.resolve('ViewChannel')) }

function channelPayload(name: ChannelName): Json {
  const { id, type, nsfw, guild, parent } = CHANNELS[name]
  const thread = {
    archived: name === 'archived',
    auto_archive_duration: 1440,
    archive_timestamp: new Date(0),
    locked: false,
  }
  return {
    id,
    type,
    name,
    flags: 0,
    last_message_id: null,
    permissions: EVERYTHING,
    ...(guild && { guild_id: guild, parent_id: parent, position: 0 }),
    ...(isThread(name) ? { thread_metadata: thread, owner_id: BOT_ID } : { nsfw }),
    ...(name === 'staff' && { permission_overwrites: [HIDDEN] }),
    ...(type === ChannelType.GuildForum && { available_tags: [] }),
    ...(type === ChannelType.DM && { recipients: [userPayload(BOT_ID)] }),
  }
}

/** What a guild tells when the bot has connected. */
export function guildCreate(): Json {
  const names = (Object.keys(CHANNELS) as ChannelName[]).filter((name) => CHANNELS[name].guild === HOME)
  return {
    id: HOME,
    name: 'Home',
    owner_id: '53908232506183680',
    unavailable: false,
    joined_at: new Date(0),
    large: false,
    member_count: 2,
    features: [],
    roles: [{ id: HOME, name: '@everyone', permissions: '0', position: 0, color: 0, hoist: false }],
    emojis: [],
    stickers: [],
    members: [],
    presences: [],
    voice_states: [],
    channels: names.filter((name) => !isThread(name)).map(channelPayload),
    threads: names.filter((name) => isThread(name) && name !== 'privateThread').map(channelPayload),
  }
}

export function ready(
  sessionId: string,
  gatewayUrl: string,
  shard: readonly [number, number],
  guilds: readonly string[],
): Json {
  return {
    v: 10,
    user: userPayload(BOT_ID),
    guilds: guilds.map((id) => ({ id, unavailable: true })),
    session_id: sessionId,
    resume_gateway_url: gatewayUrl,
    shard,
    application: { id: APPLICATION_ID, flags: 0 },
  }
}

export type Asked = {
  readonly id: string
  readonly token: string
  readonly user: string
  readonly channel: ChannelName
  readonly locale: string
  /** What the member may do in the channel, beside what everybody may. */
  readonly may: readonly PermissionsString[]
}

const EVERYBODY: readonly PermissionsString[] = ['ViewChannel', 'SendMessages', 'UseApplicationCommands']

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object */
function owners({ channel, user }: Asked): Json {
  const { guild } = CHANNELS[channel]
  return isPlayersOwn(channel) ? { 1: user } : { 0: guild ?? '0' }
}

function interaction(base: typeof SLASH, type: InteractionType, asked: Asked): Json {
  const { member, message: _message, guild_id: _guild, ...rest } = base as typeof SLASH & Json
  const { id, guild } = CHANNELS[asked.channel]
  const user = { ...member.user, id: asked.user }
  const permissions = String(PermissionsBitField.resolve([...EVERYBODY, ...asked.may]))
  return {
    ...rest,
    ...(guild === undefined
      ? { user, context: asked.channel === 'group' ? 2 : 1 }
      : { member: { ...member, user, permissions }, guild_id: guild, context: 0 }),
    type,
    id: asked.id,
    token: asked.token,
    version: 1,
    application_id: APPLICATION_ID,
    channel_id: id,
    channel: channelPayload(asked.channel),
    app_permissions: appPermissions(asked.channel),
    locale: asked.locale,
    entitlements: [],
    authorizing_integration_owners: owners(asked),
    attachment_size_limit: 10_485_760,
  }
}

export type Options = Readonly<Record<string, string | number | boolean>>

function optionsPayload(options: Options, focused: string | undefined): Json[] {
  return Object.entries(options).map(([name, value]) => ({
    name,
    value,
    type: typeof value === 'boolean' ? 5 : typeof value === 'string' ? 3 : name === 'max_price' ? 10 : 4,
    ...(name === focused && { focused: true }),
  }))
}

/** A subcommand, such as `digest list`, is an option of its command and holds its own. */
function commandData(typed: string, options: Json[]): Json {
  const [name, subcommand] = typed.split(' ')
  const given = subcommand === undefined ? options : [{ type: 1, name: subcommand, options }]
  return { id: '771825006014889984', type: 1, name, options: given }
}

export function commandPayload(asked: Asked, name: string, options: Options): Json {
  const data = commandData(name, optionsPayload(options, undefined))
  return { ...interaction(SLASH, InteractionType.ApplicationCommand, asked), data }
}

export function autocompletePayload(
  asked: Asked,
  name: string,
  options: Options,
  focused: string | undefined,
): Json {
  const data = commandData(name, optionsPayload(options, focused))
  return { ...interaction(SLASH, InteractionType.ApplicationCommandAutocomplete, asked), data }
}

export function buttonPayload(asked: Asked, customId: string, message: Json): Json {
  const data = { custom_id: customId, component_type: 2 }
  return { ...interaction(BUTTON, InteractionType.MessageComponent, asked), data, message }
}

export type MessageState = {
  readonly id: string
  readonly channel: ChannelName
  readonly flags: number
  readonly content: string
  readonly embeds: readonly unknown[]
  readonly components: readonly unknown[]
}

export function messagePayload(state: MessageState): Json {
  const { id, channel, flags, content, embeds, components } = state
  const { reactions: _reactions, ...base } = MESSAGE
  return {
    ...base,
    ...{ id, flags, content, embeds, components },
    channel_id: CHANNELS[channel].id,
    author: userPayload(BOT_ID),
    application_id: APPLICATION_ID,
  }
}

/** Discord fills in what was left out, and leaves out what is false. */
export function storedCommand<T extends { readonly options?: readonly object[] }>(command: T, id: string): T {
  return {
    id,
    application_id: APPLICATION_ID,
    version: id,
    type: 1,
    default_member_permissions: null,
    dm_permission: true,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    ...command,
    options: command.options?.map((option) =>
      Object.fromEntries(Object.entries(option).filter(([, value]) => value !== false)),
    ),
  }
}
