import { createHash } from 'node:crypto'
import type { APIAllowedMentions, RawFile, RESTPostAPIChannelMessageJSONBody } from 'discord.js'
import type { Log } from '../../../core/log.ts'
import type { Mention, Reply } from '../../../core/reply.ts'
import { callingOnly } from '../../platform/mentions.ts'
import { LIMITS } from './limits.ts'
import { wholeMessage } from './message.ts'
import { roleOf } from './text.ts'

export type Posting = { readonly body: RESTPostAPIChannelMessageJSONBody; readonly files: RawFile[] }

type Options = {
  /** Discord answers the same one with the same message for some minutes; at most 25 characters. */
  readonly nonce: string
  readonly call: Mention | undefined
  readonly log: Log
}

/** A reply as a message that the bot posts by itself. */
export async function postingOf(reply: Reply, { nonce, call, log }: Options): Promise<Posting> {
  const { content, embeds, components, files } = await wholeMessage(callingOnly(call, reply), log)
  return {
    body: {
      ...{ content, embeds, components, nonce, enforce_nonce: true },
      allowed_mentions: mentionsOf(call),
      attachments: files.map(({ name, description }, id) => ({
        ...{ id: String(id), filename: name },
        ...(description !== undefined && { description }),
      })),
    },
    files: files.map(({ name, attachment }) => ({ name, data: attachment })),
  }
}

export function withoutFiles({ body }: Posting): Posting {
  return { body: { ...body, attachments: [] }, files: [] }
}

/** The same news to the same person within some minutes is one message. */
export function nonceOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, LIMITS.nonce)
}

/** Exactly the call: whatever else in the message looks like a mention notifies nobody. */
function mentionsOf(call: Mention | undefined): APIAllowedMentions {
  const role = call && roleOf(call)
  const parse = typeof call === 'string' ? ['everyone'] : []
  return { parse, ...(role !== undefined && { roles: [role] }) } as APIAllowedMentions
}
