import type { UserKey } from './ids.ts'

const DISCORD = /^<@!?(\d{1,20})>$/
const SLACK = /^<@([A-Z0-9]{1,32})(?:\|[^<>]*)?>$/

/** The member whom somebody mentioned, in their platform's way of writing it; undefined for anything else. */
export function parseMention(text: string, asker: UserKey): UserKey | undefined {
  const discord = asker.startsWith('discord:') ? DISCORD.exec(text)?.[1] : undefined
  if (discord !== undefined) return `discord:${discord}`
  const team = /^slack:([^.]+)\./.exec(asker)?.[1]
  const slack = team === undefined ? undefined : SLACK.exec(text)?.[1]
  return slack === undefined ? undefined : `slack:${team}.${slack}`
}
