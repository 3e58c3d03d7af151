import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type Block, buttonsIn, deletion, inWords, response, wordsIn } from './blocks.ts'

/** The response URLs of commands and buttons: five answers within thirty minutes, each checked. */

const MOST_ANSWERS = 5
const LIFETIME_MS = 30 * 60_000

/** A message as somebody sees it. */
export type Message = {
  readonly seenBy: 'everybody' | string
  readonly replacesOriginal: boolean
  readonly text: string
  readonly blocks: readonly Block[]
  /** All that can be read in it, without marks. */
  readonly words: string
  readonly buttons: readonly {
    readonly label: string
    readonly actionId: string
    readonly value: string | undefined
  }[]
}

/** Among what it was shown with, from where it goes when it is deleted. */
export type Source = { readonly message: Message; readonly among: Message[] }

/** One command or press: what has come back for it so far. */
export type Turn = {
  readonly id: string
  readonly user: string
  readonly openedAt: number
  readonly messages: Message[]
  /** The message of the app's whose button was pressed; none for a command. */
  readonly source: Source | undefined
  /** Requests that the app made to this response URL, failed ones too. */
  requests: number
  answers: number
}

/** What a player sees of one command or press, always as it is now. */
export type Shown = {
  readonly ephemeral: Message | undefined
  readonly channel: Message | undefined
  readonly messages: readonly Message[]
  /** Requests to the response URL, failed ones too. */
  readonly requests: number
  readonly ackMs: number
  /** Resolves when there are that many messages. */
  reaches(count: number): Promise<void>
}

export function openTurn(user: string, openedAt: number, source: Source | undefined): Turn {
  return { id: randomUUID(), user, openedAt, messages: [], source, requests: 0, answers: 0 }
}

export function shown(turn: Turn, ackMs: number, until: (condition: () => boolean) => Promise<void>): Shown {
  const { messages } = turn
  return {
    messages,
    ackMs,
    get ephemeral() {
      return messages.findLast((message) => message.seenBy !== 'everybody')
    },
    get channel() {
      return messages.findLast((message) => message.seenBy === 'everybody')
    },
    get requests() {
      return turn.requests
    },
    reaches: (count) => until(() => messages.length >= count),
  }
}

export type Verdict = { readonly status: number; readonly body: string; readonly faults: readonly string[] }

/** Takes one answer into `turn`, or says why not, with the words that Slack uses. */
export function takeAnswer(turn: Turn, body: string, now: number): Verdict {
  if (now - turn.openedAt > LIFETIME_MS) return { status: 404, body: 'expired_url', faults: [] }
  if (turn.answers >= MOST_ANSWERS) return { status: 404, body: 'used_url', faults: ['a sixth answer'] }
  turn.answers += 1
  const answer = parseJson(body)
  if (deletion.safeParse(answer).success) return takeDeletion(turn)
  const parsed = response.safeParse(answer)
  if (!parsed.success) {
    return { status: 400, body: 'invalid_blocks', faults: parsed.error.issues.map(inWords) }
  }
  turn.messages.push(toMessage(parsed.data, turn.user))
  return { status: 200, body: 'ok', faults: [] }
}

/** Slack does not say what a response URL answers where there is nothing left; these are the words of `chat.delete`. */
function takeDeletion({ source }: Turn): Verdict {
  if (!source)
    return { status: 404, body: 'message_not_found', faults: ['deletes where no button was pressed'] }
  const place = source.among.indexOf(source.message)
  if (place < 0) return { status: 404, body: 'message_not_found', faults: [] }
  source.among.splice(place, 1)
  return { status: 200, body: 'ok', faults: [] }
}

function toMessage(data: z.infer<typeof response>, user: string): Message {
  return {
    seenBy: data.response_type === 'in_channel' ? 'everybody' : user,
    replacesOriginal: data.replace_original === true,
    text: data.text,
    blocks: data.blocks,
    words: wordsIn(data.blocks),
    buttons: buttonsIn(data.blocks).map((button) => ({
      label: button.text.text,
      actionId: button.action_id,
      value: button.value,
    })),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
