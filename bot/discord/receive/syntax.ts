import type { ChannelKey } from '../../../core/ids.ts'
import type { Locale } from '../../../core/locale.ts'
import type { CommandSyntax } from '../../../core/parsing/syntax.ts'
import type { Mention } from '../../../core/reply.ts'
import { optionNameIn } from '../../../core/strings/names.ts'
import { splitMentions } from '../../platform/mention-list.ts'

const MEMBER = /^<@!?(\d{1,20})>$/
const CHANNEL = /^<#(\d{1,20})>$/
const ROLE = /^<@&(\d{1,20})>$/
const HERE = /^@?here$/i
const EVERYONE = /^@?(?:everyone|channel)$/i

type Where = {
  /** In which Discord lists the commands. */
  readonly locale?: Locale | undefined
  readonly isOwnChannel?: (channel: ChannelKey) => boolean
}

/** https://docs.discord.com/developers/reference#message-formatting */
export function discordSyntax({ locale = 'en', isOwnChannel = () => true }: Where): CommandSyntax {
  return {
    member: (text) => keyOf(MEMBER.exec(text)),
    channel: (text) => keyOf(CHANNEL.exec(text)),
    audience,
    split: splitMentions,
    optionName: (option) => optionNameIn(locale, option),
    isOwnChannel,
  }
}

function keyOf(match: RegExpExecArray | null): `discord:${string}` | undefined {
  const id = match?.[1]
  return id === undefined ? undefined : `discord:${id}`
}

function audience(typed: string): Mention | undefined {
  const text = typed.trim()
  if (HERE.test(text)) return 'here'
  if (EVERYONE.test(text)) return 'everyone'
  const role = ROLE.exec(text)?.[1]
  return role === undefined ? undefined : { role }
}
