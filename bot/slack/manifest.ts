import { COMMANDS, type CommandSpec } from '../../core/commands.ts'
import { clip } from '../strangers-text.ts'
import { LIMITS } from './limits.ts'
import { usageHint } from './usage.ts'

export type ManifestOptions = {
  readonly socketMode: boolean
  /** Where Slack reaches this program; needed in HTTP mode alone. */
  readonly publicUrl: string | undefined
}

/**
 * The app as Slack's "create from a manifest" takes it, as plain data for a JSON file. Throws where HTTP mode lacks an
 * https address. https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest({ socketMode, publicUrl }: ManifestOptions) {
  const requestUrl = socketMode ? undefined : eventsUrl(publicUrl)
  return {
    display_information: {
      name: clip('Indiescout', LIMITS.displayName),
      description: clip('Indie games picked from what a player owns on Steam', LIMITS.appDescription),
      background_color: '#2f4f37',
    },
    features: {
      bot_user: { display_name: clip('Indiescout', LIMITS.botName), always_online: true },
      slash_commands: COMMANDS.slice(0, LIMITS.commands).map((spec) => slashCommand(spec, requestUrl)),
    },
    oauth_config: { scopes: { bot: ['commands', 'chat:write'] } },
    settings: {
      interactivity: { is_enabled: true, ...(requestUrl !== undefined && { request_url: requestUrl }) },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  }
}

function slashCommand(spec: CommandSpec, requestUrl: string | undefined) {
  return {
    command: `/${spec.name}`.slice(0, LIMITS.commandName),
    description: clip(spec.description, LIMITS.commandDescription),
    usage_hint: clip(usageHint(spec), LIMITS.usageHint),
    should_escape: false,
    ...(requestUrl !== undefined && { url: requestUrl }),
  }
}

function eventsUrl(publicUrl: string | undefined): string {
  if (!publicUrl?.startsWith('https://')) {
    throw new Error(
      "PUBLIC_URL must be an https address: Slack's HTTP mode sends its events there, and to https only",
    )
  }
  return `${publicUrl.replace(/\/+$/, '')}/slack/events`
}
