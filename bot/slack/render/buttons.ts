import type { types } from '@slack/bolt'
import { encodeAction } from '../../../core/action.ts'
import type { Button } from '../../../core/reply.ts'
import { clip } from '../../platform/outbound-text.ts'
import { LIMITS } from './limits.ts'

/** Slack refuses a button without any text. */
const NOTHING = '…'

/**
 * One row of buttons; none where there is nothing to press. Slack knows no disabled buttons, so those are left out; and of
 * two with the same action in one message the second is refused: `taken` holds those that it has already.
 */
export function actionsOf(buttons: readonly Button[], taken: Set<string>): types.ActionsBlock[] {
  const elements = buttons
    .filter((button) => !button.disabled)
    .flatMap((button) => renderButton(button, taken))
    .slice(0, LIMITS.actionElements)
  return elements.length > 0 ? [{ type: 'actions', elements }] : []
}

function renderButton({ label, action, chosen }: Button, taken: Set<string>): types.Button[] {
  const wire = encodeAction(action)
  if (taken.has(wire)) return []
  taken.add(wire)
  return [
    {
      type: 'button',
      text: { type: 'plain_text', text: clip(label, LIMITS.buttonText) || NOTHING, emoji: true },
      action_id: wire,
      value: wire,
      ...(chosen && { style: 'primary' }),
    },
  ]
}
