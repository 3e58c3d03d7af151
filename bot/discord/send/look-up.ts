import { ChannelType, type RouteLike, Routes, SnowflakeUtil } from 'discord.js'
import { z } from 'zod'
import { decodeAction } from '../../../core/action.ts'
import type { DeliveryId, LookUpOutcome } from '../../../core/digest/delivery.ts'
import { channelSchema, guildSchema, mayReadHistory, memberSchema } from './history-permission.ts'
import type { Send } from './sender.ts'

/** Looking for a digest among a channel's messages. */

/** Our clock and Discord's may differ by so much. */
const SKEW_MS = 5 * 60_000
/** No request of ours is under way for so long: younger messages need not be read. */
const REACH_MS = 3_600_000
/** The most that Discord gives at once. */
const PAGE = 100
const PAGES = 20

const messages = z.array(
  z.object({
    id: z.string(),
    author: z.object({ id: z.string() }),
    // Rows of buttons, as ours are; other people's messages may hold other things.
    components: z.array(z.object({ components: z.array(z.object({ custom_id: z.string() })) })).catch([]),
  }),
)
const identity = z.object({ id: z.string() })

type Message = z.infer<typeof messages>[number]

type What = { readonly channel: string; readonly delivery: DeliveryId; readonly since: Date }

export type LookUp = (send: Send, what: What) => Promise<LookUpOutcome>

/** Throws what `send` throws. */
export function createLookUp(): LookUp {
  let known: string | undefined

  async function ownId(send: Send): Promise<string> {
    known ??= identity.parse(await send({ method: 'get', route: Routes.user() })).id
    return known
  }

  return async (send, { channel, delivery, since }) => {
    const me = await ownId(send)
    let after = snowflakeAt(since.getTime() - SKEW_MS)
    const end = snowflakeAt(since.getTime() + REACH_MS)
    for (let page = 0; page < PAGES; page += 1) {
      const read = await pageAfter(send, channel, after)
      const found = read.find(({ author, ...message }) => author.id === me && carries(message, delivery))
      if (found) return { kind: 'found', message: found.id }
      after = read.reduce((newest, { id }) => (BigInt(id) > newest ? BigInt(id) : newest), after)
      if (read.length < PAGE || after > end) return unseen(send, channel, me)
    }
    return { kind: 'blind' }
  }
}

async function pageAfter(send: Send, channel: string, after: bigint): Promise<Message[]> {
  const query = new URLSearchParams({ after: String(after), limit: String(PAGE) })
  return messages.parse(await send({ method: 'get', route: Routes.channelMessages(channel), query }))
}

function snowflakeAt(timestamp: number): bigint {
  return SnowflakeUtil.generate({ timestamp, increment: 0n, workerId: 0n, processId: 0n })
}

function carries({ components }: Pick<Message, 'components'>, delivery: DeliveryId): boolean {
  return components.some((row) =>
    row.components.some(({ custom_id }) => {
      const action = decodeAction(custom_id)
      return action !== undefined && 'answer' in action && action.answer === delivery
    }),
  )
}

/** Whoever may not read a channel's history is shown an empty one, without a word. */
async function unseen(send: Send, channel: string, me: string): Promise<LookUpOutcome> {
  const read = async (route: RouteLike) => send({ method: 'get', route })
  const itself = channelSchema.parse(await read(Routes.channel(channel)))
  const { guild_id: guildId, parent_id: parentId } = itself
  if (guildId === undefined) return { kind: 'blind' }
  const isThread = THREADS.has(itself.type) && typeof parentId === 'string'
  const place = isThread ? channelSchema.parse(await read(Routes.channel(parentId))) : itself
  const guild = guildSchema.parse(await read(Routes.guild(guildId)))
  const member = memberSchema.parse(await read(Routes.guildMember(guildId, me)))
  return { kind: mayReadHistory(guild, member, place) ? 'absent' : 'blind' }
}

const THREADS: ReadonlySet<ChannelType> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
])
