/** The shards that one process serves, both ends included, of how many there are in all. */
export type Shards = { readonly from: number; readonly to: number; readonly count: number }

/** All of a bot that has no other process. */
export const WHOLE: Shards = { from: 0, to: 0, count: 1 }

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

/** Discord spreads its servers over the shards by their ids: https://docs.discord.com/developers/events/gateway#sharding */
export function servesServer({ from, to, count }: Shards, server: string): boolean {
  const shard = Number((BigInt(server) >> 22n) % BigInt(count))
  return shard >= from && shard <= to
}
