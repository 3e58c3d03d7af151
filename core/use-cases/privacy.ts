import type { AskOf } from '../ask.ts'
import { note } from '../cards.ts'
import { daysAfter, KEPT_DAYS } from '../keeping.ts'
import type { Ports, Stored } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../words/words.ts'
import { explained } from './answering.ts'

type Asked = AskOf<'privacy'>

/** `/privacy`: what is stored about this person, why, and until when; and whether their games count for their community. */
export async function privacy(ports: Ports, ask: Asked, words: Words): Promise<Reply> {
  const { user, community } = ask
  if (community !== undefined) {
    const problem = await agree(ports, ask, community)
    if (problem !== undefined) return explained({ kind: problem }, words)
  }
  const [stored, agreed] = await Promise.all([ports.records.count(user), agreedHere(ports, ask)])
  const { head, rest } = words.privacy
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...told(stored, agreed, words).map((sentence) => ({ kind: 'text' as const, text: [`• ${sentence}`] })),
      { kind: 'hint', text: [`${rest(words.command)} ${words.page.poweredBySteam}`] },
    ],
  }
}

/** Nobody agrees for an account that they have not proven to be theirs. Whoever takes it back need prove nothing. */
async function agree(
  { accounts, consents }: Ports,
  { user, place }: Asked,
  given: boolean,
): Promise<'no-community' | 'prove-first' | undefined> {
  if (place === undefined) return 'no-community'
  if (given && !(await accounts.link(user))?.proven) return 'prove-first'
  await consents.set(user, 'community', place, given)
  return undefined
}

/** Undefined where there is no community to agree in. */
async function agreedHere({ consents }: Ports, { user, place }: Asked): Promise<boolean | undefined> {
  return place === undefined ? undefined : (await consents.of(user, place)).community
}

function told(stored: Stored, agreed: boolean | undefined, words: Words): string[] {
  const { privacy, choices, command } = words
  const { locale, opinions, feedback, answers, commands, digests, libraryAt } = stored
  const libraryUntil = libraryAt && dayOf(daysAfter(libraryAt, KEPT_DAYS.snapshot), words)
  return [
    linkWords(stored.link, words),
    privacy.locale(locale && choices.language[locale]),
    privacy.opinions(opinions, feedback, KEPT_DAYS.feedback),
    privacy.answers(answers, KEPT_DAYS.answer),
    privacy.commands(commands, KEPT_DAYS.command),
    privacy.library(libraryUntil, KEPT_DAYS.snapshot),
    privacy.digests(digests),
    ...(agreed === undefined ? [] : [privacy.community(agreed, command)]),
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
