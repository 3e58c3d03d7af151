import { PermissionFlagsBits as Bits, OverwriteType } from 'discord.js'
import { z } from 'zod'

/** What a member may do in a channel, by Discord's own rules. https://docs.discord.com/developers/topics/permissions#permission-overwrites */

const bits = z.string().transform(BigInt)

export const guildSchema = z.object({
  id: z.string(),
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
})

export const memberSchema = z.object({ user: z.object({ id: z.string() }), roles: z.array(z.string()) })

export const channelSchema = z.object({
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }))
    .default([]),
})

type Guild = z.infer<typeof guildSchema>
type Member = z.infer<typeof memberSchema>
export type Channel = z.infer<typeof channelSchema>

/** Pure. `channel` is the parent, where somebody asks for a thread: that one has no overwrites of its own. */
export function mayReadHistory(guild: Guild, member: Member, channel: Channel): boolean {
  const allowed = permissionsIn(guild, member, channel)
  const needed = Bits.ViewChannel | Bits.ReadMessageHistory
  return (allowed & needed) === needed
}

function permissionsIn(guild: Guild, { user, roles }: Member, channel: Channel): bigint {
  const everybody = guild.id
  const held = guild.roles.filter(({ id }) => id === everybody || roles.includes(id))
  const base = union(held.map(({ permissions }) => permissions))
  if (user.id === guild.owner_id || (base & Bits.Administrator) !== 0n) return union(Object.values(Bits))
  const ofRoles = channel.permission_overwrites.filter(({ type }) => type === OverwriteType.Role)
  const ofMembers = channel.permission_overwrites.filter(({ type }) => type === OverwriteType.Member)
  // Later ones win: those of all, then those of all the member's roles together, then the member's own.
  return [
    ofRoles.filter(({ id }) => id === everybody),
    ofRoles.filter(({ id }) => id !== everybody && roles.includes(id)),
    ofMembers.filter(({ id }) => id === user.id),
  ].reduce(
    (allowed, overwrites) =>
      (allowed & ~union(overwrites.map(({ deny }) => deny))) | union(overwrites.map(({ allow }) => allow)),
    base,
  )
}

function union(flags: readonly bigint[]): bigint {
  return flags.reduce((all, one) => all | one, 0n)
}
