import type { Config } from '../../config/config.ts'
import type { Check } from '../../platform/finding.ts'
import { clip } from '../../platform/outbound-text.ts'
import { inspectServers, type Server } from './inspect.ts'
import { commandsAreCurrent } from './register.ts'

export function discordCheck(discord: Config['discord']): Check {
  return async () => {
    if (!discord)
      return { state: 'absent', detail: 'not configured', fix: 'set DISCORD_TOKEN to answer there' }
    return (await commandsAreCurrent(discord))
      ? { state: 'well', detail: 'token accepted, commands up to date' }
      : { state: 'ill', detail: 'the commands are from another version', fix: 'npm run register' }
  }
}

/** Servers that are told by name, and how much of each name. */
const NAMED = 3
const NAME_LENGTH = 40

/** What the bot may do in the servers that it is in. To be in none is no fault: players may have installed it for themselves. */
export function discordServersCheck(discord: NonNullable<Config['discord']>): Check {
  return async () => {
    const { servers, invite } = await inspectServers(discord)
    if (servers.length === 0)
      return { state: 'absent', detail: 'the bot is in no server', fix: `add it with ${invite}` }
    const lacking = servers.filter(({ missing }) => missing.length > 0)
    return lacking.length === 0
      ? { state: 'well', detail: `all permissions granted in all ${servers.length}` }
      : {
          state: 'ill',
          detail: lackingIn(lacking),
          fix: `grant it in Server Settings → Roles, or add the bot again with ${invite}`,
        }
  }
}

function lackingIn(servers: readonly Server[]): string {
  const named = servers
    .slice(0, NAMED)
    .map(({ name, missing }) => `“${clip(name, NAME_LENGTH)}” lacks ${missing.join(', ')}`)
  const more = servers.length - named.length
  return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join('; ')
}
