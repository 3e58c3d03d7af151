import { createSlackPoster, type PosterOptions } from '../../../bot/slack/send/poster.ts'
import type { LookUpOutcome, Posted, Target } from '../../../core/digest/delivery.ts'
import type { Level } from '../../../core/log.ts'
import type { RateLimiter } from '../../../core/rate-limiter.ts'
import type { Reply } from '../../../core/reply.ts'
import { DELIVERY, digest } from '../builders/digests.ts'
import { ANY_TIME, instantPace } from '../fakes/pace.ts'
import { CHANNEL, TEAM } from './payloads.ts'
import type { SlackServer } from './server.ts'

type Line = {
  readonly level: Level
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export type Desk = ReturnType<typeof openDesk>

/** As if turns were waited for: time passes for Slack. */
function pacing(slack: SlackServer) {
  const pace = instantPace()
  return {
    ...pace,
    async acquire(...turn: Parameters<RateLimiter['acquire']>) {
      await pace.acquire(...turn)
      slack.passTime(turn[1])
    },
  }
}

/** The real poster in front of a stand-in for Slack, with a clock of its own. */
export function openDesk(
  slack: SlackServer,
  options: Partial<Pick<PosterOptions, 'timeoutMs' | 'apiUrl' | 'pace' | 'access'>> = {},
) {
  const pace = pacing(slack)
  const lines: Line[] = []
  let clockMs = 0
  const poster = createSlackPoster({
    ...{ access: slack.options.access, apiUrl: slack.options.apiUrl, pace },
    log: (level, message, fields = {}) => lines.push({ level, message, fields }),
    now: () => new Date(Date.now() + clockMs),
    ...options,
  })
  return {
    poster,
    pace,
    lines,
    passTime(milliseconds: number): void {
      clockMs += milliseconds
    },
    async post(to: Partial<Target> = {}, reply: Reply = digest(), permit = ANY_TIME): Promise<Posted> {
      await poster.turn(target(to), permit.signal)
      return poster.post(target(to), reply, permit)
    },
    async find(to: Partial<Target> = {}, since = new Date()): Promise<LookUpOutcome> {
      await poster.turn(target(to), ANY_TIME.signal)
      return poster.find(target(to), since)
    },
  }
}

/** A delivery to the channel that commands come from. */
export function target(to: Partial<Target> = {}): Target {
  return {
    ...{ delivery: DELIVERY, place: `slack:${TEAM}`, channel: channelKey(CHANNEL) },
    ...{ call: undefined, createdBy: undefined },
    ...to,
  }
}

export function channelKey(channel: string): `slack:${string}` {
  return `slack:${TEAM}.${channel}`
}
