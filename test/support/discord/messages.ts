import { type AttachmentsBody, type SentFile, type ShownFile, shownFiles } from './files.ts'
import { wholeUser } from './guild.ts'
import type { Answer, ShownMessage } from './interactions.ts'
import { APPLICATION_ID, BOT_ID, CHANNELS, type ChannelName, errorBody } from './payloads.ts'
import type { MessageBody } from './rules.ts'

/** The messages of all channels, and the nonces that Discord remembers. */

type Json = Readonly<Record<string, unknown>>

export type ChannelMessage = ShownMessage & {
  readonly channelId: string
  readonly author: string
  readonly createdAt: number
  /** The mentions in it that notify somebody. */
  readonly pings: readonly string[]
}

export type PostBody = MessageBody &
  AttachmentsBody & {
    readonly nonce?: string | number
    readonly enforce_nonce?: boolean
    readonly allowed_mentions?: { readonly parse?: readonly string[]; readonly roles?: readonly string[] }
  }

type Rules = { readonly now: () => number; readonly nextId: () => string }

/** "The past few minutes", at their shortest. */
const NONCE_MS = 120_000
const NO_FILES: ReadonlyMap<string, SentFile> = new Map()

export function createMessages({ now, nextId }: Rules) {
  const all: ChannelMessage[] = []
  const nonces = new Map<string, { readonly message: ChannelMessage; readonly at: number }>()
  let contentShown = false

  function add(channelId: string, author: string, body: PostBody, files: typeof NO_FILES): ChannelMessage {
    const message: ChannelMessage = {
      ...{ id: nextId(), channel: nameOf(channelId), channelId, author, createdAt: now(), flags: 0 },
      content: body.content ?? '',
      files: shownFiles(body, files, []),
      embeds: (body.embeds ?? []) as ShownMessage['embeds'],
      components: (body.components ?? []) as ShownMessage['components'],
      pings: pingsIn(body),
    }
    all.push(message)
    return message
  }

  /** What the bot has posted under that nonce not long ago. */
  function recognise({ nonce, enforce_nonce: enforced }: PostBody): Answer | undefined {
    const known = enforced && nonce !== undefined ? nonces.get(String(nonce)) : undefined
    if (!known || now() - known.at >= NONCE_MS) return undefined
    const isThere = all.includes(known.message)
    return isThere ? { status: 200, body: payloadOf(known.message) } : { status: 404, body: errorBody(10008) }
  }

  return {
    /** Of one channel, oldest first. */
    in: (channelId: string): ChannelMessage[] => all.filter((message) => message.channelId === channelId),
    all: (): readonly ChannelMessage[] => all,
    remove(id: string): void {
      all.splice(
        all.findIndex((message) => message.id === id),
        1,
      )
    },
    say: (channelId: string, author: string, body: PostBody) => add(channelId, author, body, NO_FILES),
    /** The bot has the privileged intent. */
    showContent(): void {
      contentShown = true
    },
    post(channelId: string, body: PostBody, files: typeof NO_FILES): Answer {
      const known = recognise(body)
      if (known) return known
      const message = add(channelId, BOT_ID, body, files)
      if (body.nonce !== undefined) nonces.set(String(body.nonce), { message, at: now() })
      return { status: 200, body: payloadOf(message) }
    },
    /** The oldest of those after an id, or the newest of those before it; in either case the newest stands first. */
    list(channelId: string, query: URLSearchParams): Answer {
      const limit = Number(query.get('limit') ?? 50)
      const [after, before] = [query.get('after'), query.get('before')]
      const inRange = all
        .filter((message) => message.channelId === channelId)
        .filter(({ id }) => (after ? BigInt(id) > BigInt(after) : true))
        .filter(({ id }) => (before ? BigInt(id) < BigInt(before) : true))
      const page = after ? inRange.slice(0, limit) : inRange.slice(-limit)
      return { status: 200, body: page.toReversed().map((message) => payloadOf(message, contentShown)) }
    },
  }
}

/** Where a press on it comes from, when nothing else is said. */
function nameOf(channelId: string): ChannelName {
  const names = Object.keys(CHANNELS) as ChannelName[]
  return names.find((name) => CHANNELS[name].id === channelId) ?? 'general'
}

/** Discord looks for mentions in the text as it was sent: a backslash hides none. */
export function pingsIn({ content = '', allowed_mentions: allowed }: PostBody): string[] {
  const everyone = allowed?.parse?.includes('everyone') ? (content.match(/@(everyone|here)/g) ?? []) : []
  const roles = [...content.matchAll(/<@&(\d+)>/g)].filter(
    ([, id = '']) => allowed?.parse?.includes('roles') || allowed?.roles?.includes(id),
  )
  const users = allowed?.parse?.includes('users') ? (content.match(/<@!?\d+>/g) ?? []) : []
  return [...everyone, ...roles.map(([mark]) => mark), ...users]
}

/** Without the privileged intent an app is told nothing of what other people's messages hold. */
function payloadOf(message: ChannelMessage, contentShown = false): Json {
  const { id, channelId, author, createdAt, content, embeds, components, files, pings } = message
  const isTold = author === BOT_ID || contentShown
  return {
    ...{ id, channel_id: channelId, author: wholeUser(author), type: 0, flags: 0, tts: false, pinned: false },
    ...{ timestamp: new Date(createdAt).toISOString(), edited_timestamp: null, mentions: [] },
    mention_everyone: pings.some((ping) => ping.startsWith('@')),
    mention_roles: pings.flatMap((ping) => /^<@&(\d+)>$/.exec(ping)?.[1] ?? []),
    content: isTold ? content : '',
    embeds: isTold ? embeds.map((embed) => ({ type: 'rich', ...embed })) : [],
    components: isTold ? withIds(components) : [],
    attachments: isTold
      ? files.map((file, at) => attachmentPayload(file, `${id.slice(0, -2)}${10 + at}`))
      : [],
    ...(author === BOT_ID && { application_id: APPLICATION_ID }),
  }
}

function withIds(rows: ShownMessage['components']): Json[] {
  let id = 0
  const next = () => {
    id += 1
    return id
  }
  return rows.map((row) => ({
    ...row,
    id: next(),
    components: row.components.map((button) => ({ ...button, id: next() })),
  }))
}

function attachmentPayload({ name, bytes, description }: ShownFile, id: string): Json {
  const url = `https://cdn.discordapp.com/attachments/1/${id}/${name}`
  return { id, filename: name, size: bytes.length, url, proxy_url: url, ...(description && { description }) }
}
