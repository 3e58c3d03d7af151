import { PermissionFlagsBits } from 'discord.js'
import type { ChannelName } from './payloads.ts'

/** What an app may do in each place. */

const { Administrator, SendMessages, SendMessagesInThreads } = PermissionFlagsBits

const EVERY = 2n ** 51n - 1n

export const EVERYTHING = String(EVERY)

/** What the bot lacks, by what its role and the channel say. */
const DENIED: Readonly<Partial<Record<ChannelName, bigint>>> = {
  quiet: SendMessages,
  quietThread: SendMessagesInThreads,
}

/** As an interaction tells it: the bot is no administrator anywhere. */
export function appPermissions(channel: ChannelName): string {
  return String(EVERY & ~Administrator & ~(DENIED[channel] ?? 0n))
}

/** Why a post for everybody is refused there. */
export function refusalToPost(channel: ChannelName): { status: number; code: number } | undefined {
  if (channel === 'archived') return { status: 400, code: 50083 }
  return DENIED[channel] === undefined ? undefined : { status: 403, code: 50013 }
}

/** Where a player has brought the app along, and the server has not installed it. */
export function isPlayersOwn(channel: ChannelName): boolean {
  return channel === 'elsewhere' || channel === 'strict' || channel === 'group'
}

/**
 * Where members lack Use External Apps, Discord shows what a player's own app says to that player alone.
 * https://docs.discord.com/developers/topics/permissions
 */
export function isHeardByOneOnly(channel: ChannelName): boolean {
  return channel === 'strict'
}
