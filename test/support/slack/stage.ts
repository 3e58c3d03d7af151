import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** What the parts of the stand-in for Slack share: broken rules, scripted failures, and a way to wait without sleeping. */

/**
 * How a request may fail: with a status, with Slack's own `ok: false`, by a reset before it was read, or `lost`: done, but
 * the answer never arrives. `hang` leaves it open, undone and without an answer.
 */
export type Failure =
  | { readonly status: number; readonly retryAfter?: number; readonly body?: string }
  | { readonly error: string }
  | 'reset'
  | 'lost'
  | 'hang'

export type Stage = ReturnType<typeof createStage>

export function createStage() {
  const changes = new EventEmitter().setMaxListeners(0)
  const script = new Map<string, Failure[]>()
  const violations: string[] = []
  let clockMs = 0
  let heldAt: number | undefined
  return {
    violations,
    violate(...what: string[]): void {
      violations.push(...what)
    },
    changed(): void {
      changes.emit('change')
    },
    /** Resolves when `condition` holds; looks again whenever something has happened. */
    async until(condition: () => boolean): Promise<void> {
      while (!condition()) await once(changes, 'change')
    },
    fail(target: string, ...failures: readonly Failure[]): void {
      script.set(target, [...(script.get(target) ?? []), ...failures])
    },
    nextFailure(target: string): Failure | undefined {
      return script.get(target)?.shift()
    },
    now: () => (heldAt ?? Date.now()) + clockMs,
    /** From now on time passes by `passTime` alone. */
    holdClock(): void {
      heldAt = Date.now()
    },
    passTime(milliseconds: number): void {
      clockMs += milliseconds
    },
  }
}

export function sendFailure(failure: Exclude<Failure, 'hang'>, response: ServerResponse): void {
  if (typeof failure === 'string') {
    response.socket?.resetAndDestroy()
  } else if ('error' in failure) {
    sendJson(response, { ok: false, error: failure.error })
  } else {
    const { status, retryAfter, body = '' } = failure
    response
      .writeHead(status, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) })
      .end(body)
  }
}

export function sendJson(response: ServerResponse, body: Record<string, unknown>): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
