import type { PlaceKey } from '../ids.ts'
import type { Mention } from '../reply.ts'

/** Everybody who is there now, and everybody. */
const HERE = /^(?:@?here|<!here(?:\|[^<>]*)?>)$/i
const EVERYONE = /^(?:@?(?:everyone|channel)|<!(?:everyone|channel)(?:\|[^<>]*)?>)$/i

const DISCORD_ROLE = /^<@&(\d{1,20})>$/
const SLACK_GROUP = /^<!subteam\^([A-Z0-9]{1,32})(?:\|[^<>]*)?>$/

/** Whom a digest is to call, in the place's way of writing it; undefined for whatever calls nobody. */
export function parseCall(typed: string, place: PlaceKey): Mention | undefined {
  const text = typed.trim()
  if (HERE.test(text)) return 'here'
  if (EVERYONE.test(text)) return 'everyone'
  const role = (place.startsWith('discord:') ? DISCORD_ROLE : SLACK_GROUP).exec(text)?.[1]
  return role === undefined ? undefined : { role }
}
