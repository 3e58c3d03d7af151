import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What Slack sends, made from its own recorded examples. */

const FIXTURES = new URL('../../fixtures/slack/', import.meta.url)

export const TEAM = 'T111'
export const CHANNEL = 'C111'
export const USER = 'W111'

type Json = Record<string, unknown>

function fixture(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8').trim()
}

const commandForm = new URLSearchParams(fixture('slash_command.form.txt'))
const blockActions: Json = JSON.parse(fixture('block_actions.json'))
const frames: { hello: Json; disconnect: Json; envelopes: Json[] } = JSON.parse(
  fixture('socket_mode_frames.json'),
)

export const hello: Json = frames.hello

/** `warning` comes some seconds before `refresh_requested`; both ask for a new connection. */
export function disconnectFrame(reason: 'warning' | 'refresh_requested'): Json {
  return { ...frames.disconnect, reason }
}

export type Channel = { readonly id: string; readonly name: string }

type From = {
  readonly user: string
  readonly channel?: Channel | undefined
  readonly team?: string | undefined
  readonly responseUrl: string
}

export function commandPayload(
  command: string,
  text: string,
  { user, channel, team, responseUrl }: From,
): Json {
  return {
    ...Object.fromEntries(commandForm),
    ...(channel && { channel_id: channel.id, channel_name: channel.name }),
    ...(team && { team_id: team }),
    command,
    text,
    user_id: user,
    response_url: responseUrl,
    trigger_id: randomUUID(),
  }
}

export type Pressed = From & {
  readonly actionId: string
  readonly value: string | undefined
  readonly label: string
}

export function pressPayload({ actionId, value, label, user, channel, team, responseUrl }: Pressed): Json {
  return {
    ...blockActions,
    ...(channel && { channel }),
    ...(team && { team: { id: team, domain: 'other' } }),
    user: { ...(blockActions.user as Json), id: user },
    response_url: responseUrl,
    trigger_id: randomUUID(),
    actions: [
      {
        type: 'button',
        action_id: actionId,
        block_id: 'b',
        text: { type: 'plain_text', text: label, emoji: true },
        ...(value !== undefined && { value }),
        action_ts: String(Date.now() / 1000),
      },
    ],
  }
}

/** Wrapped as in the recorded envelope of an event. */
export function eventPayload(event: { readonly type: string }, team?: string): Json {
  const like = frames.envelopes.find((frame) => frame.type === 'events_api')?.payload as Json
  const now = Date.now() / 1000
  const place = team === undefined ? {} : { team_id: team }
  return { ...like, ...place, event_time: Math.floor(now), event: { ...event, event_ts: String(now) } }
}

/** Wrapped for Socket Mode as in the recorded envelopes. */
export function envelope(
  type: 'slash_commands' | 'interactive' | 'events_api',
  payload: Json,
): Json & { envelope_id: string } {
  const like = frames.envelopes.find((frame) => frame.type === type)
  return { ...like, envelope_id: randomUUID(), type, payload }
}
