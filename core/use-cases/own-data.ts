import type { Asker } from '../ask.ts'
import { note } from '../cards.ts'
import type { PlaceKey } from '../ids.ts'
import { daysAfter, KEPT_DAYS } from '../keeping.ts'
import type { Ports, Stored } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../words/words.ts'

/** `/privacy`: what is stored about this person, why, and until when. */
export async function privacy({ records }: Ports, { user }: Asker, words: Words): Promise<Reply> {
  const stored = await records.count(user)
  const { head, rest } = words.privacy
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...told(stored, words).map((sentence) => ({ kind: 'text' as const, text: [`• ${sentence}`] })),
      { kind: 'hint', text: [`${rest(words.command)} ${words.page.poweredBySteam}`] },
    ],
  }
}

function told(stored: Stored, words: Words): string[] {
  const { privacy, choices } = words
  const { locale, opinions, feedback, answers, commands, libraryAt } = stored
  const libraryUntil = libraryAt && dayOf(daysAfter(libraryAt, KEPT_DAYS.snapshot), words)
  return [
    linkWords(stored.link, words),
    privacy.locale(locale && choices.language[locale]),
    privacy.opinions(opinions, feedback, KEPT_DAYS.feedback),
    privacy.answers(answers, KEPT_DAYS.answer),
    privacy.commands(commands, KEPT_DAYS.command),
    privacy.library(libraryUntil, KEPT_DAYS.snapshot),
  ]
}

function linkWords(link: Stored['link'], words: Words): string {
  const { privacy, command } = words
  if (!link) return privacy.noLink
  return link.proven
    ? privacy.provenLink(link.steamId, dayOf(link.since, words), command)
    : privacy.unprovenLink(link.steamId, dayOf(daysAfter(link.since, KEPT_DAYS.unprovenLink), words), command)
}

function dayOf(date: Date, { format }: Words): string {
  return format.day(date.toISOString().slice(0, 10))
}

/** `/export`: everything, as a file that can be read without us. */
export async function exportAll({ records, now }: Ports, { user }: Asker, words: Words): Promise<Reply> {
  const all = { exportedAt: now().toISOString(), user, ...(await records.export(user)) }
  return {
    ...note('answer', words.privacy.exported),
    attachments: [{ kind: 'file', name: 'indiescout.json', text: JSON.stringify(all, null, 2) }],
  }
}

/** `/forget-me` asks once. */
export function askToForget({ privacy, command }: Words): Reply {
  const button = { label: privacy.forget, action: { verb: 'forget' }, disabled: false } as const
  return note('answer', privacy.forgetAsk(command), [button])
}

/** The button under it: whoever presses it means themselves. */
export async function forget(ports: Ports, { user }: Asker, { privacy }: Words): Promise<Reply> {
  for (const steamId of await ports.records.forget(user)) ports.libraries.forget(steamId)
  return note('answer', privacy.forgotten)
}

/** The app was removed from a server or workspace. */
export async function forgetPlace(ports: Ports, place: PlaceKey): Promise<void> {
  for (const steamId of await ports.records.forgetPlace(place)) ports.libraries.forget(steamId)
}
