import type { Answer } from './interactions.ts'

const MOST = 50
const WINDOW_MS = 1000

/**
 * Fifty requests within any second, for the bot as a whole; those to interactions do not count.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
export function createGlobalLimit(now: () => number = () => performance.now()) {
  const taken: number[] = []
  let refused = 0

  return {
    /** How many requests were one too many. */
    refused: () => refused,
    /** Undefined where the request may pass. */
    refuse(path: string): Answer | undefined {
      if (/^\/(interactions|webhooks)\//.test(path)) return undefined
      const at = now()
      while (taken[0] !== undefined && at - taken[0] >= WINDOW_MS) taken.shift()
      if (taken.length < MOST) {
        taken.push(at)
        return undefined
      }
      refused += 1
      return limited((WINDOW_MS - (at - (taken[0] ?? at))) / 1000, 'global')
    },
  }
}

/** As in the samples of Discord's page: whole seconds in the header, the exact wait in the body. */
export function limited(seconds: number, scope: 'global' | 'user' | 'shared'): Answer {
  const isGlobal = scope === 'global'
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal },
    headers: {
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : { 'x-ratelimit-reset-after': String(seconds) }),
    },
  }
}
