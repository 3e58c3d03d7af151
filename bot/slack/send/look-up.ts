import { z } from 'zod'
import type { DeliveryId, LookUpOutcome } from '../../../core/digest/delivery.ts'
import type { Run } from './caller.ts'
import { notFoundBy } from './outcome.ts'

/** Looking for a digest among a channel's messages, by the metadata that it carries and nobody sees. */

/** Our clock and Slack's may differ by so much. */
const SKEW_MS = 5 * 60_000
/** No request of ours is under way for so long: younger messages need not be read. */
const REACH_MS = 3_600_000
/** Slack gives fewer to an app outside its directory. */
const PAGE = 200
const MESSAGES = 4_000
/** Looks that wait at a time. */
const KEPT = 1_000

const EVENT = 'indiescout_digest'

/** https://docs.slack.dev/messaging/message-metadata */
export function metadataOf(delivery: DeliveryId) {
  return { event_type: EVENT, event_payload: { delivery } }
}

const history = z.object({
  messages: z.array(z.object({ ts: z.string(), metadata: z.unknown().optional() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})
const ours = z.object({ event_type: z.literal(EVENT), event_payload: z.object({ delivery: z.string() }) })

type What = { readonly channel: string; readonly delivery: DeliveryId; readonly since: Date }

/** How far a look has come that Slack made wait. */
type Progress = { readonly since: number; readonly cursor: string | undefined; readonly read: number }

export type LookUp = (ask: Run, what: What) => Promise<LookUpOutcome>

/**
 * Throws what `ask` throws. The next look for the same delivery goes on where that one stopped: an app outside Slack's
 * directory is given 15 messages a minute. https://docs.slack.dev/reference/methods/conversations.history
 */
export function createLookUp(): LookUp {
  const waiting = new Map<DeliveryId, Progress>()

  function keep(delivery: DeliveryId, progress: Progress): void {
    waiting.delete(delivery)
    waiting.set(delivery, progress)
    const [oldest] = waiting.keys()
    if (waiting.size > KEPT && oldest !== undefined) waiting.delete(oldest)
  }

  return async (ask, { channel, delivery, since }) => {
    const range = {
      oldest: String((since.getTime() - SKEW_MS) / 1000),
      latest: String((since.getTime() + REACH_MS) / 1000),
    }
    const known = waiting.get(delivery)
    let { cursor, read } = known?.since === since.getTime() ? known : { cursor: undefined, read: 0 }
    // Only errors that pass leave something to go on from.
    waiting.delete(delivery)
    while (read < MESSAGES) {
      const options = {
        channel,
        ...range,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor && { cursor }),
      }
      const answer = await ask((client) => client.conversations.history(options)).catch((error: unknown) => {
        if (passes(error)) keep(delivery, { since: since.getTime(), cursor, read })
        throw error
      })
      const { messages, response_metadata } = history.parse(answer)
      const found = messages.find(({ metadata }) => carries(metadata, delivery))
      if (found) return { kind: 'found', message: found.ts }
      read += messages.length
      cursor = response_metadata?.next_cursor
      if (!cursor) return { kind: 'absent' }
    }
    return { kind: 'blind' }
  }
}

function passes(error: unknown): boolean {
  return notFoundBy(error).kind === 'busy'
}

function carries(metadata: unknown, delivery: DeliveryId): boolean {
  const { data } = ours.safeParse(metadata)
  return data?.event_payload.delivery === delivery
}
