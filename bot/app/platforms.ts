import type { FormatterFor } from '../../core/commands/formatter.ts'
import { PLAIN } from '../../core/commands/formatter.ts'
import { asTyped } from '../../core/strings/typed.ts'
import { discordFormatter } from '../discord/render/command-formatter.ts'
import { SLACK_FORMATTER } from '../slack/render/command-formatter.ts'

/** Commands as the reader types them, marked so that a platform shows them to be copied. */
export const formatterFor: FormatterFor = ({ user, locale }) => {
  if (user.startsWith('discord:')) return asTyped(discordFormatter(locale))
  return user.startsWith('slack:') ? asTyped(SLACK_FORMATTER) : PLAIN
}
