/** How fast Slack takes messages. https://docs.slack.dev/apis/web-api/rate-limits */

/** "1 per second" in a channel, where "short bursts of >1 allowed" are. */
const CHANNEL_EVERY_MS = 1000
const BURST = 3
/** "Several hundred messages per minute" in a workspace. */
const MINUTE_MS = 60_000
const MOST_A_MINUTE = 400

export function createPostLimits(now: () => number) {
  const fullAt = new Map<string, number>()
  const taken: number[] = []
  let refused = 0

  function waitFor(channel: string, at: number): number {
    while (taken[0] !== undefined && at - taken[0] >= MINUTE_MS) taken.shift()
    const ofTeam = taken.length < MOST_A_MINUTE ? 0 : MINUTE_MS - (at - (taken[0] ?? at))
    const ofChannel = Math.max(at, fullAt.get(channel) ?? at) - at - (BURST - 1) * CHANNEL_EVERY_MS
    return Math.max(ofTeam, ofChannel)
  }

  return {
    /** How many messages were one too many. */
    refused: () => refused,
    /** Seconds to wait, or 0 where the message may pass, and is counted. */
    take(channel: string): number {
      const at = now()
      const waitMs = waitFor(channel, at)
      if (waitMs > 0) {
        refused += 1
        return Math.ceil(waitMs / 1000)
      }
      taken.push(at)
      fullAt.set(channel, Math.max(at, fullAt.get(channel) ?? at) + CHANNEL_EVERY_MS)
      return 0
    },
  }
}
