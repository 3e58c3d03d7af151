import { note } from '../../cards/cards.ts'
import type { ChannelKey } from '../../ids.ts'
import type { Inline, Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'

/** More would be no help. */
const NAMED = 20

/** The answer to a command in a channel where the managers of the place want none. */
export function elsewhere(channels: readonly ChannelKey[], strings: Strings): Reply {
  const { elsewhere, insteadIn } = strings.settings
  return {
    ...note('answer', elsewhere),
    blocks: [{ kind: 'text', text: [`${elsewhere} ${insteadIn} `, ...channelList(channels, strings)] }],
  }
}

/** By mention, and how many more there are. */
export function channelList(channels: readonly ChannelKey[], { settings }: Strings): Inline[] {
  const named = channels.slice(0, NAMED).flatMap((channel): Inline[] => [', ', { channel }])
  const more = channels.length - NAMED
  return [...named.slice(1), ...(more > 0 ? [` ${settings.more(more)}`] : [])]
}
