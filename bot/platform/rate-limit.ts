import type { Requester } from '../../core/command-request.ts'

/** A token bucket: `burst` at once, and one more each `everyMs`. */
export type Rate = { readonly burst: number; readonly everyMs: number }

/** Seconds until this may be asked again; 0: it may be asked now, and is counted. */
export type CoolDown = (who: Pick<Requester, 'user' | 'channel'>, cost: number) => number

type CoolDownOptions = {
  readonly user: Rate
  readonly channel: Rate
  /** The most users, and the most channels, that are remembered; those quiet for longest are forgotten first. */
  readonly capacity?: number
  readonly now: () => Date
}

/** One person's flood harms nobody else, and a crowd in one channel leaves room for the others. What is refused costs nothing. */
export function createCoolDown({ user, channel, capacity = 10_000, now }: CoolDownOptions): CoolDown {
  const users = createBuckets(user, capacity)
  const channels = createBuckets(channel, capacity)
  return (who, cost) => {
    const at = now().getTime()
    const waitMs = Math.max(users.waitMs(who.user, cost, at), channels.waitMs(who.channel, cost, at))
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    users.take(who.user, cost, at)
    channels.take(who.channel, cost, at)
    return 0
  }
}

/** For one person so many a minute, half of them at once; for a channel three times as many, and a longer burst. */
export function ratesFor(perMinute: number): { readonly user: Rate; readonly channel: Rate } {
  return {
    user: { burst: Math.ceil(perMinute / 2), everyMs: 60_000 / perMinute },
    channel: { burst: perMinute * 2, everyMs: 20_000 / perMinute },
  }
}

/** A bucket is kept as the moment when it will be full again: nothing has to be refilled. */
function createBuckets({ burst, everyMs }: Rate, capacity: number) {
  const fullAt = new Map<string, number>()

  /** How long the bucket takes to be full again; an empty one takes longest, also where the clock went back. */
  function lacksMs(key: string, at: number): number {
    return Math.min(burst * everyMs, Math.max(0, (fullAt.get(key) ?? at) - at))
  }

  return {
    waitMs: (key: string, cost: number, at: number) => lacksMs(key, at) + (cost - burst) * everyMs,
    take(key: string, cost: number, at: number): void {
      const full = at + lacksMs(key, at) + cost * everyMs
      // A map keeps the order of insertion: whoever comes again goes to its end.
      fullAt.delete(key)
      fullAt.set(key, full)
      for (const quietest of fullAt.keys()) {
        if (fullAt.size <= capacity) return
        fullAt.delete(quietest)
      }
    },
  }
}
