import type { ChannelKey, UserKey } from './ids.ts'

const DISCORD = /^<@!?(\d{1,20})>$/
const SLACK = /^<@([A-Z0-9]{1,32})(?:\|[^<>]*)?>$/
const DISCORD_CHANNEL = /^<#(\d{1,20})>$/
const SLACK_CHANNEL = /^<#([CG][A-Z0-9]{1,31})(?:\|[^<>]*)?>$/

/** The member whom somebody mentioned, in their platform's way of writing it; undefined for anything else. */
export function parseMention(text: string, asker: UserKey): UserKey | undefined {
  return parse(text, asker, { discord: DISCORD, slack: SLACK })
}

/** The channel that somebody mentioned, likewise. */
export function parseChannelMention(text: string, asker: UserKey): ChannelKey | undefined {
  return parse(text, asker, { discord: DISCORD_CHANNEL, slack: SLACK_CHANNEL })
}

/** Ids of Slack are a workspace's own: what is mentioned is of the asker's. */
function parse(
  text: string,
  asker: UserKey,
  written: Readonly<Record<'discord' | 'slack', RegExp>>,
): `discord:${string}` | `slack:${string}` | undefined {
  const discord = asker.startsWith('discord:') ? written.discord.exec(text)?.[1] : undefined
  if (discord !== undefined) return `discord:${discord}`
  const team = /^slack:([^.]+)\./.exec(asker)?.[1]
  const slack = team === undefined ? undefined : written.slack.exec(text)?.[1]
  return slack === undefined ? undefined : `slack:${team}.${slack}`
}
