/** Shares a platform's rate limit between all processes. */
export interface RateLimiter {
  /** Resolves when it is this caller's turn; turns of one key are `everyMs` apart. */
  acquire(key: string, everyMs: number, signal?: AbortSignal): Promise<void>
  /** The platform asked for a rest: no turn of this key that is not given yet comes before. */
  rest(key: string, forMs: number): Promise<void>
}
