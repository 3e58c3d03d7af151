import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { encodeAction } from '../../../core/action.ts'
import type { Button, GameCard } from '../../../core/reply.ts'
import { clip } from '../../platform/outbound-text.ts'
import { LIMITS } from './limits.ts'

export type Row = APIActionRowComponent<APIButtonComponentWithCustomId>

/** A button without a label is refused. */
const NOTHING = '…'

/** Embeds carry no buttons: those of the only card come first, else a row that leads to each of the cards. */
export function buttonRows(cards: readonly GameCard[], buttons: readonly Button[]): Row[] {
  const taken = new Set<string>()
  return [ofCards(cards), buttons]
    .flatMap((group) => inRows(group.flatMap((button) => renderButton(button, taken))))
    .slice(0, LIMITS.rows)
}

function ofCards(cards: readonly GameCard[]): readonly Button[] {
  const [first, second] = cards
  if (first && !second && first.buttons.length > 0) return first.buttons
  return cards.flatMap((card) => card.open ?? [])
}

function inRows(components: readonly APIButtonComponentWithCustomId[]): Row[] {
  const rowCount = Math.ceil(components.length / LIMITS.buttonsInRow)
  return Array.from({ length: rowCount }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: components.slice(row * LIMITS.buttonsInRow, (row + 1) * LIMITS.buttonsInRow),
  }))
}

/** Nothing where the message has a button with the same action: Discord refuses the second. */
function renderButton(button: Button, taken: Set<string>): APIButtonComponentWithCustomId[] {
  const customId = encodeAction(button.action)
  if (taken.has(customId)) return []
  taken.add(customId)
  return [
    {
      type: ComponentType.Button,
      style: styleOf(button),
      label: clip(button.label, LIMITS.buttonLabel) || NOTHING,
      custom_id: customId,
      disabled: button.disabled,
    },
  ]
}

function styleOf({ action, chosen }: Button): APIButtonComponentWithCustomId['style'] {
  if (chosen) return ButtonStyle.Success
  const shares = action.verb === 'share' || action.verb === 'share-game'
  return shares ? ButtonStyle.Primary : ButtonStyle.Secondary
}
