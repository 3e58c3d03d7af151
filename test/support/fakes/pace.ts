import type { SendWindow } from '../../../core/digest/poster.ts'
import type { RateLimiter } from '../../../core/rate-limiter.ts'

/** Whoever asks has its turn at once, and it is written down, as are rests. */
export function instantPace() {
  const turns: { readonly key: string; readonly everyMs: number }[] = []
  const rests: { readonly key: string; readonly forMs: number }[] = []
  return {
    turns,
    rests,
    async acquire(key, everyMs, signal) {
      signal?.throwIfAborted()
      turns.push({ key, everyMs })
    },
    async rest(key, forMs) {
      rests.push({ key, forMs })
    },
  } satisfies RateLimiter & { turns: unknown; rests: unknown }
}

/** Leave to send whenever it may be. */
export const ANY_TIME: SendWindow = { isOpen: () => true, signal: new AbortController().signal }
