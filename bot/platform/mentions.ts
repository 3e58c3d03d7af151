import { isDeepStrictEqual } from 'node:util'
import type { Block, Call, Inline, Reply } from '../../core/reply.ts'

/** A call notifies wherever it stands, so only the one that was asked for may stand there. */
export function callingOnly(call: Call | undefined, reply: Reply): Reply {
  const stays = (inline: Inline) =>
    typeof inline === 'string' || !('call' in inline) || isDeepStrictEqual(inline.call, call)
  const blocks = reply.blocks.map(
    (block): Block => (block.kind === 'game' ? block : { ...block, text: block.text.filter(stays) }),
  )
  return { ...reply, blocks }
}
