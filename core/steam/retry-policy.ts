import {
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel'
import type { Log } from '../log.ts'
import type { Limits } from './limits.ts'
import { SteamFailure } from './steam-failure.ts'
import type { ApiCall, WebApi } from './web-api.ts'

/** Until when an answer is of use. */
export type Deadline = { readonly at: number; readonly signal: AbortSignal }

export type RetryingApi = (call: ApiCall, deadline: Deadline) => Promise<unknown>

type PatienceOptions = {
  readonly limits: Limits
  readonly log: Log
  readonly now: () => Date
  readonly random: () => number
}

/**
 * Asks until the deadline: a try may take as long as its answer keeps arriving, tries are spaced with jitter or as Steam wishes, and a Steam that
 * keeps failing is left alone for a while. Only `away` counts against Steam: a refused key or a private profile is an answer.
 */
export function createRetryingApi(api: WebApi, { limits, log, now, random }: PatienceOptions): RetryingApi {
  const slow = createSlowTries(limits.tries)
  const breaker = circuitBreaker(
    handleWhen((error) => isAway(error) && (slow.tells(error) || breaker.state === CircuitState.HalfOpen)),
    {
      halfOpenAfter: limits.pauseMs,
      breaker: new ConsecutiveBreaker(limits.failuresToPause),
    },
  )
  breaker.onBreak(() =>
    log('warn', 'Steam is not answering: pausing requests', { seconds: limits.pauseMs / 1000 }),
  )
  breaker.onReset(() => log('info', 'Steam answers again'))
  const shared = wrap(bulkhead(limits.concurrent, limits.queued), breaker)
  const backoff = new DelegateBackoff<{ attempt: number; result: unknown }>(({ attempt, result }) =>
    Math.max(askedToWait(result), limits.backoffMs * 2 ** (attempt - 1) * (0.5 + random() / 2)),
  )

  return (call, deadline) => {
    const worthwhile = (error: unknown) =>
      isAway(error) && now().getTime() + (error.retryAfter ?? 0) < deadline.at
    return retry(handleWhen(worthwhile), { maxAttempts: limits.tries - 1, backoff }).execute(
      ({ signal }) => shared.execute((context) => slow.watch(call, api(call, context.signal)), signal),
      deadline.signal,
    )
  }
}

/**
 * Remembers of whom slow tries were. One player whose library Steam is slow with, asked for again and again, says nothing
 * of Steam: only so many in a row of each count.
 */
function createSlowTries(most: number) {
  const inARow = new Map<string, number>()
  const subjects = new WeakMap<SteamFailure, string>()
  return {
    async watch(call: ApiCall, answer: Promise<unknown>): Promise<unknown> {
      const subject = JSON.stringify(call.parameters)
      try {
        const value = await answer
        inARow.clear()
        return value
      } catch (error) {
        if (error instanceof SteamFailure && error.isSlow) subjects.set(error, subject)
        throw error
      }
    },
    tells(error: SteamFailure): boolean {
      const subject = subjects.get(error)
      if (subject === undefined) return true
      const count = (inARow.get(subject) ?? 0) + 1
      inARow.set(subject, count)
      return count <= most
    },
  }
}

function isAway(error: unknown): error is SteamFailure {
  return error instanceof SteamFailure && error.kind === 'away'
}

function askedToWait(result: unknown): number {
  const { error } = result as { error?: unknown }
  return error instanceof SteamFailure ? (error.retryAfter ?? 0) : 0
}
