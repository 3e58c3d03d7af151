import { type RouteLike, Routes } from 'discord.js'
import { z } from 'zod'
import { type DeliveryId, type Posted, REQUEST_MS, type Target } from '../../../core/digest/delivery.ts'
import type { Poster } from '../../../core/digest/poster.ts'
import type { UserKey } from '../../../core/ids.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { permitFor } from '../../platform/sending.ts'
import { nonceOf, type Posting, postingOf, withoutFiles } from '../render/digest-message.ts'
import { discordFields } from './failure.ts'
import { createLookUp } from './look-up.ts'
import { blamesFiles, failedBy, isDeletedSince, notFoundBy } from './outcome.ts'
import { createSender, type Send, type Sender, type SenderOptions } from './sender.ts'

export type PosterOptions = Omit<SenderOptions, 'timeoutMs'> & { readonly timeoutMs?: number }

/**
 * A post that comes again while the nonce is remembered is recognised: "the past few minutes" are two at least.
 * https://docs.discord.com/developers/resources/message#create-message
 */
const RULES = { remembersMs: 110_000, settlesMs: 120_000 }

/** For all requests of a look-up, or of a direct message, together. */
const PATIENCE_MS = 30_000

/** Stands for the message where somebody has deleted it since. */
const DELETED = 'deleted'

const created = z.object({ id: z.string().min(1) })

/** Everything is asked of Discord once, when its turn has come; only a post is made again that its files were refused for. */
export function createDiscordPoster({ timeoutMs = REQUEST_MS, ...options }: PosterOptions): Poster {
  const { log } = options
  const sender = createSender({ ...options, timeoutMs })
  const lookUp = createLookUp()
  return {
    rules: RULES,
    turn: (_target, signal) => sender.turn(signal),
    post: (target, reply, permit) => post(target, reply, sender.sendUnder(permit), log),
    async find({ channel, delivery }, since) {
      try {
        const what = { channel: idOf(channel), delivery, since }
        return await lookUp(sender.sendUnder(permitFor(PATIENCE_MS)), what)
      } catch (error) {
        log('warn', 'could not check whether a digest was posted on Discord', {
          delivery,
          ...fieldsOf(error),
        })
        return notFoundBy(error)
      }
    },
    async tell(user, reply) {
      try {
        await tell(user, reply, sender, log)
        return true
      } catch (error) {
        log('info', 'could not send a direct message on Discord', fieldsOf(error))
        return false
      }
    },
  }
}

async function post(target: Target, reply: Reply, send: Send, log: Log): Promise<Posted> {
  const { delivery, call, channel } = target
  try {
    const route = Routes.channelMessages(idOf(channel))
    const posting = await postingOf(reply, { nonce: delivery, call, log })
    return await submit(posting, { delivery, route, send, log })
  } catch (cause) {
    return { kind: 'invalid', cause }
  }
}

type Destination = {
  readonly delivery: DeliveryId
  readonly route: RouteLike
  readonly send: Send
  readonly log: Log
}

/** Never throws. */
async function submit(posting: Posting, to: Destination): Promise<Posted> {
  const { send, log, delivery, route } = to
  try {
    const { id } = created.parse(await send({ method: 'post', route, ...posting }))
    return { kind: 'posted', message: id }
  } catch (error) {
    if (isDeletedSince(error)) return { kind: 'posted', message: DELETED }
    // This channel may take no files, and the message does without.
    if (posting.files.length > 0 && blamesFiles(error)) return submit(withoutFiles(posting), to)
    const failed = failedBy(error)
    const fields = { delivery, outcome: failed.kind, ...fieldsOf(error) }
    log('warn', 'could not post a digest on Discord', fields)
    return failed
  }
}

async function tell(user: UserKey, reply: Reply, sender: Sender, log: Log): Promise<void> {
  const recipient = { recipient_id: idOf(user) }
  const permit = permitFor(PATIENCE_MS)
  await sender.turn(permit.signal)
  const send = sender.sendUnder(permit)
  const opened = await send({ method: 'post', route: Routes.userChannels(), body: recipient })
  const route = Routes.channelMessages(created.parse(opened).id)
  const posting = await postingOf(reply, { nonce: nonceOf(user, reply.summary), call: undefined, log })
  await send({ method: 'post', route, ...posting })
}

const keySchema = z.string().regex(/^discord:\d{1,20}$/)

/** Throws a `ZodError` for what is none of Discord's. */
function idOf(key: string): string {
  return keySchema.parse(key).slice('discord:'.length)
}

function fieldsOf(error: unknown): Record<string, unknown> {
  return { ...discordFields(error), ...errorFields(error) }
}
