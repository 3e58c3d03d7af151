import { z } from 'zod'
import type { DeliveryId, Found } from '../../core/digest/delivery.ts'
import type { Ask } from './caller.ts'

/** Looking for a digest among a channel's messages, by the metadata that it carries and nobody sees. */

/** Our clock and Slack's may differ by so much. */
const SKEW_MS = 5 * 60_000
/** No request of ours is under way for so long: younger messages need not be read. */
const REACH_MS = 3_600_000
const PAGE = 200
const PAGES = 20

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

/** Throws what `ask` throws. */
export async function lookUp(ask: Ask, { channel, delivery, since }: What): Promise<Found> {
  const range = {
    oldest: String((since.getTime() - SKEW_MS) / 1000),
    latest: String((since.getTime() + REACH_MS) / 1000),
  }
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const options = { channel, ...range, limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) }
    const answer = await ask((client) => client.conversations.history(options))
    const { messages, response_metadata } = history.parse(answer)
    const found = messages.find(({ metadata }) => carries(metadata, delivery))
    if (found) return { kind: 'found', message: found.ts }
    cursor = response_metadata?.next_cursor
    if (!cursor) return { kind: 'absent' }
  }
  return { kind: 'blind' }
}

function carries(metadata: unknown, delivery: DeliveryId): boolean {
  const { data } = ours.safeParse(metadata)
  return data?.event_payload.delivery === delivery
}
