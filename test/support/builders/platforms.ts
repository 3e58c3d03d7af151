import { discordSyntax } from '../../../bot/discord/receive/syntax.ts'
import { discordFormatter } from '../../../bot/discord/render/command-formatter.ts'
import { slackSyntax } from '../../../bot/slack/receive/syntax.ts'
import { SLACK_FORMATTER } from '../../../bot/slack/render/command-formatter.ts'
import type { Requester } from '../../../core/command-request.ts'
import type { FormatterFor } from '../../../core/commands/formatter.ts'
import type { CommandSyntax } from '../../../core/parsing/syntax.ts'
import { asTyped } from '../../../core/strings/typed.ts'

/** How commands are typed where somebody reads them. */
export const formatterFor: FormatterFor = ({ user, locale }) =>
  user.startsWith('slack:') ? SLACK_FORMATTER : discordFormatter(user.startsWith('discord:') ? locale : 'en')

/** The same, marked as what can be typed, as the program has it on a platform. */
export const markedFormatterFor: FormatterFor = (reader) =>
  /^(discord|slack):/.test(reader.user) ? asTyped(formatterFor(reader)) : formatterFor(reader)

/** How people and channels are written where somebody types. */
export function syntaxFor({ user, locale }: Pick<Requester, 'user' | 'locale'>): CommandSyntax {
  if (user.startsWith('slack:')) return slackSyntax({ user })
  return discordSyntax({ locale: user.startsWith('discord:') ? locale : 'en' })
}
