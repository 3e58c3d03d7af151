import { PermissionFlagsBits as Bits, ChannelType, type OverwriteType } from 'discord.js'
import { BOT_ID, CHANNELS, HOME, userPayload } from './payloads.ts'

/** A server as the bot finds it: its roles, its channels with their overwrites, and what follows from them. */

type Json = Readonly<Record<string, unknown>>

export type Permission = keyof typeof Bits
export type Overwrite = {
  readonly id: string
  readonly type: OverwriteType
  readonly allow: bigint
  readonly deny: bigint
}

export type Channel = {
  readonly id: string
  readonly type: ChannelType
  readonly guild: string | undefined
  readonly parent: string | null
  readonly overwrites: Overwrite[]
  readonly recipient: string | undefined
  archived: boolean
  locked: boolean
}

export type Guild = {
  readonly id: string
  readonly ownerId: string
  readonly roles: { readonly id: string; permissions: bigint }[]
  /** Of the bot. */
  readonly memberRoles: string[]
  /** The bot is in it. */
  joined: boolean
}

/** The bot's own role, as Discord makes one for each app. */
const BOT_ROLE = '290926798626357990'

export const bitsOf = (names: readonly Permission[]): bigint =>
  names.reduce((all, name) => all | Bits[name], 0n)

/** What a bot is invited with. */
const INVITED = bitsOf([
  ...(['ViewChannel', 'SendMessages', 'SendMessagesInThreads'] as const),
  ...(['EmbedLinks', 'AttachFiles', 'ReadMessageHistory', 'MentionEveryone'] as const),
])

export function createGuild(): Guild {
  return {
    id: HOME,
    ownerId: '53908232506183680',
    roles: [
      { id: HOME, permissions: 0n },
      { id: BOT_ROLE, permissions: INVITED },
    ],
    memberRoles: [BOT_ROLE],
    joined: true,
  }
}

export function namedChannels(): Channel[] {
  return Object.values(CHANNELS).map(({ id, type, guild, parent }) => newChannel({ id, type, guild, parent }))
}

export function newChannel(given: Pick<Channel, 'id'> & Partial<Channel>): Channel {
  return {
    type: ChannelType.GuildText,
    guild: HOME,
    parent: null,
    recipient: undefined,
    archived: false,
    locked: false,
    overwrites: [],
    ...given,
  }
}

export function isThread({ type }: Channel): boolean {
  return type === ChannelType.PublicThread || type === ChannelType.PrivateThread
}

/**
 * The bot's permissions in a channel that is no thread.
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites
 */
export function permissionsOfBot(guild: Guild, { overwrites }: Channel): bigint {
  let allowed = 0n
  for (const { id, permissions } of guild.roles) {
    if (id === guild.id || guild.memberRoles.includes(id)) allowed |= permissions
  }
  if (allowed & Bits.Administrator || guild.ownerId === BOT_ID) return ~0n
  const apply = (applying: readonly Overwrite[]) => {
    for (const { deny } of applying) allowed &= ~deny
    for (const { allow } of applying) allowed |= allow
  }
  apply(overwrites.filter(({ id }) => id === guild.id))
  apply(overwrites.filter(({ id }) => guild.memberRoles.includes(id)))
  apply(overwrites.filter(({ id }) => id === BOT_ID))
  return allowed
}

export function memberPayload({ memberRoles }: Guild): Json {
  return {
    ...{ user: wholeUser(BOT_ID), roles: memberRoles, nick: null, avatar: null, banner: null },
    ...{ joined_at: '2021-01-01T00:00:00+00:00', premium_since: null, communication_disabled_until: null },
    ...{ flags: 0, pending: false, mute: false, deaf: false },
  }
}

export function wholeUser(id: string): Json {
  const { username, discriminator, avatar } = userPayload(id)
  return {
    ...{ id, username, discriminator, avatar, bot: id === BOT_ID },
    ...{ public_flags: 0, flags: 0, global_name: null, primary_guild: null },
  }
}

export function guildPayload({ id, ownerId, roles }: Guild): Json {
  return {
    ...GUILD,
    ...{ id, name: 'Home', owner_id: ownerId },
    roles: roles.map((role, position) => ({
      ...{ id: role.id, name: role.id === id ? '@everyone' : 'Indiescout', position },
      permissions: String(role.permissions),
      ...{ color: 0, hoist: false, managed: role.id === BOT_ROLE, mentionable: false },
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      ...{ icon: null, unicode_emoji: null, flags: 0 },
    })),
  }
}

export function wholeChannel(channel: Channel): Json {
  const { id, type, guild, parent, recipient } = channel
  const common = { id, type, flags: 0, last_message_id: null }
  if (guild === undefined) return { ...common, recipients: recipient ? [wholeUser(recipient)] : [] }
  const place = { ...common, guild_id: guild, name: 'channel', parent_id: parent }
  if (isThread(channel)) return { ...place, ...threadPayload(channel) }
  return { ...place, position: 0, permission_overwrites: channel.overwrites.map(overwritePayload) }
}

function threadPayload({ archived, locked }: Channel): Json {
  const state = { archived, locked, archive_timestamp: '2026-01-01T00:00:00+00:00' }
  return {
    ...{ owner_id: BOT_ID, message_count: 0, member_count: 1, total_message_sent: 0 },
    thread_metadata: { ...state, auto_archive_duration: 1440 },
  }
}

function overwritePayload({ id, type, allow, deny }: Overwrite): Json {
  return { id, type, allow: String(allow), deny: String(deny) }
}

/** What a server has beside its name and roles. */
const GUILD = {
  ...{ icon: null, description: null, home_header: null, splash: null, discovery_splash: null, banner: null },
  ...{ features: [], application_id: null, region: 'us-west', afk_channel_id: null, afk_timeout: 300 },
  ...{ system_channel_id: null, system_channel_flags: 0, widget_enabled: false, widget_channel_id: null },
  ...{ verification_level: 0, default_message_notifications: 0, mfa_level: 0, explicit_content_filter: 0 },
  ...{ max_presences: null, max_members: 500_000, max_stage_video_channel_users: 50 },
  ...{ max_video_channel_users: 25, vanity_url_code: null, premium_tier: 0, premium_subscription_count: 0 },
  ...{ preferred_locale: 'en-US', rules_channel_id: null, safety_alerts_channel_id: null },
  ...{ public_updates_channel_id: null, premium_progress_bar_enabled: false, nsfw: false, nsfw_level: 0 },
  ...{ emojis: [], stickers: [], incidents_data: null },
}
