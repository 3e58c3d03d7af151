import { InteractionResponseType, MessageFlags } from 'discord.js'
import { fileFaults, type SentFile, type ShownFile, shownFiles } from './files.ts'
import { type ChannelName, errorBody, type MessageState, messagePayload } from './payloads.ts'
import { isHeardByOneOnly, refusalToPost } from './places.ts'
import { type MessageBody, messageFaults } from './rules.ts'

/** What Discord answers to a request. */
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type ShownMessage = Omit<MessageState, 'embeds' | 'components'> & {
  readonly content: string
  readonly files: readonly ShownFile[]
  readonly embeds: readonly {
    readonly title?: string
    readonly url?: string
    readonly description?: string
    readonly fields?: readonly { readonly name: string; readonly value: string }[]
    readonly footer?: { readonly text: string }
    readonly image?: { readonly url: string }
  }[]
  readonly components: readonly {
    readonly components: readonly {
      readonly custom_id: string
      readonly label: string
      readonly disabled?: boolean
    }[]
  }[]
}

/** One command, press or completion, and all that came of it. Changes as the bot answers. */
export type Exchange = {
  readonly kind: 'command' | 'button' | 'autocomplete'
  readonly id: string
  readonly token: string
  readonly channel: ChannelName
  readonly createdAt: number
  /** The type of the callback, once there was one. */
  ack: number | undefined
  /** What stands in the place of the answer: what a command shows, or what the pressed button hangs on. */
  message: ShownMessage | undefined
  edits: number
  /** Private messages beside the answer. */
  readonly asides: ShownMessage[]
  /** What everybody in the channel sees. */
  readonly posts: ShownMessage[]
  choices: readonly { readonly name: string; readonly value: string }[] | undefined
}

type Files = ReadonlyMap<string, SentFile>
const NO_FILES: Files = new Map()

const ACK_MS = 3000
const TOKEN_MS = 15 * 60_000

const ALLOWED: Readonly<Record<Exchange['kind'], readonly number[]>> = {
  command: [
    InteractionResponseType.ChannelMessageWithSource,
    InteractionResponseType.DeferredChannelMessageWithSource,
  ],
  button: [
    InteractionResponseType.ChannelMessageWithSource,
    InteractionResponseType.DeferredChannelMessageWithSource,
    InteractionResponseType.DeferredMessageUpdate,
    InteractionResponseType.UpdateMessage,
  ],
  autocomplete: [InteractionResponseType.ApplicationCommandAutocompleteResult],
}

type Callback = {
  readonly type: number
  readonly data?: MessageBody & { readonly choices?: Exchange['choices'] }
}

export type InteractionRules = {
  readonly now: () => number
  readonly nextId: () => string
  readonly violate: (fault: string) => void
}

const refused = (status: number, code: number): Answer => ({ status, body: errorBody(code) })

export type Interactions = ReturnType<typeof createInteractions>

