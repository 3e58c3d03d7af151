import { note } from '../cards/cards.ts'
import type { AskOf } from '../command-request.ts'
import type { Purpose } from '../players/consents.ts'
import type { Stored } from '../players/records.ts'
import { daysAfter, KEPT_DAYS } from '../players/retention.ts'
import type { Ports } from '../ports.ts'
import type { Reply } from '../reply.ts'
import type { Words } from '../strings/language.ts'
import { explained } from './answering.ts'

type Asked = AskOf<'privacy'>

/** `/privacy`: what is stored about this person, why, and until when; and for what else their games may be used. */
export async function privacy(ports: Ports, ask: Asked, words: Words): Promise<Reply> {
  for (const purpose of ['community', 'training'] as const) {
    const given = ask[purpose]
    const problem = given === undefined ? undefined : await agree(ports, ask, purpose, given)
    if (problem !== undefined) return explained({ kind: problem }, words)
  }
  const { user, place } = ask
  const [stored, agreed] = await Promise.all([ports.records.count(user), ports.consents.of(user, place)])
  const { head, rest } = words.privacy
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...told(stored, { ...agreed, place }, words).map((sentence) => ({
        kind: 'text' as const,
        text: [`• ${sentence}`],
      })),
      { kind: 'hint', text: [`${rest(words.command)} ${words.page.poweredBySteam}`] },
    ],
  }
}

/** Nobody agrees for an account that they have not proven to be theirs. Whoever takes it back need prove nothing. */
async function agree(
  { accounts, consents }: Ports,
  { user, place }: Asked,
  purpose: Purpose,
  given: boolean,
): Promise<'no-community' | 'prove-first' | undefined> {
  if (purpose === 'community' && place === undefined) return 'no-community'
  if (given && !(await accounts.link(user))?.proven) return 'prove-first'
  await consents.set(user, purpose, place, given)
  return undefined
}

/** `place`: the community to agree in, if there is one. */
type Agreed = Readonly<Record<Purpose, boolean>> & Pick<Asked, 'place'>

function told(stored: Stored, { community, training, place }: Agreed, words: Words): string[] {
  const { privacy, choices, command } = words
  const { locale, opinions, feedback, answers, commands, digests, libraryAt } = stored
  const days = training ? KEPT_DAYS.agreedSnapshot : KEPT_DAYS.snapshot
  const lastDay = libraryAt && dayOf(daysAfter(libraryAt, days), words)
  return [
    linkWords(stored.link, words),
    privacy.locale(locale && choices.language[locale]),
    privacy.opinions(opinions, feedback, KEPT_DAYS.feedback),
    privacy.answers(answers, KEPT_DAYS.answer),
    privacy.commands(commands, KEPT_DAYS.command),
    privacy.library({ agreed: training, lastDay, days }),
    privacy.digests(digests),
    ...(place === undefined ? [] : [privacy.community(community, command)]),
    privacy.training(training, stored.learnt, command),
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
