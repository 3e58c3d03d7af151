import { openButton } from '../../../core/cards/buttons.ts'
import type { DeliveryId } from '../../../core/digest/delivery.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import type { Attachment, Block, Inline, Mention, Reply } from '../../../core/reply.ts'
import { replies } from './replies.ts'

/** Digests as they are handed to a platform's poster. */

export const DELIVERY = 'aZ3_kd9-Qw1x' as DeliveryId
export const OTHER_DELIVERY = 'bY4_le0-Rx2y' as DeliveryId

/** One pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

export type Cover = Extract<Attachment, { kind: 'cover' }>

/** Covers with different words are different pictures. */
export function cover(alt = 'Hades and Stardew Valley', name = 'cover.png'): Cover {
  return { kind: 'cover', name, png: Buffer.concat([PIXEL, Buffer.from(alt)]), alt }
}

type Given = {
  readonly delivery?: DeliveryId
  readonly call?: Mention
  readonly attachments?: readonly Attachment[]
  /** Behind the first line. */
  readonly more?: readonly Inline[]
}

const SHARED = replies.shared.blocks.filter((block) => block.kind === 'game')

export function digest({ delivery = DELIVERY, call, attachments = [cover()], more = [] }: Given = {}): Reply {
  const head: Inline[] = [{ bold: 'Indie games of the week' }, ...more]
  return {
    delivery: 'channel',
    summary: 'Indie games of the week',
    blocks: [
      { kind: 'text', text: call === undefined ? head : [{ call }, ' ', ...head] },
      ...SHARED.map(({ card }, at): Block => {
        const game: GameId = gameId(at + 1)
        const open = openButton({
          answer: delivery,
          game,
          said: undefined,
          name: card.title,
          place: at + 1,
        })
        return { kind: 'game', card: { ...card, open } }
      }),
      { kind: 'hint', text: ['Powered by Steam'] },
    ],
    buttons: [],
    attachments,
  }
}
