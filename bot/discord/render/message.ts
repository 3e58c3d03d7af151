import { type ButtonInteraction, MessageFlags } from 'discord.js'
import { errorFields, type Log } from '../../../core/log.ts'
import type { Attachment, Reply } from '../../../core/reply.ts'
import { drawChart } from '../../images/draw.ts'
import { picturesInWords } from '../../images/in-words.ts'
import { clip } from '../../platform/outbound-text.ts'
import { LIMITS } from './limits.ts'
import { type DiscordMessage, renderDiscord } from './render.ts'

export type WholeMessage = DiscordMessage & { readonly files: DiscordFile[] }

type DiscordFile = {
  readonly name: string
  readonly description?: string
  readonly attachment: Buffer
}

/** A reply with its files. A picture that cannot be drawn is told in words. */
export async function wholeMessage(reply: Reply, log: Log): Promise<WholeMessage> {
  try {
    const files = await Promise.all(reply.attachments.map(toFile))
    return { ...renderDiscord(reply), files }
  } catch (error) {
    log('error', 'could not draw an image', errorFields(error))
    return wholeMessage(picturesInWords(reply), log)
  }
}

/** A note that only the one who pressed sees. */
export async function tell(
  { webhook }: Pick<ButtonInteraction, 'webhook'>,
  reply: Reply,
  log: Log,
): Promise<void> {
  await webhook.send({ ...(await wholeMessage(reply, log)), flags: MessageFlags.Ephemeral })
}

async function toFile(attachment: Attachment): Promise<DiscordFile> {
  const { name } = attachment
  const described = (alt: string) => ({ name, description: clip(alt, LIMITS.fileDescription) })
  switch (attachment.kind) {
    case 'chart':
      return { ...described(attachment.alt), attachment: await drawChart(attachment.chart) }
    case 'cover':
      return { ...described(attachment.alt), attachment: Buffer.from(attachment.png) }
    case 'file':
      return { name, attachment: Buffer.from(attachment.text) }
  }
}
