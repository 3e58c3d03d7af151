import { randomUUID } from 'node:crypto'
import { COMMANDS } from '../../../core/commands/catalogue.ts'
import type { Locale } from '../../../core/locale.ts'
import { UMBRELLA } from '../../platform/command-line.ts'
import type { Typed, Where } from '../../platform/playground-side.ts'
import { dataAddress, type PlaygroundSide, type Shown, typeOf } from '../../platform/playground-side.ts'
import { handleCommand, handlePress, type Workspace } from '../receive/handle-command.ts'
import { parseCommandPayload, parsePressPayload } from '../receive/payload.ts'
import { contentOf } from '../send/files.ts'

/** Payloads as Slack sends them, through the bot's own adapter, to what is posted to their response URL. */

/** Nothing is ever sent there. */
const RESPONSE_URL = 'https://slack.invalid/response'

export function createSlackSide(): PlaygroundSide {
  return {
    command: (typed, where) =>
      recording(where, (workspace) =>
        handleCommand(parseCommandPayload(commandPayload(typed, where)), where.door, workspace),
      ),
    press: (wire, where) =>
      recording(where, (workspace) =>
        handlePress(parsePressPayload(pressPayload(wire, where)), where.door, workspace),
      ),
  }
}

async function recording(
  { locale }: { locale: Locale },
  run: (workspace: Workspace) => Promise<void>,
): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  const member = async () => ({ locale, manages: 'place' as const, timezone: undefined })
  await run({
    members: { cachedProfile: member, fetchProfile: member },
    sendFile: async (_user, attachment) => {
      const { name } = attachment
      const { bytes, alt } = await contentOf(attachment)
      shown.push({ kind: 'direct', files: [{ name, alt, address: dataAddress(typeOf(name), bytes) }] })
    },
    post: async (_address, { body }) => {
      shown.push(meaningOf(JSON.parse(body)))
      return new Response('ok')
    },
  })
  return shown
}

type Sent = {
  readonly response_type?: string
  readonly replace_original?: boolean
  readonly delete_original?: boolean
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
function meaningOf(payload: Sent): Shown {
  if (payload.delete_original === true) return { kind: 'gone' }
  const kind = payload.response_type === 'in_channel' ? 'post' : payload.replace_original ? 'answer' : 'aside'
  return { kind, payload, files: [] }
}

const GENERIC: ReadonlySet<string> = new Set(
  COMMANDS.filter(({ generic }) => generic).map(({ name }) => name),
)

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
function commandPayload({ name, rest }: Typed, { identity }: Where) {
  const [first = '', ...others] = GENERIC.has(name) ? [UMBRELLA, name] : name.split(' ')
  const { team, user, channel } = identity.slack
  return {
    command: `/${first}`,
    text: escaped([...others, rest].join(' ').trim()),
    ...{ team_id: team, user_id: user, channel_id: channel, channel_name: 'games' },
    response_url: RESPONSE_URL,
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function pressPayload(wire: string, { identity }: Where) {
  const { team, user, channel } = identity.slack
  return {
    type: 'block_actions',
    trigger_id: randomUUID(),
    actions: [{ action_id: wire, value: wire }],
    team: { id: team },
    user: { id: user, team_id: team },
    channel: { id: channel, name: 'games' },
    response_url: RESPONSE_URL,
  }
}

/** Slack's three entities. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
