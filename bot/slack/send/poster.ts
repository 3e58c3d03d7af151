import { z } from 'zod'
import { type DeliveryId, type Posted, REQUEST_MS, type Target } from '../../../core/digest/delivery.ts'
import type { Poster, SendWindow } from '../../../core/digest/poster.ts'
import type { UserKey } from '../../../core/ids.ts'
import { errorFields, type Log } from '../../../core/log.ts'
import type { Reply } from '../../../core/reply.ts'
import { picturesInWords } from '../../images/in-words.ts'
import { callingOnly } from '../../platform/mentions.ts'
import { permitFor } from '../../platform/sending.ts'
import { placeOf } from '../install/keys.ts'
import { renderSlack, type SlackMessage } from '../render/render.ts'
import { type Caller, type CallerOptions, createCaller, type Run, type Where } from './caller.ts'
import { type Covers, createCovers } from './covers.ts'
import { createLookUp, metadataOf } from './look-up.ts'
import { blamesPicture, failedBy, notFoundBy } from './outcome.ts'

export type PosterOptions = Omit<CallerOptions, 'timeoutMs'> & {
  readonly now: () => Date
  readonly timeoutMs?: number
}

/** Slack recognises no repeated post. A request that was given up has long arrived when it is looked for. */
const RULES = { remembersMs: 0, settlesMs: 120_000 }

/** For all requests of a look-up, or of a direct message, together. */
const PATIENCE_MS = 30_000

/** A file may be shown some moments after its upload; a channel's turns leave a second between two tries. */
const PICTURE_TRIES = 3

/** A store's own preview of each link would drown the cards. */
const QUIET = { unfurl_links: false, unfurl_media: false }

const posted = z.object({ ts: z.string().min(1) })
const opened = z.object({ channel: z.object({ id: z.string().min(1) }) })

/** Everything is asked of Slack once, when its turn has come; only a post is made again that its picture was refused for. */
export function createSlackPoster({ now, timeoutMs = REQUEST_MS, ...options }: PosterOptions): Poster {
  const { log } = options
  const caller = createCaller({ ...options, timeoutMs })
  const covers = createCovers({ caller, log, now })
  const lookUp = createLookUp()
  return {
    rules: RULES,
    turn: async ({ channel }, signal) => caller.turn(whereIs(channel), signal),
    post: (target, reply, permit) => post(target, reply, { caller, covers, permit, log }),
    async find({ channel: key, delivery }, since) {
      try {
        const { team, channel } = whereIs(key)
        const ask = caller.askUnder({ team }, permitFor(PATIENCE_MS))
        return await lookUp(ask, { channel, delivery, since })
      } catch (error) {
        log('warn', 'could not check whether a digest was posted in Slack', {
          delivery,
          ...errorFields(error),
        })
        return notFoundBy(error)
      }
    },
    async tell(user, reply) {
      try {
        await tell(user, reply, caller)
        return true
      } catch (error) {
        log('info', 'could not send a direct message in Slack', errorFields(error))
        return false
      }
    },
  }
}

type Way = {
  readonly caller: Caller
  readonly covers: Covers
  readonly permit: SendWindow
  readonly log: Log
}

async function post(target: Target, reply: Reply, { caller, covers, permit, log }: Way): Promise<Posted> {
  const { delivery } = target
  try {
    const where = whereIs(target.channel)
    const words = callingOnly(target.call, picturesInWords(reply))
    const cover = reply.attachments.find((one) => one.kind === 'cover')
    const fileId = cover && (await covers.of(cover, where.team))
    const shown = cover && fileId !== undefined ? { fileId, alt: cover.alt } : undefined
    return await submit(shown ? PICTURE_TRIES : 0, {
      ...{ delivery, log, channel: where.channel, ask: caller.askUnder(where, permit) },
      ...{ pictured: renderSlack(words, shown), bare: renderSlack(words) },
      spoilt: () => cover && covers.spoilt(cover, where.team),
    })
  } catch (cause) {
    return { kind: 'invalid', cause }
  }
}

type Destination = {
  readonly delivery: DeliveryId
  readonly channel: string
  readonly ask: Run
  readonly log: Log
  readonly pictured: SlackMessage
  readonly bare: SlackMessage
  readonly spoilt: () => void
}

/** Never throws. Tries so often with the picture, as long as that is what Slack refuses; then without. */
async function submit(tries: number, to: Destination): Promise<Posted> {
  const { ask, log, delivery, channel } = to
  const message = tries > 0 ? to.pictured : to.bare
  try {
    const posting = { channel, ...message, metadata: metadataOf(delivery), ...QUIET }
    const { ts } = posted.parse(await ask((client) => client.chat.postMessage(posting)))
    return { kind: 'posted', message: ts }
  } catch (error) {
    if (tries === 1 && blamesPicture(error)) to.spoilt()
    if (tries > 0 && blamesPicture(error)) return submit(tries - 1, to)
    const failed = failedBy(error)
    const fields = { delivery, outcome: failed.kind, ...errorFields(error) }
    log('warn', 'could not post a digest in Slack', fields)
    return failed
  }
}

async function tell(user: UserKey, reply: Reply, caller: Caller): Promise<void> {
  const { team, id: users } = placeOf(user)
  const permit = permitFor(PATIENCE_MS)
  await caller.turn({ team }, permit.signal)
  const place = await caller.askUnder({ team }, permit)((client) => client.conversations.open({ users }))
  const where = { team, channel: opened.parse(place).channel.id }
  await caller.turn(where, permit.signal)
  const message = renderSlack(callingOnly(undefined, picturesInWords(reply)))
  const posting = { channel: where.channel, ...message, ...QUIET }
  await caller.askUnder(where, permit)((client) => client.chat.postMessage(posting))
}

/** Throws like `placeOf`. */
function whereIs(channel: string): Required<Where> {
  const { team, id } = placeOf(channel)
  return { team, channel: id }
}
