import { App as Bolt, webApi } from '@slack/bolt'
import { errorFields, type Log, newReference } from '../../core/log.ts'
import { withinDeadline } from '../../db/postgres/deadline.ts'
import { onRemoved } from '../platform/removal.ts'
import { type Access, createClientFor } from './install/access.ts'
import { boltLog } from './receive/bolt-log.ts'
import { type Listener, openEvents } from './receive/events.ts'
import { type HandlerDeps, handleCommand, handlePress, type Workspace } from './receive/handle-command.ts'
import { createMembers } from './receive/members.ts'
import { createFirstTime, type FirstTime } from './receive/once.ts'
import {
  type Command,
  type Press,
  parseCommandPayload,
  parsePressPayload,
  parseRemovalPayload,
} from './receive/payload.ts'
import { explainRefusal, FinalRefusal } from './receive/refusal.ts'
import { openSocket } from './receive/socket.ts'
import { createSendFile } from './send/files.ts'

export type SlackOptions = HandlerDeps & {
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string }
  readonly access: Access
  /** With its path: `https://slack.com/api/`. */
  readonly apiUrl: string
  /** Undefined: each process knows what it has seen itself. */
  readonly firstTime?: FirstTime
}

export type Slack = {
  /** Leaves Slack, then finishes what has been begun. */
  stop(): Promise<void>
  health(): { readonly ok: boolean; readonly detail: string }
  /** In HTTP mode: takes `POST /slack/events` with its body unread, and verifies it. */
  readonly requestListener: Listener | undefined
}

type Acknowledge = () => Promise<void>

/** Slack's own default would try ten times within half an hour. */
const PATIENCE = { retries: 2, minTimeout: 300, maxTimeout: 2_000, randomize: true }
const TIMEOUT_MS = 10_000

/**
 * Answers in Slack until stopped. Throws `FinalRefusal` where Slack will not have the bot, such as for a bad token; what
 * may pass is tried again for as long as it takes.
 */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const logger = boltLog(options.log)
  const clientOptions = { slackApiUrl: options.apiUrl, retryConfig: PATIENCE, timeout: TIMEOUT_MS, logger }
  const { receiver, listener, ...connection } = openTransport(options, clientOptions)
  if (options.access.kind === 'token') await checkToken(options.access.botToken, options.log, clientOptions)
  // What we listen to needs no token of Bolt's: who has not installed the app is answered all the same.
  const bolt = new Bolt({ receiver, logger, clientOptions, convoStore: false, authorize: async () => ({}) })
  const clientFor = createClientFor(options.access, clientOptions)
  const members = createMembers({ clientFor, log: options.log, now: () => new Date() })
  const inHand = serve(bolt, options, { members, sendFile: createSendFile(clientFor) })
  await connection.start()
  return {
    requestListener: listener,
    health: connection.health,
    async stop() {
      await connection.stop()
      await Promise.allSettled(inHand)
    },
  }
}

function openTransport(
  { mode, log }: SlackOptions,
  clientOptions: webApi.WebClientOptions & { logger: webApi.Logger },
) {
  const { logger } = clientOptions
  switch (mode.kind) {
    case 'socket': {
      const socket = openSocket({ appToken: mode.appToken, clientOptions, logger, log })
      const health = () =>
        socket.isConnected() ? { ok: true, detail: 'connected' } : { ok: false, detail: 'connecting' }
      return { ...socket, health, listener: undefined }
    }
    case 'http': {
      const nothing = async () => {}
      const health = () => ({ ok: true, detail: 'waits for events' })
      return { ...openEvents(mode.signingSecret, logger), start: nothing, stop: nothing, health }
    }
  }
}

/** Asked once; Bolt by itself would end the process when the token is refused. */
async function checkToken(botToken: string, log: Log, clientOptions: webApi.WebClientOptions): Promise<void> {
  try {
    await new webApi.WebClient(botToken, clientOptions).auth.test()
  } catch (error) {
    const explained = explainRefusal(error, 'SLACK_BOT_TOKEN')
    if (explained instanceof FinalRefusal) throw explained
    log('warn', 'could not check SLACK_BOT_TOKEN with Slack; continuing', errorFields(error))
  }
}

/** Registers what we listen to. Returns the exchanges in hand, for those who must wait for them. */
function serve(bolt: Bolt, talk: SlackOptions, slack: Workspace): ReadonlySet<Promise<void>> {
  const inHand = new Set<Promise<void>>()
  const keep = async (begun: Promise<void>) => {
    const work = begun.finally(() => inHand.delete(work))
    inHand.add(work)
    await work
  }
  const firstTime = createFirstTime(talk.firstTime, talk.log)
  const take = async <P extends Command | Press>(ack: Acknowledge, read: () => P, handle: Handle<P>) => {
    await acknowledge(ack, talk)
    const taken = read()
    await withinDeadline(() => answerOnce(taken.event, firstTime, () => handle(taken, talk, slack)))
  }
  // Whatever the command: one that we no longer know is answered as well.
  bolt.command(/^\//, ({ ack, body }) => keep(take(ack, () => parseCommandPayload(body), handleCommand)))
  bolt.action(/^/, ({ ack, body }) => keep(take(ack, () => parsePressPayload(body), handlePress)))
  for (const event of ['app_uninstalled', 'tokens_revoked'] as const) {
    // Bolt acknowledges events by itself.
    bolt.event(event, ({ body }) => keep(onRemoval(body, talk)))
  }
  bolt.error(async (error) => {
    talk.log('error', 'a request from Slack failed', { reference: newReference(), ...errorFields(error) })
  })
  return inHand
}

type Handle<P> = (taken: P, talk: HandlerDeps, slack: Workspace) => Promise<void>

async function answerOnce(event: string, firstTime: FirstTime, answer: () => Promise<void>): Promise<void> {
  if (await firstTime(event)) await answer()
}

/** The workspace no longer has the app; nothing where that is not what happened. */
async function onRemoval(body: unknown, { access, ...talk }: SlackOptions): Promise<void> {
  const removal = parseRemovalPayload(body)
  if (!removal) return
  if (access.kind === 'installed') {
    const failed = (error: unknown) =>
      talk.log('error', "a workspace's token could not be deleted", errorFields(error))
    await access.forget(removal.team, removal.at).catch(failed)
  }
  await onRemoved(removal.place, talk)
}

/** Slack shows an error to the player after three seconds; when that cannot be helped, the answer still can. */
async function acknowledge(ack: Acknowledge, { log }: HandlerDeps): Promise<void> {
  await ack().catch((error: unknown) => log('warn', 'could not acknowledge in time', errorFields(error)))
}
