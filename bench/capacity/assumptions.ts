/** What no bench can measure. Each line of the page's table follows from these and from the figures. */
export const ASSUMED = {
  /** Commands and presses of one player on an average day; each is taken to cost what /recommend does. */
  askedPerDay: 1,
  /** The busiest minute against the day's mean. */
  peak: 5,
  /** How busy a processor may be in that minute. */
  busy: 0.6,
  /** Players of ours in a Discord server that has the bot. */
  playersPerServer: 20,
  /** Of the players, how many are trained on: proven and consenting, or imported. */
  trained: 1,
  /** Games that enough players own; grows slowly, since there are only so many. */
  games: { 1000: 5_000, 100000: 20_000, 10000000: 46_340 },
} as const

export const SIZES = [1_000, 100_000, 10_000_000] as const
export type Size = (typeof SIZES)[number]

/** Rules of others; PLATFORMS and their own pages. */
export const LIMITS = {
  steamCallsPerDay: 100_000,
  serversPerShard: 2_500,
  discordPerSecond: 50,
  /** A bot without an agreement may have one shard identify every so often. */
  secondsPerIdentify: 5,
} as const

/** What the program keeps for how long, in days; see core/players/retention.ts and the privacy page. */
export const KEPT = { answers: 30, snapshots: 7, commands: 90 } as const
