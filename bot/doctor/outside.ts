import { createWebApi } from '../../core/steam/web-api.ts'
import type { Config } from '../config.ts'
import { inspectServers, type Server } from '../discord/inspect.ts'
import { commandsAreCurrent } from '../discord/register.ts'
import { inspectSlack } from '../slack/inspect.ts'
import { clip } from '../strangers-text.ts'
import type { Check } from './finding.ts'

const TIMEOUT_MS = 10_000

const INSTALL_AGAIN = 'npm run register, paste the new manifest into the app, and install it again'

/** A public profile that has existed from the first day; any answer tells that the key is taken. */
const SOMEBODY = '76561197960287930'

export function steamCheck({ apiKey, apiUrl }: Pick<Config['steam'], 'apiKey' | 'apiUrl'>): Check {
  return async () => {
    if (apiKey === undefined) {
      return {
        state: 'absent',
        detail: 'not configured',
        fix: 'set STEAM_API_KEY from https://steamcommunity.com/dev/apikey to read libraries',
      }
    }
    const api = createWebApi({ apiKey, apiUrl, bodyBytes: 1_000_000, now: () => new Date() })
    const call = { path: 'ISteamUser/GetPlayerSummaries/v2/', parameters: { steamids: SOMEBODY } }
    await api(call, AbortSignal.timeout(TIMEOUT_MS))
    return { state: 'well', detail: 'the key is taken' }
  }
}

export function discordCheck(discord: Config['discord']): Check {
  return async () => {
    if (!discord)
      return { state: 'absent', detail: 'not configured', fix: 'set DISCORD_TOKEN to answer there' }
    return (await commandsAreCurrent(discord))
      ? { state: 'well', detail: 'the token is taken and the commands are up to date' }
      : { state: 'ill', detail: 'the commands differ from this version', fix: 'npm run register' }
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
      return { state: 'absent', detail: 'the bot is in none', fix: `add it by ${invite}` }
    const lacking = servers.filter(({ missing }) => missing.length > 0)
    return lacking.length === 0
      ? { state: 'well', detail: `every permission is granted in all ${servers.length}` }
      : {
          state: 'ill',
          detail: lackingIn(lacking),
          fix: `grant it in Server Settings → Roles, or add the bot anew by ${invite}`,
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

export function slackCheck(slack: Config['slack']): Check {
  return async () => {
    if (!slack) {
      return {
        state: 'absent',
        detail: 'not configured',
        fix: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to answer there',
      }
    }
    const { needed, optional } = await inspectSlack(slack)
    if (needed.length > 0) {
      return { state: 'ill', detail: `the scopes ${needed.join(', ')} are missing`, fix: INSTALL_AGAIN }
    }
    if (optional.length === 0)
      return { state: 'well', detail: 'the tokens are taken and every scope is granted' }
    const without = `without ${optional.join(' and ')} a digest whose fate is unknown is left unposted`
    return { state: 'well', detail: `the tokens are taken; ${without}`, fix: INSTALL_AGAIN }
  }
}
