import { isDeepStrictEqual } from 'node:util'
import type { Block, Inline, Mention, Reply } from '../../core/reply.ts'

/** A call notifies wherever it stands, so only the one that was asked for may stand there. */
export function callingOnly(call: Mention | undefined, reply: Reply): Reply {
  const stays = (inline: Inline) =>
    typeof inline === 'string' || !('call' in inline) || isDeepStrictEqual(inline.call, call)
  const blocks = reply.blocks.map(
    (block): Block => (block.kind === 'game' ? block : { ...block, text: block.text.filter(stays) }),
  )
  return { ...reply, blocks }
}
