import type { IdentifyLimit } from './gateway.ts'

/** Discord's rules of sharding. https://docs.discord.com/developers/events/gateway#sharding */

/** Which one, of how many. */
export type Shard = readonly [number, number]

export type Identify = { readonly token?: string; readonly intents?: number; readonly shard?: unknown }

export function isShard(shard: unknown): shard is Shard {
  if (!Array.isArray(shard) || shard.length !== 2 || !shard.every(Number.isInteger)) return false
  const [id, count] = shard as unknown as Shard
  return id >= 0 && id < count
}

/** An event of no server, such as of a direct message, belongs to shard 0. */
export function belongsTo([id, count]: Shard, guild: string | undefined): boolean {
  return guild === undefined ? id === 0 : (BigInt(guild) >> 22n) % BigInt(count) === BigInt(id)
}

export function guildOf(type: string, data: unknown): string | undefined {
  const { guild_id, id } = data as { readonly guild_id?: string; readonly id?: string }
  return guild_id ?? (/^GUILD_(CREATE|UPDATE|DELETE)$/.test(type) ? id : undefined)
}

/** "max_concurrency": shards of one bucket, `id % max_concurrency`, identify one at a time. */
export function createIdentifyTurns({ maxConcurrency, everyMs }: IdentifyLimit) {
  const last = new Map<number, number>()
  return {
    /** Whether this shard may identify now. */
    take(id: number): boolean {
      const bucket = id % maxConcurrency
      const now = performance.now()
      const mayGo = now - (last.get(bucket) ?? Number.NEGATIVE_INFINITY) >= everyMs
      if (mayGo) last.set(bucket, now)
      return mayGo
    },
  }
}
