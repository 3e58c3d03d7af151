import { z } from 'zod'
import type { ChannelKey, PlaceKey, UserKey } from '../../../core/ids.ts'

/** What we read of Slack's payloads; the rest is dropped here. Ids are theirs, and become part of a primary key. */

const id = z.string().regex(/^[A-Z0-9]{1,32}$/)

/** Of a workspace. */
export const teamId = id

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
const slashCommand = z.object({
  command: z.string().startsWith('/'),
  text: z.string().default(''),
  team_id: id,
  user_id: id,
  channel_id: id,
  channel_name: z.string().default(''),
  response_url: z.url(),
  trigger_id: z.string().optional(),
})

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const buttonPress = z.object({
  actions: z.tuple(
    [z.object({ action_id: z.string(), value: z.string().optional(), action_ts: z.string().optional() })],
    z.unknown(),
  ),
  trigger_id: z.string().optional(),
  team: z.object({ id }).nullish(),
  channel: z.object({ id, name: z.string().default('') }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  response_url: z.url(),
})

/** https://docs.slack.dev/reference/events/app_uninstalled and /tokens_revoked, which also tells of players' tokens */
const removal = z.object({
  team_id: id,
  /** Seconds. */
  event_time: z.number().default(() => Math.floor(Date.now() / 1000)),
  event: z.union([
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({ type: z.literal('tokens_revoked'), tokens: z.object({ bot: z.array(z.unknown()).min(1) }) }),
  ]),
})

/** Who did something, where, and where the answer goes. */
export type Whereabouts = {
  readonly user: UserKey
  readonly channel: ChannelKey
  /** Undefined in direct messages, also in those of several people. */
  readonly place: PlaceKey | undefined
  readonly responseUrl: string
}

/** `event` names this one command or press, also where it is delivered again. */
export type Command = Whereabouts & {
  readonly name: string
  readonly text: string
  readonly event: string
}

export type Press = Whereabouts & { readonly wire: string; readonly event: string }

/** Throws a `ZodError` that names the field, for payloads that Slack has never sent. */
export function parseCommandPayload(body: unknown): Command {
  const payload = slashCommand.parse(body)
  const { command, text, team_id, user_id, channel_id, channel_name, response_url, trigger_id } = payload
  return {
    ...whereabouts(team_id, user_id, { id: channel_id, name: channel_name }),
    ...{ name: command.slice(1), text, responseUrl: response_url },
    event: trigger_id || response_url,
  }
}

/** Throws like `parseCommandPayload`. `team` is null where an app is installed for a whole organisation. */
export function parsePressPayload(body: unknown): Press {
  const { actions, team, channel, user, response_url, trigger_id } = buttonPress.parse(body)
  const [action] = actions
  return {
    ...whereabouts(team?.id ?? user.team_id, user.id, channel ?? undefined),
    ...{ wire: action.value ?? action.action_id, responseUrl: response_url },
    event: trigger_id || action.action_ts || response_url,
  }
}

type Channel = { readonly id: string; readonly name: string }

function whereabouts(
  team: string | undefined,
  user: string,
  channel: Channel | undefined,
): Omit<Whereabouts, 'responseUrl'> {
  const known = team !== undefined && channel !== undefined && !isDirect(channel)
  return {
    user: `slack:${team ?? 'unknown'}.${user}`,
    channel: `slack:${team ?? 'unknown'}.${channel?.id ?? 'unknown'}`,
    place: known ? `slack:${team}` : undefined,
  }
}

/** With the app, between two people, or (named `mpdm-…`) among several. */
function isDirect({ id, name }: Channel): boolean {
  return id.startsWith('D') || name.startsWith('mpdm-')
}

/** The workspace that no longer has the app, and since when; undefined where that is not what happened. */
export function parseRemovalPayload(body: unknown): Removal | undefined {
  const { data } = removal.safeParse(body)
  if (!data) return undefined
  const { team_id: team, event_time: seconds } = data
  return { team, place: `slack:${team}`, at: new Date((seconds + 1) * 1000) }
}

/** `at`: not before it happened; Slack tells whole seconds. */
export type Removal = { readonly team: string; readonly place: PlaceKey; readonly at: Date }