/** The rules of interactions: three seconds to acknowledge, once, and fifteen minutes to answer. */
export function createInteractions({ now, nextId, violate }: InteractionRules) {
  const exchanges = new Map<string, Exchange>()
  const deleted = new Set<string>()

  function check(body: MessageBody, files: Files): Answer | undefined {
    const faults = [...messageFaults(body), ...fileFaults(body, files)]
    for (const fault of faults) violate(fault)
    return faults.length === 0 ? undefined : refused(400, 50035)
  }

  function write(exchange: Exchange, body: MessageBody, files: Files, before?: ShownMessage): ShownMessage {
    const { id = nextId(), flags = 0, content = '', embeds = [], components = [] } = before ?? {}
    return {
      id,
      channel: exchange.channel,
      flags: (before ? flags : (body.flags ?? 0)) & ~MessageFlags.Loading,
      content: body.content ?? content,
      files: shownFiles(body, files, before?.files ?? []),
      embeds: (body.embeds ?? embeds) as ShownMessage['embeds'],
      components: (body.components ?? components) as ShownMessage['components'],
    }
  }

  function callback(id: string, token: string, { type, data = {} }: Callback): Answer {
    const exchange = exchanges.get(token)
    if (!exchange || exchange.id !== id || now() - exchange.createdAt > ACK_MS) return refused(404, 10062)
    if (exchange.ack !== undefined) return refused(400, 40060)
    if (!ALLOWED[exchange.kind].includes(type)) {
      violate(`a ${exchange.kind} takes no callback of type ${type}`)
      return refused(400, 50035)
    }
    return acknowledge(exchange, type, data)
  }

  function acknowledge(exchange: Exchange, type: number, data: NonNullable<Callback['data']>): Answer {
    switch (type) {
      case InteractionResponseType.DeferredChannelMessageWithSource: {
        const flags = (data.flags ?? 0) & MessageFlags.Ephemeral
        exchange.message = write(exchange, { flags }, NO_FILES)
        break
      }
      case InteractionResponseType.DeferredMessageUpdate:
        break
      case InteractionResponseType.ApplicationCommandAutocompleteResult:
        exchange.choices = data.choices ?? []
        break
      default: {
        const fault = check(data, NO_FILES)
        if (fault) return fault
        const updates = type === InteractionResponseType.UpdateMessage
        exchange.message = write(exchange, data, NO_FILES, updates ? exchange.message : undefined)
        exchange.edits += 1
      }
    }
    exchange.ack = type
    return { status: 204 }
  }

  /** The exchange whose token still works, or Discord's refusal. */
  function open(token: string): Exchange | Answer {
    const exchange = exchanges.get(token)
    if (exchange?.ack === undefined) return refused(404, 10015)
    return now() - exchange.createdAt > TOKEN_MS ? refused(401, 50027) : exchange
  }

  function edit(token: string, body: MessageBody, files: Files): Answer {
    const exchange = open(token)
    if ('status' in exchange) return exchange
    const fault = check(body, files)
    if (fault) return fault
    if (isDeleted(exchange)) return refused(404, 10008)
    exchange.message = write(exchange, body, files, exchange.message)
    exchange.edits += 1
    return { status: 200, body: messagePayload(exchange.message) }
  }

  function followUp(token: string, body: MessageBody, files: Files): Answer {
    const exchange = open(token)
    if ('status' in exchange) return exchange
    const fault = check(body, files)
    if (fault) return fault
    const isPrivate = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0 || isHeardByOneOnly(exchange.channel)
    const refusal = isPrivate ? undefined : refusalToPost(exchange.channel)
    if (refusal) return refused(refusal.status, refusal.code)
    const flags = (body.flags ?? 0) | (isPrivate ? MessageFlags.Ephemeral : 0)
    const message = write(exchange, { ...body, flags }, files)
    if (message.flags & MessageFlags.Ephemeral) exchange.asides.push(message)
    else exchange.posts.push(message)
    return { status: 200, body: messagePayload(message) }
  }

  /** `@original` is what a command was answered with, or what the pressed button hangs on if that was to be updated. */
  function remove(token: string): Answer {
    const exchange = open(token)
    if ('status' in exchange) return exchange
    if (!exchange.message || isDeleted(exchange)) return refused(404, 10008)
    const { id } = exchange.message
    deleted.add(id)
    for (const { asides, posts } of exchanges.values()) {
      for (const shown of [asides, posts])
        shown.splice(0, shown.length, ...shown.filter((one) => one.id !== id))
    }
    return { status: 204 }
  }

  function isDeleted({ message }: Exchange): boolean {
    return message !== undefined && deleted.has(message.id)
  }

  return {
    add: (exchange: Exchange) => exchanges.set(exchange.token, exchange),
    all: () => [...exchanges.values()],
    callback,
    edit,
    followUp,
    remove,
  }
}
