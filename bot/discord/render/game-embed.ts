import type { APIEmbed, APIEmbedField } from 'discord.js'
import type { Fact, GameCard } from '../../../core/reply.ts'
import { LIMITS } from './limits.ts'
import { discordAddress, plain } from './text.ts'

/** The green of a leaf: reads well on Discord's light and dark themes. */
const COLOR = 0x57a65a

/** Discord shows no empty title and refuses an empty field. */
const NOTHING = '—'

/** What looks right on one of five cards; Discord would allow 4096 for a description, 256 for a label, 1024 for a value. */
const SHOWN = { mark: 80, description: 360, reason: 320, label: 60, value: 240 } as const

/** Shorter than this, a description is noise. */
const SHORTEST_DESCRIPTION = 24

/**
 * One game as an embed of at most `budget` characters as Discord counts them: title, description, field names and values.
 * Where the budget is short the description shrinks first, then the last facts go.
 */
export function gameEmbed(card: GameCard, budget: number): APIEmbed {
  const title = plain(card.title, Math.min(LIMITS.title, budget)) || NOTHING
  const reason = quote(plain(card.reason ?? '', Math.min(SHOWN.reason, budget - title.length - 6)))
  const mark = stand(plain(card.mark ?? '', Math.min(SHOWN.mark, budget - title.length - reason.length - 5)))
  const said = title.length + reason.length + mark.length
  const fields = fieldsWithin(card.facts, budget - said)
  const used = said + fields.reduce((sum, field) => sum + size(field), 0)
  const url = discordAddress(card.url)
  const imageUrl = discordAddress(card.imageUrl, /^https:$/)
  const description = describe(mark, card.description ?? '', reason, budget - used)
  return {
    color: COLOR,
    title,
    ...(url !== undefined && { url }),
    ...(description !== '' && { description }),
    ...(fields.length > 0 && { fields }),
    ...(imageUrl !== undefined && { image: { url: imageUrl } }),
  }
}

function quote(reason: string): string {
  return reason === '' ? '' : `\n> *${reason}*`
}

function stand(mark: string): string {
  return mark === '' ? '' : `**${mark}**\n`
}

function describe(mark: string, description: string, reason: string, room: number): string {
  const text = room < SHORTEST_DESCRIPTION ? '' : plain(description, Math.min(SHOWN.description, room))
  return `${mark}${text}${reason}`.trim()
}

function fieldsWithin(facts: readonly Fact[], room: number): APIEmbedField[] {
  const fields: APIEmbedField[] = []
  let left = room
  for (const fact of facts.slice(0, LIMITS.fields)) {
    const field = toField(fact)
    left -= size(field)
    if (left < 0) break
    fields.push(field)
  }
  return fields
}

function toField({ label, value }: Fact): APIEmbedField {
  return {
    name: plain(label, SHOWN.label) || NOTHING,
    value: plain(value, SHOWN.value) || NOTHING,
    inline: true,
  }
}

function size(field: APIEmbedField): number {
  return field.name.length + field.value.length
}
