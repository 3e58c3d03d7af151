import type { z } from 'zod'
import { type Block, buttonsIn, inWords, pingsIn, posting, wordsIn } from './blocks.ts'
import type { SlackFiles } from './files.ts'
import { createPostLimits } from './limits.ts'
import { CHANNEL } from './payloads.ts'
import type { Call } from './web-api.ts'

/** What an app does in channels by itself: posting, and reading what was posted. */

type Json = Record<string, unknown>

export type SlackChannel = {
  readonly isPrivate: boolean
  /** Whether the app is a member. */
  member: boolean
  archived: boolean
}

/** A message as it stands in a channel. */
export type SlackPost = {
  readonly ts: string
  readonly channel: string
  /** Undefined: the app. */
  readonly user: string | undefined
  readonly text: string
  readonly blocks: readonly Block[]
  /** All words in it, without marks. */
  readonly words: string
  readonly buttons: readonly { readonly label: string; readonly actionId: string }[]
  readonly metadata: unknown
  /** The mentions in it that notify somebody. */
  readonly pings: readonly string[]
  /** Of the pictures that it shows. */
  readonly files: readonly string[]
}

type Rules = {
  readonly now: () => number
  readonly violate: (...faults: string[]) => void
  readonly files: SlackFiles
}

/** An answer, or the seconds to wait that come with a 429. */
export type ChannelAnswer = Json | { readonly retryAfter: number }

export type SlackChannels = ReturnType<typeof createSlackChannels>

const PAGE = 100
/** For an app that is not in Slack's directory. https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps */
const OUTSIDERS_PAGE = 15

