import { PermissionFlagsBits, PermissionsBitField } from 'discord.js'

/** What the bot needs in a server, by the names that Discord's settings have for it. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  /** To find what stands in a channel already. */
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const

export type Permission = keyof typeof NEEDED

const NAMES = Object.keys(NEEDED) as readonly Permission[]

/** What a post with cards takes. */
export function postingIn({ thread }: { readonly thread: boolean }): readonly Permission[] {
  return ['View Channel', thread ? 'Send Messages in Threads' : 'Send Messages', 'Embed Links']
}

/** Those that a set of permissions lacks; an administrator lacks none. */
export function missingPermissions(held: PermissionsBitField, needed = NAMES): Permission[] {
  return needed.filter((name) => !held.has(NEEDED[name]))
}

/** Where somebody adds the bot to a server of theirs, with all that it needs there. */
export function inviteUrl(applicationId: string): string {
  const permissions = new PermissionsBitField(Object.values(NEEDED)).bitfield
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`
}
