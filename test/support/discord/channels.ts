import { PermissionFlagsBits as Bits, ChannelType, OverwriteType } from 'discord.js'
import { fileFaults } from './files.ts'
import {
  bitsOf,
  type Channel,
  createGuild,
  guildPayload,
  isThread,
  memberPayload,
  namedChannels,
  newChannel,
  type Overwrite,
  type Permission,
  permissionsOfBot,
  wholeChannel,
  wholeUser,
} from './guild.ts'
import type { Answer } from './interactions.ts'
import { createMessages, type PostBody } from './messages.ts'
import { BOT_ID, errorBody } from './payloads.ts'
import type { DiscordRequest } from './rest.ts'
import { answerFaults, postFaults } from './rules.ts'

/** What a bot does in channels by itself: posting, reading, opening direct messages; and what it may look at for that. */

export type ChannelRules = {
  readonly now: () => number
  readonly nextId: () => string
  readonly violate: (fault: string) => void
}

export type Channels = ReturnType<typeof createChannels>

const SOMEBODY = '53908099506183680'

export function createChannels({ now, nextId, violate }: ChannelRules) {
  const guild = createGuild()
  const channels = new Map(namedChannels().map((channel) => [channel.id, channel]))
  const messages = createMessages({ now, nextId })
  const closedTo = new Set<string>()

  function permissions(channel: Channel): bigint {
    if (channel.guild === undefined) return ~0n
    if (channel.guild !== guild.id || !guild.joined) return 0n
    const place = isThread(channel) ? channels.get(channel.parent ?? '') : channel
    return place ? permissionsOfBot(guild, place) : 0n
  }

  /** The channel, if the bot is one of those who see it. */
  function seen(id: string): Channel | Answer {
    const channel = channels.get(id)
    if (!channel) return refused(404, 10003)
    return permissions(channel) & Bits.ViewChannel ? channel : refused(403, 50001)
  }

  function post(channel: Channel, { body, files }: DiscordRequest): Answer {
    const posted = body as PostBody
    const faults = [...postFaults(posted), ...fileFaults(posted, files)]
    for (const fault of faults) violate(fault)
    if (faults.length > 0) return refused(400, 50035)
    const refusal = refusalOf(channel, posted, files.size > 0)
    if (refusal) return refusal
    channel.archived = false
    return messages.post(channel.id, posted, files)
  }

  function refusalOf(channel: Channel, { embeds = [] }: PostBody, hasFiles: boolean): Answer | undefined {
    const granted = permissions(channel)
    if (channel.recipient !== undefined && closedTo.has(channel.recipient)) return refused(403, 50007)
    if (channel.type === ChannelType.GuildCategory) return refused(400, 50008)
    const needed = bitsOf([
      isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages',
      ...(embeds.length > 0 ? (['EmbedLinks'] as const) : []),
      ...(hasFiles ? (['AttachFiles'] as const) : []),
    ])
    if ((granted & needed) !== needed) return refused(403, 50013)
    // A message wakes an archived thread, unless it is locked.
    if (channel.locked) return channel.archived ? refused(400, 50083) : refused(400, 160005)
    return undefined
  }

  function read(channel: Channel, query: URLSearchParams): Answer {
    const limit = Number(query.get('limit') ?? 50)
    if (!(limit >= 1 && limit <= 100)) {
      violate(`messages are listed by 1 to 100, not by ${query.get('limit')}`)
      return refused(400, 50035)
    }
    // No word of it: whoever lacks the permission sees no messages.
    if (!(permissions(channel) & Bits.ReadMessageHistory)) return { status: 200, body: [] }
    return messages.list(channel.id, query)
  }

  function openDirect(recipient: string): Answer {
    const known = [...channels.values()].find((channel) => channel.recipient === recipient)
    const channel =
      known ?? newChannel({ id: nextId(), type: ChannelType.DM, guild: undefined, parent: null, recipient })
    channels.set(channel.id, channel)
    return { status: 200, body: wholeChannel(channel) }
  }

  function ofGuild(id: string, member: string | undefined): Answer {
    if (id !== guild.id || !guild.joined) return refused(404, 10004)
    if (member === undefined) return { status: 200, body: guildPayload(guild) }
    return member === BOT_ID ? { status: 200, body: memberPayload(guild) } : refused(404, 10007)
  }

  function ofChannel(id: string, call: DiscordRequest): Answer {
    const channel = seen(id)
    if ('status' in channel) return channel
    if (!call.path.endsWith('/messages')) return { status: 200, body: wholeChannel(channel) }
    return call.method === 'POST' ? post(channel, call) : read(channel, call.query)
  }

  function route(call: DiscordRequest): Answer | undefined {
    const [, root = '', id = '', , member] = call.path.split('/')
    if (root === 'channels') return ofChannel(id, call)
    if (root === 'guilds') return ofGuild(id, member)
    if (call.path === '/users/@me') {
      return { status: 200, body: { ...wholeUser(BOT_ID), mfa_enabled: false, locale: 'en-US' } }
    }
    if (call.path === '/users/@me/channels') {
      return openDirect((call.body as { recipient_id: string }).recipient_id)
    }
    return undefined
  }

  function overwrite(id: string, given: Partial<Overwrite>): void {
    const whom = { id: BOT_ID, type: OverwriteType.Member }
    channels.get(id)?.overwrites.push({ ...whom, allow: 0n, deny: 0n, ...given })
  }

  return {
    /** Undefined for a request that is none about channels. */
    answer(call: DiscordRequest): Answer | undefined {
      const answer = route(call)
      if (answer?.status === 200) {
        for (const fault of answerFaults(call.method, call.path, answer.body)) violate(fault)
      }
      return answer
    },
    /** What tests do to a server and see of it. */
    controls: {
      guild,
      /** A new text channel, or what else is asked for. Returns its id. */
      add(given: Partial<Omit<Channel, 'id'>> = {}): string {
        const channel = newChannel({ id: nextId(), ...given })
        channels.set(channel.id, channel)
        return channel.id
      },
      remove: (id: string) => channels.delete(id),
      overwrite,
      forbid: (id: string, ...names: Permission[]) => overwrite(id, { deny: bitsOf(names) }),
      permit: (id: string, ...names: Permission[]) => overwrite(id, { allow: bitsOf(names) }),
      change: (id: string, state: Partial<Pick<Channel, 'archived' | 'locked'>>) =>
        Object.assign(channels.get(id) ?? {}, state),
      /** The bot is taken out of the server. */
      kick(): void {
        guild.joined = false
      },
      /** Somebody takes no direct messages from the bot. */
      closeDirectMessages: (user: string) => closedTo.add(user),
      directMessagesWith: (user: string) =>
        messages.all().filter(({ channelId }) => channels.get(channelId)?.recipient === user),
      messagesIn: messages.in,
      /** All that the bot has posted by itself. */
      posts: () => messages.all().filter(({ author }) => author === BOT_ID),
      /** Somebody else writes. */
      say: (id: string, content = 'Hi', more: Pick<PostBody, 'components'> = {}) =>
        messages.say(id, SOMEBODY, { content, ...more }),
      showContent: messages.showContent,
      deleteMessage: messages.remove,
    },
  }
}

const refused = (status: number, code: number): Answer => ({ status, body: errorBody(code) })
