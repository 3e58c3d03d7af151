import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSlackChannels } from './channels.ts'
import { formBody, postEvent, signature } from './events.ts'
import { createSlackFiles } from './files.ts'
import { serveHttp } from './http.ts'
import { createSlackOAuth } from './oauth.ts'
import { type Channel, commandPayload, eventPayload, pressPayload, USER } from './payloads.ts'
import { type Message, openTurn, type Shown, shown, type Turn } from './responses.ts'
import { acceptSockets } from './socket.ts'
import { createStage } from './stage.ts'
import type { Person } from './web-api.ts'

export type { Message, Shown } from './responses.ts'
export type { Failure } from './stage.ts'

/** `channel`: by its id and its name. */
type By = {
  readonly user?: string
  readonly channel?: Channel
  readonly team?: string
  /** The same request comes so often, as where something between us repeats it. */
  readonly copies?: number
}
type Kind = 'slash_commands' | 'interactive' | 'events_api'
type Mode = 'socket' | 'http'

const ACK_MS = 3_000
/** All that this bot has ever asked for. */
const SCOPES = [
  ...['commands', 'chat:write', 'chat:write.public', 'users:read', 'files:write', 'im:write'],
  ...['channels:history', 'groups:history'],
]
const BOT_TOKEN = 'xoxb-stand-in-bot-token'
const APP_TOKEN = 'xapp-stand-in-app-token'
const SIGNING_SECRET = 'stand-in-signing-secret'

/** A stand-in for Slack on a free port of the loopback. `close` throws if the app has broken a rule. */
export async function startSlackServer({ mode }: { mode: Mode }) {
  const stage = createStage()
  const turns = new Map<string, Turn>()
  const calls: string[] = []
  const people = new Map<string, Person>()
  const server = createServer()
  const sockets = acceptSockets(server, stage)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const invite = () => sockets.invite(host)
  const files = createSlackFiles((id) => `http://${host}/upload/${id}`, stage.violate)
  const channels = createSlackChannels({ now: stage.now, violate: stage.violate, files })
  let granted: readonly string[] = SCOPES
  const scopes = () => granted
  const oauth = createSlackOAuth({ now: stage.now, violate: stage.violate })
  const asked: { method: string; team: string }[] = []
  const side = { stage, turns, calls, asked, people, tokenFor, scopes, files, channels, invite, oauth }
  server.on('request', (request, response) => void serveHttp(request, response, side))

  const events = { urls: [] as readonly string[], next: 0 }
  const send = sender(mode, stage, sockets, events)

  function open(user: string, pressed?: Message) {
    const shownIn = [...turns.values()].find(({ messages }) => pressed && messages.includes(pressed))
    const source = pressed && { message: pressed, among: shownIn?.messages ?? [] }
    const turn = openTurn(user, stage.now(), source)
    turns.set(turn.id, turn)
    return { turn, url: `http://${host}/respond/${turn.id}` }
  }

  const players = playersOf({ open, send, until: stage.until })
  return {
    ...players,
    /** To be spread into the options of `startSlack`, or into the configuration. */
    options: optionsOf(mode, host),
    sockets,
    violations: stage.violations,
    /** Channels as the app meets them by itself, with what it has posted there. */
    channels: channels.controls,
    /** How often a file was uploaded, wherever it was shared. */
    uploads: files.offered,
    filesNotReadyFor: files.notReadyFor,
    /** What stands in people's direct messages with the app. */
    files: files.shared,
    /** Workspaces install the app, and take it away. */
    oauth: oauth.controls,
    /** Who asked by the token of an installed workspace. */
    asked,
    /** Every request so far: Web API methods by name, `upload_url` and `response_url`. */
    calls,
    until: stage.until,
    /** Lets those who wait by `until` look again. */
    changed: stage.changed,
    /** The next requests to a Web API method, or to any `response_url`, fail like this, in order. */
    fail: stage.fail,
    /** What `users.info` tells of somebody, such as `ko-KR`. */
    speaks(user: string, locale: string): void {
      people.set(user, { ...people.get(user), locale })
    },
    /** What else it tells of them; they are plain members where nobody says more. */
    appoint(user: string, person: Omit<Person, 'locale'>): void {
      people.set(user, { ...person, locale: people.get(user)?.locale })
    },
    /** What the installation may do from now on. */
    grant(names: readonly string[]): void {
      granted = names
    },
    /** Response URLs age by this much. */
    passTime: stage.passTime,
    holdClock: stage.holdClock,
    /** Where the app listens in HTTP mode, with its path; several take turns, as behind a balancer. */
    sendEventsTo(...urls: readonly string[]): void {
      events.urls = urls
    },
    /** Where the newest command or press is answered. */
    lastResponseUrl(): string {
      return `http://${host}/respond/${[...turns.keys()].at(-1)}`
    },
    /** Everything that stands in the channel for all to see. */
    get channelPosts(): readonly Message[] {
      return [...turns.values()].flatMap(({ messages }) =>
        messages.filter(({ seenBy }) => seenBy === 'everybody'),
      )
    },
    async close(): Promise<void> {
      sockets.close()
      server.closeAllConnections()
      await once(server.close(), 'close')
      if (stage.violations.length > 0)
        throw new Error(`the app broke Slack's rules:\n- ${stage.violations.join('\n- ')}`)
    },
  }
}

