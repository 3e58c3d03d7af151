import { createDiscordPoster } from '../../../bot/discord/send/poster.ts'
import type { LookUpOutcome, Posted, Target } from '../../../core/digest/delivery.ts'
import type { Poster } from '../../../core/digest/poster.ts'
import type { Level } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { DELIVERY, digest } from '../builders/digests.ts'
import { ANY_TIME, instantPace } from '../fakes/pace.ts'
import { CHANNELS } from './payloads.ts'
import type { DiscordServer } from './server.ts'

type Line = {
  readonly level: Level
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export type Desk = ReturnType<typeof openDesk>

/** The real poster in front of a stand-in for Discord. */
export function openDesk(discord: DiscordServer, options: { timeoutMs?: number; apiUrl?: string } = {}) {
  const pace = instantPace()
  const lines: Line[] = []
  const poster: Poster = createDiscordPoster({
    ...{ token: discord.token, apiUrl: discord.apiUrl, pace },
    log: (level, message, fields = {}) => lines.push({ level, message, fields }),
    ...options,
  })
  return {
    poster,
    pace,
    lines,
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

/** A delivery to the channel `general`. */
export function target(to: Partial<Target> = {}): Target {
  return {
    ...{ delivery: DELIVERY, place: `discord:${CHANNELS.general.guild}` },
    channel: channelKey(CHANNELS.general.id),
    ...{ call: undefined, createdBy: undefined },
    ...to,
  }
}

export function channelKey(channelId: string): `discord:${string}` {
  return `discord:${channelId}`
}
