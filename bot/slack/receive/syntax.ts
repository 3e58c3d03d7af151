import type { UserKey } from '../../../core/ids.ts'
import type { CommandSyntax } from '../../../core/parsing/syntax.ts'
import type { Mention } from '../../../core/reply.ts'
import { splitMentions } from '../../platform/mention-list.ts'

const MEMBER = /^<@([A-Z0-9]{1,32})(?:\|[^<>]*)?>$/
const CHANNEL = /^<#([CG][A-Z0-9]{1,31})(?:\|[^<>]*)?>$/
const GROUP = /^<!subteam\^([A-Z0-9]{1,32})(?:\|[^<>]*)?>$/
const HERE = /^(?:@?here|<!here(?:\|[^<>]*)?>)$/i
const EVERYONE = /^(?:@?(?:everyone|channel)|<!(?:everyone|channel)(?:\|[^<>]*)?>)$/i

/** Ids are a workspace's own, so what somebody mentions is of theirs. https://docs.slack.dev/messaging/formatting-message-text */
export function slackSyntax({ user }: { readonly user: UserKey }): CommandSyntax {
  const team = /^slack:([^.]+)\./.exec(user)?.[1]
  const keyOf = (match: RegExpExecArray | null): `slack:${string}` | undefined => {
    const id = match?.[1]
    return id === undefined || team === undefined ? undefined : `slack:${team}.${id}`
  }
  return {
    member: (text) => keyOf(MEMBER.exec(text)),
    channel: (text) => keyOf(CHANNEL.exec(text)),
    audience,
    split: splitMentions,
    optionName: (option) => option,
    isOwnChannel: () => true,
  }
}

function audience(typed: string): Mention | undefined {
  const text = typed.trim()
  if (HERE.test(text)) return 'here'
  if (EVERYONE.test(text)) return 'everyone'
  const role = GROUP.exec(text)?.[1]
  return role === undefined ? undefined : { role }
}