export function createSlackChannels({ now, violate, files }: Rules) {
  const channels = new Map<string, SlackChannel>([
    [CHANNEL, { isPrivate: false, member: true, archived: false }],
  ])
  const posts: SlackPost[] = []
  const closedTo = new Set<string>()
  const limits = createPostLimits(now)
  let lastMicros = 0
  let outside: { nextAt: number } | undefined

  function nextTs(): string {
    lastMicros = Math.max(lastMicros + 1, now() * 1000)
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
  }

  /** Slack's word for why a message may not be posted there. */
  function refusalOf(id: string, scopes: readonly string[]): string | undefined {
    if (!scopes.includes('chat:write')) return 'missing_scope'
    if (id.startsWith('D')) return closedTo.has(id.slice(1)) ? 'cannot_dm_bot' : undefined
    const channel = channels.get(id)
    if (!channel || (channel.isPrivate && !channel.member)) return 'channel_not_found'
    if (channel.archived) return 'is_archived'
    return channel.member || scopes.includes('chat:write.public') ? undefined : 'not_in_channel'
  }

  function post({ form }: Call, scopes: readonly string[]): ChannelAnswer {
    const id = form.get('channel') ?? ''
    const retryAfter = limits.take(id)
    if (retryAfter > 0) return { retryAfter }
    const refusal = refusalOf(id, scopes)
    if (refusal !== undefined) return { ok: false, error: refusal }
    const parsed = posting.safeParse(Object.fromEntries(form))
    if (!parsed.success) {
      violate(...parsed.error.issues.map((issue) => `a post was refused: ${inWords(issue)}`))
      return { ok: false, error: 'invalid_blocks' }
    }
    const hidden = parsed.data.blocks.findIndex((one) => filesIn([one]).some((file) => !files.mayShow(file)))
    if (hidden >= 0) return invalidFile(hidden)
    const message = toPost(parsed.data, nextTs())
    posts.push(message)
    return { ok: true, channel: id, ts: message.ts, message: messagePayload(message, true) }
  }

  function read({ form }: Call, scopes: readonly string[]): ChannelAnswer {
    const id = form.get('channel') ?? ''
    if (outside) {
      const wait = outside.nextAt - now()
      if (wait > 0) return { retryAfter: Math.ceil(wait / 1000) }
      outside.nextAt = now() + 60_000
    }
    const channel = channels.get(id)
    const needed = channel?.isPrivate ? 'groups:history' : 'channels:history'
    if (!scopes.includes(needed)) {
      return { ok: false, error: 'missing_scope', needed, provided: scopes.join(',') }
    }
    if (!channel || (channel.isPrivate && !channel.member)) return { ok: false, error: 'channel_not_found' }
    return channel.member ? page(id, form) : { ok: false, error: 'not_in_channel' }
  }

  /** The newest first; a cursor leads to older ones. */
  function page(id: string, form: URLSearchParams): Json {
    const [oldest, latest] = [form.get('oldest') ?? '0', form.get('latest') ?? '9999999999']
    const inRange = posts
      .filter(
        ({ channel, ts }) => channel === id && Number(ts) > Number(oldest) && Number(ts) < Number(latest),
      )
      .toReversed()
    const limit = Math.min(Number(form.get('limit') ?? PAGE), outside ? OUTSIDERS_PAGE : 999)
    const start = Number(form.get('cursor') ?? 0)
    const hasMore = inRange.length > start + limit
    const withMetadata = form.get('include_all_metadata') === 'true'
    return {
      ...{ ok: true, has_more: hasMore, pin_count: 0, channel_actions_ts: null, channel_actions_count: 0 },
      messages: inRange.slice(start, start + limit).map((message) => messagePayload(message, withMetadata)),
      ...(hasMore && { response_metadata: { next_cursor: String(start + limit) } }),
    }
  }

  return {
    /** Undefined for a method that is none about channels. */
    answer(call: Call, scopes: readonly string[]): ChannelAnswer | undefined {
      switch (call.method) {
        case 'chat.postMessage':
          return post(call, scopes)
        case 'conversations.history':
          return read(call, scopes)
        default:
          return undefined
      }
    },
    /** What tests do to a workspace and see of it. */
    controls: {
      add(id: string, given: Partial<SlackChannel> = {}): string {
        channels.set(id, { isPrivate: false, member: true, archived: false, ...given })
        return id
      },
      remove: (id: string) => channels.delete(id),
      change: (id: string, state: Partial<Pick<SlackChannel, 'member' | 'archived'>>) =>
        Object.assign(channels.get(id) ?? {}, state),
      /** Somebody takes no direct messages from the app. */
      closeDirectMessages: (user: string) => closedTo.add(user),
      directMessagesWith: (user: string) => posts.filter(({ channel }) => channel === `D${user}`),
      postsIn: (id: string) => posts.filter(({ channel, user }) => channel === id && user === undefined),
      posts: () => posts.filter(({ user }) => user === undefined),
      /** Somebody else writes. */
      say(channel: string, text = 'Hi'): void {
        const nothing = { blocks: [], words: text, buttons: [], metadata: undefined, pings: [], files: [] }
        posts.push({ ts: nextTs(), channel, user: 'U0SOMEONE', text, ...nothing })
      },
      /** The app is not in Slack's directory: 15 messages and one call a minute. */
      leaveDirectory(): void {
        outside = { nextAt: 0 }
      },
      /** How many messages came faster than Slack takes them. */
      limited: limits.refused,
    },
  }
}

function invalidFile(at: number): Json {
  const fault = `invalid slack file [json-pointer:/blocks/${at}/slack_file]`
  const response_metadata = { messages: [`[ERROR] ${fault}`] }
  return { ok: false, error: 'invalid_blocks', errors: [fault], response_metadata }
}

function filesIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.type === 'image' ? block.slack_file.id : []))
}

function toPost({ channel, text, blocks, metadata }: z.infer<typeof posting>, ts: string): SlackPost {
  return {
    ...{ ts, channel, user: undefined, text, blocks, metadata, words: wordsIn(blocks) },
    buttons: buttonsIn(blocks).map((button) => ({ label: button.text.text, actionId: button.action_id })),
    pings: pingsIn({ text, blocks }),
    files: filesIn(blocks),
  }
}

function messagePayload({ ts, user, text, blocks, metadata }: SlackPost, withMetadata: boolean): Json {
  const from = user === undefined ? { user: 'U00000BOT', bot_id: 'B00000BOT' } : { user }
  const shown = blocks.length > 0 ? { blocks } : {}
  return { type: 'message', ts, text, ...from, ...shown, ...(withMetadata && metadata ? { metadata } : {}) }
}
