import type { Requester } from '../command-request.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { ChannelKey } from '../ids.ts'
import { MAX_CHANNELS } from '../places/place.ts'
import type { Problem } from '../problem.ts'
import type { CommandSyntax } from './syntax.ts'

export type ChannelsRead =
  | { readonly ok: true; readonly value: readonly ChannelKey[] }
  | { readonly ok: false; readonly problem: Problem }

type Typing = {
  readonly requester: Pick<Requester, 'channel' | 'parent'>
  readonly syntax: Pick<CommandSyntax, 'channel' | 'split' | 'isOwnChannel'>
  readonly example: ExampleWanted
}

const ALL = ['all', '모두', '전체']
const HERE = ['here', '여기']

/** Reads mentions of channels, `here`, or `all`, which is none in particular. */
export function readChannels(text: string, typing: Typing): ChannelsRead {
  if (ALL.includes(text.toLowerCase())) return { ok: true, value: [] }
  const found = new Set<ChannelKey>()
  const words = typing.syntax.split(text)
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
function channelOf(word: string, { requester, syntax, example }: Typing): ChannelKey | Problem {
  if (HERE.includes(word.toLowerCase())) return requester.parent ?? requester.channel
  const channel = syntax.channel(word)
  if (channel === undefined) return { kind: 'no-channel', asked: word, example }
  return syntax.isOwnChannel(channel) ? channel : { kind: 'foreign-channel', asked: word }
}
