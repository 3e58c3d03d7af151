import { AsyncLocalStorage } from 'node:async_hooks'
import { DefaultRestOptions, RateLimitError, REST, type RequestData, type RouteLike } from 'discord.js'
import type { SendWindow } from '../../../core/digest/poster.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { RateLimiter } from '../../../core/rate-limiter.ts'
import { insistOn, turnsAfterFirst } from '../../platform/sending.ts'

export type SenderOptions = {
  readonly token: string
  /** Without the version: `https://discord.com/api`. */
  readonly apiUrl: string
  readonly pace: RateLimiter
  readonly log: Log
  /** For one request; it cannot arrive later. */
  readonly timeoutMs: number
}

type Request = Pick<RequestData, 'body' | 'files' | 'query'> & {
  readonly method: 'get' | 'post'
  readonly route: RouteLike
}

/** Makes a request once: nothing is repeated and no rate limit waited for. */
export type Send = (request: Request) => Promise<unknown>

export type Sender = {
  /** Waits until a request may leave. Throws by the signal. */
  turn(signal: AbortSignal): Promise<void>
  /** For requests one after the other, of which the first has had its turn. */
  sendUnder(permit: SendWindow): Send
}

/**
 * Discord lets a bot make fifty requests a second, in whatever servers. A twentieth is left for those that take no turn, and
 * for what the network does to the distances. https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
const TURN = { key: 'discord', everyMs: 21 }

export function createSender({ token, apiUrl, pace, log, timeoutMs }: SenderOptions): Sender {
  const permits = new AsyncLocalStorage<SendWindow>()
  const rest = new REST({
    api: apiUrl.replace(/\/+$/, ''),
    retries: 0,
    timeout: timeoutMs,
    rejectOnRateLimit: () => true,
    // The turns are shared with other processes, which this one cannot count.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    // The last moment: discord.js lets requests to one channel wait for each other.
    makeRequest: async (...request) => {
      const permit = permits.getStore()
      if (permit) insistOn(permit)
      return DefaultRestOptions.makeRequest(...request)
    },
  })

  async function send({ method, route, ...data }: Request, permit: SendWindow): Promise<unknown> {
    // discord.js forgets the token when Discord once refuses it.
    rest.setToken(token)
    // Its own time-out ends with the headers of the answer.
    const signal = AbortSignal.any([permit.signal, AbortSignal.timeout(timeoutMs)])
    return permits.run(permit, () => rest[method](route, { ...data, signal }))
  }

  /** A limit of one channel is met by its own deliveries alone; that of the whole bot by everybody's. */
  async function heed(error: unknown): Promise<void> {
    if (!(error instanceof RateLimitError) || !error.global) return
    await pace
      .rest(TURN.key, error.retryAfter)
      .catch((cause: unknown) => log('warn', "could not store Discord's rate limit", errorFields(cause)))
  }

  return {
    turn: (signal) => pace.acquire(TURN.key, TURN.everyMs, signal),
    sendUnder(permit) {
      const nextTurn = turnsAfterFirst(() => pace.acquire(TURN.key, TURN.everyMs, permit.signal))
      return async (request) => {
        await nextTurn()
        return send(request, permit).catch(async (error: unknown) => {
          await heed(error)
          throw error
        })
      }
    },
  }
}
