import { createWebApi } from '../../core/steam/web-api.ts'
import { STEAM_KEY_PAGE } from '../../core/unavailable.ts'
import type { Installations } from '../../db/people/installations.ts'
import type { Config } from '../config/config.ts'
import type { SlackConfig } from '../config/slack.ts'
import { inspectServers, type Server } from '../discord/setup/inspect.ts'
import { commandsAreCurrent } from '../discord/setup/register.ts'
import type { Check, Finding } from '../platform/finding.ts'
import { clip } from '../platform/outbound-text.ts'
import { addressAt, INSTALL_PATH } from '../slack/install/addresses.ts'
import { inspectMode, inspectSlack, missingScopes } from '../slack/setup/inspect.ts'

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
        fix: `ask for a key at ${STEAM_KEY_PAGE} and set STEAM_API_KEY, so that libraries can be read`,
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

/** `installations`: of a Slack that workspaces install by themselves; undefined where the database does not answer. */
export function slackCheck(slack: Config['slack'], installations?: Installations): Check {
  return async () => {
    if (!slack) {
      return {
        state: 'absent',
        detail: 'not configured',
        fix: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to answer there',
      }
    }
    const { access, apiUrl, mode } = slack
    if (access.kind === 'oauth') return inspectInstalled(slack, access.publicUrl, installations)
    const { needed, optional } = await inspectSlack({ botToken: access.botToken, apiUrl, mode })
    if (needed.length > 0) {
      return { state: 'ill', detail: `the scopes ${needed.join(', ')} are missing`, fix: INSTALL_AGAIN }
    }
    if (optional.length === 0)
      return { state: 'well', detail: 'the tokens are taken and every scope is granted' }
    const without = `without ${optional.join(' and ')} a digest whose fate is unknown is left unposted`
    return { state: 'well', detail: `the tokens are taken; ${without}`, fix: INSTALL_AGAIN }
  }
}

async function inspectInstalled(
  slack: SlackConfig,
  publicUrl: string,
  installations: Installations | undefined,
): Promise<Omit<Finding, 'part'>> {
  await inspectMode(slack)
  if (!installations)
    return { state: 'ill', detail: 'its workspaces stand in the database, which does not answer' }
  const { workspaces, unreadable } = await installations.survey()
  const lacking = workspaces.filter(({ scopes }) => missingScopes(scopes).needed.length > 0).length
  const detail = `installed in ${workspaces.length} workspace${workspaces.length === 1 ? '' : 's'}`
  const url = addressAt(publicUrl, INSTALL_PATH)
  if (unreadable > 0) {
    const fix = 'add the key that encrypted them to TOKEN_ENCRYPTION_KEY, behind the present one'
    return { state: 'ill', detail: `${detail}; tokens that cannot be read: ${unreadable}`, fix }
  }
  return lacking > 0
    ? {
        state: 'ill',
        detail: `${detail}; without all scopes: ${lacking}`,
        fix: `have them install again: ${url}`,
      }
    : { state: 'well', detail, ...(workspaces.length === 0 && { fix: `open ${url} to install` }) }
}
