import { isBrokenCircuitError, isBulkheadRejectedError, isTaskCancelledError } from 'cockatiel'

/**
 * - `away`: no usable answer came (network, time-out, 429, 5xx, no JSON). Worth another try.
 * - `key`: Steam refuses our key.
 * - `refused`: Steam finds fault with the request itself.
 * - `garbled`: an answer came whose content cannot be what it should be. Says something of one player, not of Steam.
 */
export type FailureKind = 'away' | 'key' | 'refused' | 'garbled'

/**
 * What kept Steam from answering. Its text is our own: what `fetch` throws may hold the address, and so the key, which is
 * why no outside error is ever chained to this one.
 */
export class SteamFailure extends Error {
  override readonly name = 'SteamFailure'
  readonly kind: FailureKind
  /** How long Steam asks us to wait, in milliseconds. */
  readonly retryAfter: number | undefined

  /** Nothing arrived in time: that may be one player's library, and not Steam. */
  readonly isSlow: boolean

  constructor(kind: FailureKind, message: string, retryAfter?: number, isSlow = false) {
    super(message)
    this.kind = kind
    this.retryAfter = retryAfter
    this.isSlow = isSlow
  }
}

/** Undefined for what is no failure of Steam's but a mistake of ours. */
export function toSteamFailure(error: unknown): SteamFailure | undefined {
  if (error instanceof SteamFailure) return error
  if (isBrokenCircuitError(error))
    return new SteamFailure('away', 'Steam was away moments ago; not asked again yet')
  if (isBulkheadRejectedError(error)) return new SteamFailure('away', 'too many requests wait for Steam')
  if (isTaskCancelledError(error)) return new SteamFailure('away', 'Steam took too long')
  return undefined
}
