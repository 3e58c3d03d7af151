import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import type { Log } from '../log.ts'
import type { Limits } from './limits.ts'
import { SteamFailure } from './steam-failure.ts'
import type { ApiCall, WebApi } from './web-api.ts'

/** Until when an answer is of use. */
export type Deadline = { readonly at: number; readonly signal: AbortSignal }

export type PatientApi = (call: ApiCall, deadline: Deadline) => Promise<unknown>

type PatienceOptions = {
  readonly limits: Limits
  readonly log: Log
  readonly now: () => Date
  readonly random: () => number
}

/**
 * Asks until the deadline: each try has a time-out, tries are spaced with jitter or as Steam wishes, and a Steam that
 * keeps failing is left alone for a while. Only `away` counts against Steam: a refused key or a private profile is an answer.
 */
export function createPatience(api: WebApi, { limits, log, now, random }: PatienceOptions): PatientApi {
  const breaker = circuitBreaker(handleWhen(isAway), {
    halfOpenAfter: limits.pauseMs,
    breaker: new ConsecutiveBreaker(limits.failuresToPause),
  })
  breaker.onBreak(() => log('warn', 'Steam is away: leaving it alone', { seconds: limits.pauseMs / 1000 }))
  breaker.onReset(() => log('info', 'Steam answers again'))
  const shared = wrap(
    bulkhead(limits.concurrent, limits.queued),
    breaker,
    timeout(limits.tryMs, TimeoutStrategy.Cooperative),
  )
  const backoff = new DelegateBackoff<{ attempt: number; result: unknown }>(({ attempt, result }) =>
    Math.max(askedToWait(result), limits.backoffMs * 2 ** (attempt - 1) * (0.5 + random() / 2)),
  )

  return (call, deadline) => {
    const worthwhile = (error: unknown) =>
      isAway(error) && now().getTime() + (error.retryAfter ?? 0) < deadline.at
    return retry(handleWhen(worthwhile), { maxAttempts: limits.tries - 1, backoff }).execute(
      ({ signal }) => shared.execute((context) => api(call, context.signal), signal),
      deadline.signal,
    )
  }
}

function isAway(error: unknown): error is SteamFailure {
  return error instanceof SteamFailure && error.kind === 'away'
}

function askedToWait(result: unknown): number {
  const { error } = result as { error?: unknown }
  return error instanceof SteamFailure ? (error.retryAfter ?? 0) : 0
}
