import { type ClientOptions, SimpleIdentifyThrottler } from 'discord.js'
import type { RateLimiter } from '../../../core/rate-limiter.ts'
import type { SessionStarts } from './session-starts.ts'
import { idsOf, type Shards } from './shard-range.ts'

/** "You can identify one shard per five seconds in each bucket"; a little more, since requests travel. */
const IDENTIFY_EVERY_MS = 5_500

/** How the turns of all processes are kept apart. */
export type Identifying = { readonly pace: RateLimiter; readonly everyMs?: number }

type Throttle = Pick<SimpleIdentifyThrottler, 'waitForIdentify'>

/**
 * discord.js's settings for a range of shards. Each IDENTIFY is noted, so that a bot that starts again and again can
 * space them.
 * https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export function shardOptions(
  shards: Shards,
  identifying: Identifying | undefined,
  starts: SessionStarts | undefined,
): Partial<ClientOptions> {
  return {
    shards: idsOf(shards),
    shardCount: shards.count,
    ws: {
      async buildIdentifyThrottler(manager) {
        const { session_start_limit } = await manager.fetchGatewayInformation()
        const turns = throttleOf(identifying, session_start_limit.max_concurrency)
        return {
          async waitForIdentify(shard, signal) {
            await turns.waitForIdentify(shard, signal)
            await starts?.note(shard)
          },
        }
      },
    },
  }
}

/**
 * Processes that start together would identify in each other's turns, of which discord.js knows nothing: PostgreSQL
 * hands them out.
 */
function throttleOf(identifying: Identifying | undefined, buckets: number): Throttle {
  if (!identifying) return new SimpleIdentifyThrottler(buckets)
  const { pace, everyMs = IDENTIFY_EVERY_MS } = identifying
  return {
    async waitForIdentify(shard, signal) {
      await pace.acquire(`discord:identify:${shard % buckets}`, everyMs, signal).catch((error: unknown) => {
        // Without turns Discord sends a hurried shard away, and discord.js comes again.
        if (signal.aborted) throw error
      })
    },
  }
}
