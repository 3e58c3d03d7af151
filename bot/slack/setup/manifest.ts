import { COMMANDS } from '../../../core/commands/catalogue.ts'
import { ENTRIES, type Entry } from '../../../core/commands/groups.ts'
import { stringsIn } from '../../../core/strings/strings.ts'
import { UMBRELLA } from '../../platform/command-line.ts'
import { clip } from '../../platform/outbound-text.ts'
import { addressAt, EVENTS_PATH, REDIRECT_PATH } from '../install/addresses.ts'
import { LIMITS } from '../render/limits.ts'
import { groupHint, usageHint } from '../render/usage.ts'

export type ManifestOptions = {
  readonly socketMode: boolean
  /** Where Slack reaches this program; needed in HTTP mode, and where workspaces install the app by themselves. */
  readonly publicUrl: string | undefined
  /** Whether they do. */
  readonly oauth?: boolean
}

const WITH_MENTIONS: readonly string[] = ['/together', '/digest', `/${UMBRELLA}`]

export const NEEDED_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'chat:write.public',
  'users:read',
  'files:write',
  'im:write',
]

/** Whoever installs the app may leave these out: they serve to look for a digest of which nobody knows whether it was posted. */
export const OPTIONAL_SCOPES: readonly string[] = ['channels:history', 'groups:history']

/**
 * The app as Slack's "create from a manifest" takes it, as plain data for a JSON file. Throws where HTTP mode lacks an
 * https address. https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest({ socketMode, publicUrl, oauth = false }: ManifestOptions) {
  const requestUrl = socketMode ? undefined : reachableAt(publicUrl, EVENTS_PATH)
  return {
    display_information: {
      name: clip('Indiescout', LIMITS.displayName),
      description: clip('Indie games picked from what a player owns on Steam', LIMITS.appDescription),
      background_color: '#2f4f37',
    },
    features: {
      bot_user: { display_name: clip('Indiescout', LIMITS.botName), always_online: true },
      slash_commands: slashCommands().map((command) => ({
        ...command,
        // So that members, groups and channels come as ids. Elsewhere the text is wanted as typed.
        should_escape: WITH_MENTIONS.includes(command.command),
        ...(requestUrl !== undefined && { url: requestUrl }),
      })),
    },
    oauth_config: {
      ...(oauth && { redirect_urls: [reachableAt(publicUrl, REDIRECT_PATH)] }),
      // What is optional stands in both lists.
      scopes: { bot: [...NEEDED_SCOPES, ...OPTIONAL_SCOPES], bot_optional: OPTIONAL_SCOPES },
    },
    settings: {
      event_subscriptions: {
        bot_events: ['app_uninstalled', 'tokens_revoked'],
        ...(requestUrl !== undefined && { request_url: requestUrl }),
      },
      interactivity: { is_enabled: true, ...(requestUrl !== undefined && { request_url: requestUrl }) },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  }
}

/** Slack shows one text to everybody, in no language but this; a generic command is one word behind ours. */
function slashCommands() {
  const { help } = stringsIn('en')
  const own = ENTRIES.filter((entry) => entry.kind === 'group' || !entry.command.generic).map(entryCommand)
  const names = COMMANDS.filter(({ generic }) => generic).map(({ name }) => name)
  return [...own, slashCommand(UMBRELLA, help.umbrella, names.join(' | '))]
}

function entryCommand(entry: Entry) {
  const { commands, groups } = stringsIn('en')
  switch (entry.kind) {
    case 'command': {
      const { name } = entry.command
      return slashCommand(name, commands[name].description, usageHint(entry.command))
    }
    case 'group':
      return slashCommand(entry.name, groups[entry.name], groupHint(entry.members))
  }
}

function slashCommand(name: string, description: string, hint: string) {
  return {
    command: `/${name}`.slice(0, LIMITS.commandName),
    description: clip(description, LIMITS.commandDescription),
    usage_hint: clip(hint, LIMITS.usageHint),
  }
}

function reachableAt(publicUrl: string | undefined, path: string): string {
  if (!publicUrl?.startsWith('https://')) {
    throw new Error('PUBLIC_URL must be an https address: Slack comes there, and to https only')
  }
  return addressAt(publicUrl, path)
}
