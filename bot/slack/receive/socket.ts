import { type Logger, SocketModeReceiver, type webApi } from '@slack/bolt'
import { errorFields, type Log } from '../../../core/log.ts'
import { explainRefusal, FinalRefusal } from './refusal.ts'

export type SocketOptions = {
  readonly appToken: string
  readonly clientOptions: webApi.WebClientOptions
  readonly logger: Logger
  readonly log: Log
}

/** Slack greets within a second; without a greeting no command arrives. */
const GREETING_MS = 15_000
/** A connection that held this long was a good one: the next attempt need not wait. */
const GOOD_MS = 10_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** While Slack was there a moment ago it is most likely back at once, and commands are lost meanwhile. */
const HOPEFUL_MS = 60_000
const HOPEFUL_WAIT_MS = 500

/**
 * Socket Mode, kept connected until stopped. Reconnecting is our own: the client's waits five seconds after each
 * `disconnect` of Slack's, and ends the process by an unhandled rejection when Slack is away at that moment.
 */
export function openSocket({ appToken, clientOptions, logger, log }: SocketOptions) {
  // No retries inside: each attempt is one request, and the waits between them are ours.
  const installerOptions = { clientOptions: { ...clientOptions, retryConfig: { retries: 0 } } }
  const receiver = new SocketModeReceiver({ appToken, logger, installerOptions, autoReconnectEnabled: false })
  const { client } = receiver
  let connectedAt: number | undefined
  let failures = 0
  let firstFailureAt = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  /** Throws when this attempt failed; the next one is then under way. */
  async function connect(): Promise<void> {
    timer = setTimeout(() => void client.disconnect(), GREETING_MS)
    try {
      await client.start()
      clearTimeout(timer)
      connectedAt = Date.now()
      // A socket that was asked for before the stop and came after it.
      if (stopped) return await client.disconnect()
      log('info', 'connected to Slack')
    } catch (error) {
      clearTimeout(timer)
      throw explainRefusal(
        error ?? new Error('Slack closed the connection before greeting'),
        'SLACK_APP_TOKEN',
      )
    }
  }

  function reconnect(): void {
    if (stopped) return
    clearTimeout(timer)
    if (failures === 0) firstFailureAt = Date.now()
    const longestMs = Date.now() - firstFailureAt < HOPEFUL_MS ? HOPEFUL_WAIT_MS : LONGEST_WAIT_MS
    const waitMs = failures === 0 ? 0 : Math.min(longestMs, FIRST_WAIT_MS * 2 ** (failures - 1))
    failures += 1
    timer = setTimeout(() => connect().catch(onFailure), waitMs * (0.75 + Math.random() / 2))
  }

  function onFailure(error: unknown): void {
    if (stopped) return
    const fields = error instanceof FinalRefusal ? { error: error.message } : errorFields(error)
    log(error instanceof FinalRefusal ? 'error' : 'warn', 'could not connect to Slack', fields)
    reconnect()
  }

  client.on('disconnected', () => {
    // Before the greeting it is `connect` that reports.
    if (connectedAt === undefined) return
    if (Date.now() - connectedAt > GOOD_MS) failures = 0
    connectedAt = undefined
    if (!stopped) log('info', "lost Slack's socket, reconnecting")
    reconnect()
  })

  return {
    receiver,
    isConnected: () => connectedAt !== undefined,
    /** Throws `FinalRefusal` for a bad token; whatever may pass is tried again for as long as it takes. */
    async start(): Promise<void> {
      await connect().catch((error: unknown) => {
        if (error instanceof FinalRefusal) throw error
        onFailure(error)
      })
    },
    async stop(): Promise<void> {
      stopped = true
      clearTimeout(timer)
      await client.disconnect()
    },
  }
}
