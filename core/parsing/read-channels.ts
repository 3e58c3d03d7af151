import type { Requester } from '../command-request.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { ChannelKey } from '../ids.ts'
import { parseChannelMention } from '../mention.ts'
import { MAX_CHANNELS } from '../places/place.ts'
import type { Problem } from '../problem.ts'

/** Whether commands can come from a channel, by what the platform knows of the place. */
export type IsOwnChannel = (channel: ChannelKey) => boolean

export type ChannelsRead =
  | { readonly ok: true; readonly value: readonly ChannelKey[] }
  | { readonly ok: false; readonly problem: Problem }

type Typing = {
  readonly requester: Pick<Requester, 'user' | 'channel' | 'parent'>
  readonly isOwn: IsOwnChannel
  readonly example: ExampleWanted
}

const ALL = ['all', '모두', '전체']
const HERE = ['here', '여기']
const BETWEEN = /[\s,]+|(?<=>)(?=<)/

/** From `<#1> <#2>`, `here` or `all`, which is none in particular. */
export function readChannels(text: string, typing: Typing): ChannelsRead {
  if (ALL.includes(text.toLowerCase())) return { ok: true, value: [] }
  const found = new Set<ChannelKey>()
  const words = text.split(BETWEEN).filter((part) => part !== '')
  if (words.length === 0)
    return { ok: false, problem: { kind: 'no-channel', asked: text, example: typing.example } }
  for (const word of words) {
    const channel = channelOf(word, typing)
    if (typeof channel === 'object') return { ok: false, problem: channel }
    found.add(channel)
  }
  if (found.size > MAX_CHANNELS)
    return { ok: false, problem: { kind: 'too-many-channels', most: MAX_CHANNELS } }
  return { ok: true, value: [...found] }
}

/** Whoever says `here` within a thread means its channel. */
function channelOf(word: string, { requester, isOwn, example }: Typing): ChannelKey | Problem {
  if (HERE.includes(word.toLowerCase())) return requester.parent ?? requester.channel
  const channel = parseChannelMention(word, requester.user)
  if (channel === undefined) return { kind: 'no-channel', asked: word, example }
  return isOwn(channel) ? channel : { kind: 'foreign-channel', asked: word }
}
