import { type ClientOptions, SimpleIdentifyThrottler } from 'discord.js'
import type { RateLimiter } from '../../../core/digest/rate-limiter.ts'
import type { SessionStarts } from './session-starts.ts'

/** The shards that one process serves, both ends included, of how many there are in all. */
export type Shards = { readonly from: number; readonly to: number; readonly count: number }

/** "You can identify one shard per five seconds in each bucket"; a little more, since requests travel. */
const IDENTIFY_EVERY_MS = 5_500

/** All of a bot that has no other process. */
export const WHOLE: Shards = { from: 0, to: 0, count: 1 }

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

export function idsOf({ from, to }: Shards): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

/** One process alone does what is done once for the whole bot: the one with the first shard. */
export function hasFirstShard(shards: Shards | undefined): boolean {
  return shards === undefined || shards.from === 0
}

/** `shards 0-3 of 16`, or nothing where there are no shards to tell apart. */
export function shardsInWords(shards: Shards | undefined): string | undefined {
  if (!shards) return undefined
  const { from, to, count } = shards
  return from === to ? `shard ${from} of ${count}` : `shards ${from}-${to} of ${count}`
}
