import type { Channels } from './channels.ts'
import { type CommandBody, commandListFaults } from './command-rules.ts'
import type { SentFile } from './files.ts'
import { type Guild, guildsAnswer } from './guilds.ts'
import type { Answer, Interactions } from './interactions.ts'
import { APPLICATION_ID, errorBody, storedCommand } from './payloads.ts'
import { type MessageBody, specFaults } from './rules.ts'

export type DiscordRequest = {
  readonly method: string
  /** Without `/api/v10` and query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly files: ReadonlyMap<string, SentFile>
}

export type RestOptions = {
  readonly token: string
  readonly gatewayUrl: string
  /** How many shards may identify at once. */
  readonly maxConcurrency: number
  readonly interactions: Interactions
  readonly channels: Channels
  readonly nextId: () => string
  readonly violate: (fault: string) => void
}

/** Discord's REST API v10, as far as this bot needs it. */
export function createRest({ token, interactions, channels, nextId, violate, ...gateway }: RestOptions) {
  let commands: readonly CommandBody[] = []
  let guilds: readonly Guild[] = []

  function answer(call: DiscordRequest, authorization: string | undefined): Answer {
    if (complain(specFaults(call.method, call.path, call.body))) return refused(50035)
    const [, root = '', first = '', second = '', third = ''] = call.path.split('/')
    if (root === 'interactions') return interactions.callback(first, second, call.body as Callback)
    if (root === 'webhooks' && third === 'messages' && call.method === 'DELETE')
      return interactions.remove(second)
    if (root === 'webhooks' && third === 'messages')
      return interactions.edit(second, call.body as MessageBody, call.files)
    if (root === 'webhooks') return interactions.followUp(second, call.body as MessageBody, call.files)
    if (authorization !== `Bot ${token}`) {
      return { status: 401, body: { code: 0, message: '401: Unauthorized' } }
    }
    if (root === 'gateway') return gatewayAnswer(gateway)
    if (call.path === '/users/@me/guilds') return guildsAnswer(guilds, call.query, violate)
    return channels.answer(call) ?? applicationAnswer(call)
  }

  function applicationAnswer({ method, path, query, body }: DiscordRequest): Answer {
    if (path === '/applications/@me') return { status: 200, body: { id: APPLICATION_ID, name: 'Indiescout' } }
    if (path !== `/applications/${APPLICATION_ID}/commands`) return { status: 404, body: errorBody(10002) }
    if (method === 'PUT') {
      if (complain(commandListFaults(body as CommandBody[]))) return refused(50035)
      publish(body as CommandBody[])
    }
    const asked = query.get('with_localizations') === 'true'
    return { status: 200, body: asked ? commands : JSON.parse(JSON.stringify(commands, withoutLanguages)) }
  }

  function complain(faults: readonly string[]): boolean {
    for (const fault of faults) violate(fault)
    return faults.length > 0
  }

  function publish(published: readonly CommandBody[]): void {
    commands = published.map((command) => storedCommand(command, nextId()))
  }

  function join(joined: readonly Guild[]): void {
    guilds = joined
  }

  return { answer, publish, join, commands: () => commands }
}

type Callback = Parameters<Interactions['callback']>[2]

/** Discord leaves every localisation out unless it is asked for them. */
function withoutLanguages(key: string, value: unknown): unknown {
  return key.endsWith('_localizations') ? undefined : value
}

const refused = (code: number): Answer => ({ status: 400, body: errorBody(code) })

function gatewayAnswer({
  gatewayUrl,
  maxConcurrency,
}: Pick<RestOptions, 'gatewayUrl' | 'maxConcurrency'>): Answer {
  const limit = { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: maxConcurrency }
  return { status: 200, body: { url: gatewayUrl, shards: 1, session_start_limit: limit } }
}
