import type { ChannelKey, UserKey } from '../ids.ts'
import type { Mention } from '../reply.ts'

/** How a platform writes people, channels and options; each reader answers undefined for whatever else was typed. */
export type CommandSyntax = {
  readonly member: (text: string) => UserKey | undefined
  readonly channel: (text: string) => ChannelKey | undefined
  /** Whom a digest notifies. */
  readonly audience: (text: string) => Mention | undefined
  /** Splits a list of mentions. */
  readonly split: (text: string) => readonly string[]
  /** Tells what an option is called there. */
  readonly optionName: (option: string) => string
  /** Tells whether commands can come from a channel, by what the platform knows of the place. */
  readonly isOwnChannel: (channel: ChannelKey) => boolean
}
