import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js'
import type { Posting, Requester } from '../../../core/command-request.ts'
import type { ChannelKey, PlaceKey } from '../../../core/ids.ts'
import { parseLocale } from '../../../core/locale.ts'
import { missingPermissions, postingIn } from '../send/permissions.ts'

export type Answerable = ChatInputCommandInteraction | ButtonInteraction

export function requesterOf(interaction: Answerable): Requester {
  const { user, channel, channelId, locale } = interaction
  const parent = channel?.isThread() ? channel.parentId : null
  const place = placeOf(interaction)
  return {
    user: `discord:${user.id}`,
    channel: `discord:${channelId}`,
    parent: parent === null ? undefined : `discord:${parent}`,
    place,
    manages: place === undefined ? 'nothing' : managedBy(interaction),
    locale: parseLocale(locale),
    matureAllowed: allowsMature(channel),
    ...(place !== undefined && { posting: postingOf(interaction) }),
  }
}

/** Discord sends what the bot and what the member may do in this channel. */
function postingOf({ appPermissions, memberPermissions, channel, guild }: Answerable): Posting {
  const openRoles = guild?.roles.cache.filter(({ mentionable }) => mentionable).map(({ id }) => id) ?? []
  const needed = [...postingIn({ thread: channel?.isThread() ?? false }), 'Attach Files'] as const
  return {
    lacks: missingPermissions(appPermissions, needed),
    readsHistory: appPermissions.has(PermissionFlagsBits.ReadMessageHistory),
    mayCall: memberPermissions?.has(PermissionFlagsBits.MentionEveryone) ?? false,
    ...(!appPermissions.has(PermissionFlagsBits.MentionEveryone) && { weMayNotCall: true }),
    ...(openRoles.length > 0 && { openRoles }),
  }
}

/** A server where only the player has installed the app is none of ours. */
function placeOf({ guildId, authorizingIntegrationOwners }: Answerable): PlaceKey | undefined {
  const installed = guildId !== null && authorizingIntegrationOwners.guildId === guildId
  return installed ? `discord:${guildId}` : undefined
}

/** Discord sends what the member may do in this channel; administrators may do everything. */
function managedBy({ memberPermissions }: Answerable): Requester['manages'] {
  if (!memberPermissions) return 'unknown'
  if (memberPermissions.has(PermissionFlagsBits.ManageGuild)) return 'place'
  return memberPermissions.has(PermissionFlagsBits.ManageChannels) ? 'channel' : 'nothing'
}

/** A thread is as its channel is; a place that we know too little about is not for adults only. */
function allowsMature(channel: Answerable['channel']): boolean {
  if (!channel || channel.isDMBased()) return false
  const place = channel.isThread() ? channel.parent : channel
  return place?.nsfw === true
}

/** Every channel of a server is known where the bot is in it; a category is none to type in. */
export function ownChannelsOf({ guild }: Answerable): (channel: ChannelKey) => boolean {
  return (channel) => {
    if (!guild) return true
    const found = guild.channels.cache.get(channel.slice('discord:'.length))
    return found !== undefined && found.type !== ChannelType.GuildCategory
  }
}
