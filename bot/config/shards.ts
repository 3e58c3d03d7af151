import { z } from 'zod'

const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/

/** `0-3/16`: this process has shards 0 to 3 of sixteen; `5/16`: shard 5 alone. */
export const shardRange = z.string().transform((text, context) => {
  const [, first, last = first, all] = RANGE.exec(text) ?? []
  const [from, to, count] = [first, last, all].map(Number) as [number, number, number]
  if (from <= to && to < count) return { from, to, count }
  context.addIssue('must be like 0-3/16: the shards of this process, counted from 0, of how many in all')
  return z.NEVER
})

export type ShardRange = z.infer<typeof shardRange>

type Setting = {
  readonly SHARDS?: ShardRange | undefined
  readonly DISCORD_TOKEN?: string | undefined
  readonly DATABASE_URL?: string | undefined
}

/** Processes that share a bot share a database. Without Discord there is nothing to share. */
export function shardFaults({ SHARDS: shards, DISCORD_TOKEN, DATABASE_URL }: Setting): string[] {
  if (!shards || DISCORD_TOKEN === undefined || DATABASE_URL !== undefined) return []
  const isPart = shards.to - shards.from + 1 < shards.count
  return isPart
    ? ['DATABASE_URL is missing beside SHARDS: the processes that share the shards need one database']
    : []
}
