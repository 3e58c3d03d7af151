import { webApi } from '@slack/bolt'
import type { SendWindow } from '../../../core/digest/poster.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { RateLimiter } from '../../../core/rate-limiter.ts'
import { insistOn, NotSent, turnsAfterFirst } from '../../platform/sending.ts'
import { type Access, botTokenOf, NotInstalled } from '../install/access.ts'
import { boltLog } from '../receive/bolt-log.ts'

export type CallerOptions = {
  readonly access: Access
  /** With its path: `https://slack.com/api/`. */
  readonly apiUrl: string
  readonly pace: RateLimiter
  readonly log: Log
  /** For one request; it cannot arrive later. */
  readonly timeoutMs: number
}

/** `channel`: where requests post messages, which channels take more slowly. */
export type Where = { readonly team: string; readonly channel?: string }

/** Makes the one request of `run` once: nothing is repeated and no rate limit waited for. */
export type Run = <T>(run: (client: webApi.WebClient) => Promise<T>) => Promise<T>

export type Caller = {
  /** Waits until a request may leave. Throws by the signal. */
  turn(where: Where, signal: AbortSignal): Promise<void>
  /** For requests one after the other, of which the first has had its turn. */
  askUnder(where: Where, permit: SendWindow): Run
}

/**
 * A channel takes a message a second, a workspace "several hundred messages per minute".
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const TEAM_EVERY_MS = 200
const CHANNEL_EVERY_MS = 1_000

export function createCaller({ access, apiUrl, pace, log, timeoutMs }: CallerOptions): Caller {
  const options = { slackApiUrl: apiUrl, logger: boltLog(log), timeout: timeoutMs }
  const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true }

  async function turn({ team, channel }: Where, signal: AbortSignal): Promise<void> {
    if (channel !== undefined) await pace.acquire(`${keyOf(team)}.${channel}`, CHANNEL_EVERY_MS, signal)
    await pace.acquire(keyOf(team), TEAM_EVERY_MS, signal)
  }

  /** How long a workspace asks us to wait with messages, whichever of its limits was met. */
  async function heed(error: unknown, { team, channel }: Where): Promise<void> {
    if (!(error instanceof webApi.WebAPIRateLimitedError) || channel === undefined) return
    await pace
      .rest(keyOf(team), error.retryAfter * 1000)
      .catch((cause: unknown) => log('warn', "could not store Slack's rate limit", errorFields(cause)))
  }

  return {
    turn,
    askUnder(where, permit) {
      const nextTurn = turnsAfterFirst(() => turn(where, permit.signal))
      return async (run) => {
        await nextTurn()
        const token = await tokenFor(access, where.team)
        const client = new webApi.WebClient(token, { ...options, ...once, fetch: fetchUnder(permit) })
        return run(client).catch(async (error: unknown) => {
          await heed(error, where)
          throw error
        })
      }
    },
  }
}

function keyOf(team: string): string {
  return `slack:${team}`
}

/** Where a token cannot be read, nothing has left, and it may be mended. */
async function tokenFor(access: Access, team: string): Promise<string> {
  return botTokenOf(access, team).catch((cause: unknown) => {
    throw cause instanceof NotInstalled ? cause : new NotSent('no token for the workspace', { cause })
  })
}

/** The client itself takes no signal. */
function fetchUnder(permit: SendWindow): typeof fetch {
  return async (address, init) => {
    insistOn(permit)
    const signal = init?.signal ? AbortSignal.any([permit.signal, init.signal]) : permit.signal
    return fetch(address, { ...init, signal })
  }
}
