import { createHash } from 'node:crypto'
import { type VisitorId, visitorKey } from '../../core/players/visitor.ts'
import type { Identity, Side } from '../platform/playground-side.ts'

/** Discord's real ids carry a time in the bits above these: one below was never given to anybody. */
const NEVER_GIVEN = 2 ** 22 - 8

export function identityOf(visitor: VisitorId): Identity {
  const hash = createHash('sha256').update(visitor).digest()
  const number = 1 + (hash.readUInt32BE(0) % NEVER_GIVEN)
  const letters = hash.toString('hex').slice(0, 12).toUpperCase()
  return {
    key: visitorKey(visitor),
    discord: { user: String(number), guild: String(number + 1), channel: String(number + 2) },
    slack: { user: `UPLAY${letters}`, team: `TPLAY${letters}`, channel: `CPLAY${letters}` },
  }
}

export type Rewriting = {
  /** From what the core knows on this side to what is stored. */
  readonly toStored: (text: string) => string
  readonly toSide: (text: string) => string
}

/** Users, places and channels of real platforms. */
const OTHERS = /^(discord:\d{1,20}|slack:[A-Z0-9]{1,32}(\.[A-Z0-9]{1,32})?)$/

/** Keys of one side, and what is stored in their place. Any other text is left alone. */
export function rewriting({ key, discord, slack }: Identity, side: Side): Rewriting {
  const native =
    side === 'discord'
      ? {
          user: `discord:${discord.user}`,
          place: `discord:${discord.guild}`,
          channel: `discord:${discord.channel}`,
        }
      : {
          user: `slack:${slack.team}.${slack.user}`,
          place: `slack:${slack.team}`,
          channel: `slack:${slack.team}.${slack.channel}`,
        }
  // One person in two communities, as the same commands are typed in both.
  const stored = { user: key, place: `${key}.${side}`, channel: `${key}.${side}.games` }
  const toOwn = exchanging(native, stored)
  return {
    // Whoever is mentioned by an id of a real platform is a stranger here.
    toStored: (text) => (toOwn(text) === text && OTHERS.test(text) ? `${key}.stranger` : toOwn(text)),
    toSide: exchanging(stored, native),
  }
}

type Keys = Readonly<Record<'user' | 'place' | 'channel', string>>

function exchanging(from: Keys, to: Keys): (text: string) => string {
  const pairs = new Map([
    [from.user, to.user],
    [from.place, to.place],
    [from.channel, to.channel],
  ])
  return (text) => pairs.get(text) ?? text
}