export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>

function tokenFor(method: string): string {
  return method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN
}

function optionsOf(mode: Mode, host: string) {
  const ways = {
    socket: { kind: 'socket', appToken: APP_TOKEN },
    http: { kind: 'http', signingSecret: SIGNING_SECRET },
  } as const
  const access = { kind: 'token', botToken: BOT_TOKEN } as const
  return { mode: ways[mode], access, botToken: BOT_TOKEN, apiUrl: `http://${host}/api/` }
}

type Send = (kind: Kind, payload: Record<string, unknown>, retry?: number) => Promise<number>

/** Delivers a payload to the app. Resolves with the milliseconds until it was acknowledged. */
function sender(
  mode: Mode,
  stage: ReturnType<typeof createStage>,
  sockets: ReturnType<typeof acceptSockets>,
  events: { readonly urls: readonly string[]; next: number },
): Send {
  async function overSocket(kind: Kind, payload: Record<string, unknown>): Promise<void> {
    await stage.until(sockets.isOpen)
    await sockets.send(kind, payload)
  }

  async function overHttp(kind: Kind, payload: Record<string, unknown>, retry: number): Promise<void> {
    const body = formBody(kind, payload)
    const url = events.urls[events.next++ % events.urls.length] ?? ''
    const answer = await postEvent(url, body, {
      ...signature(SIGNING_SECRET, body, Math.floor(Date.now() / 1000)),
      ...(kind === 'events_api' && { 'content-type': 'application/json' }),
      ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    })
    if (answer.status === 200) return
    const fault = `${kind} was answered with ${answer.status}`
    stage.violate(fault)
    // Nothing comes of it: whoever waits for an answer would wait in vain.
    throw new Error(fault)
  }

  return async (kind, payload, retry = 0) => {
    const sentAt = performance.now()
    const late = setTimeout(() => stage.violate(`${kind} was not acknowledged within three seconds`), ACK_MS)
    await (mode === 'socket' ? overSocket(kind, payload) : overHttp(kind, payload, retry)).finally(() =>
      clearTimeout(late),
    )
    return performance.now() - sentAt
  }
}

type Players = {
  readonly open: (user: string, pressed?: Message) => { turn: Turn; url: string }
  readonly send: Send
  readonly until: (condition: () => boolean) => Promise<void>
}

/** What people do in Slack. */
function playersOf({ open, send, until }: Players) {
  async function type(
    command: string,
    text: string,
    { user = USER, channel, team }: By = {},
  ): Promise<Shown> {
    const { turn, url } = open(user)
    const payload = commandPayload(command, text, { user, channel, team, responseUrl: url })
    return shown(turn, await send('slash_commands', payload), until)
  }

  async function pressRaw(
    button: { actionId: string; value: string | undefined; label: string },
    { user = USER, channel, team, copies = 1 }: By = {},
    on?: Message,
  ): Promise<Shown> {
    const { turn, url } = open(user, on)
    const payload = pressPayload({ ...button, user, channel, team, responseUrl: url })
    const [ackMs = 0] = await Promise.all(Array.from({ length: copies }, () => send('interactive', payload)))
    return first(shown(turn, ackMs, until))
  }

  async function first(seen: Shown): Promise<Shown> {
    await until(() => seen.messages.length > 0)
    return seen
  }

  return {
    /** Something happens in the workspace, such as the app's removal; resolves when it was acknowledged. */
    async happens(
      event: { readonly type: string } & Record<string, unknown>,
      team?: string,
      { copies = 1 } = {},
    ) {
      const payload = eventPayload(event, team)
      // Slack's second try comes with the same event id. https://docs.slack.dev/apis/events-api#retries
      for (let retry = 0; retry < copies; retry += 1) await send('events_api', payload, retry)
    },
    /** Types a command, and waits for the acknowledgement alone: for answers that never come. */
    type,
    /** Types a command, and waits until it was acknowledged and something is shown. */
    command: async (command: string, text: string, by?: By) => first(await type(command, text, by)),
    /** Presses a button that need not stand in any message, and waits like `command`. */
    pressRaw,
    /** Presses the button with this label, and waits like `command`. */
    press(message: Message, label: string, by?: By): Promise<Shown> {
      const button = message.buttons.find((one) => one.label === label)
      if (!button)
        throw new Error(`no button “${label}”, only ${message.buttons.map((one) => one.label).join(', ')}`)
      return pressRaw(button, by, message)
    },
  }
}
