import type { Block, Reply } from '../../core/reply.ts'

/** The same reply with the words of its pictures in their place, for where no picture can be shown. A cover just goes. */
export function picturesInWords(reply: Reply): Reply {
  const words = reply.attachments.flatMap((one): Block[] =>
    one.kind === 'chart' ? [{ kind: 'text', text: [one.alt] }] : [],
  )
  const attachments = reply.attachments.filter(({ kind }) => kind === 'file')
  const hints = reply.blocks.findIndex(({ kind }) => kind === 'hint')
  return {
    ...reply,
    blocks: reply.blocks.toSpliced(hints < 0 ? reply.blocks.length : hints, 0, ...words),
    attachments,
  }
}
