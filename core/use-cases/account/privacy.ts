import { note } from '../../cards/cards.ts'
import type { RequestOf } from '../../command-request.ts'
import type { Accounts } from '../../players/accounts.ts'
import type { Consents, Purpose } from '../../players/consents.ts'
import type { Records, Stored } from '../../players/records.ts'
import { daysAfter, RETENTION_DAYS } from '../../players/retention.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { explained } from '../answering.ts'

export type PrivacyPorts = {
  readonly records: Records
  readonly accounts: Accounts
  readonly consents: Pick<Consents, 'set' | 'of'>
}

type Asked = RequestOf<'privacy'>

/** `/privacy`: what is stored about this person, why, and until when; and for what else their games may be used. */
export async function privacy(ports: PrivacyPorts, ask: Asked, strings: Strings): Promise<Reply> {
  for (const purpose of ['community', 'training'] as const) {
    const given = ask[purpose]
    const problem = given === undefined ? undefined : await agree(ports, ask, purpose, given)
    if (problem !== undefined) return explained({ kind: problem }, strings)
  }
  const { user, place } = ask
  const [stored, agreed] = await Promise.all([ports.records.count(user), ports.consents.of(user, place)])
  const { head, rest } = strings.privacy
  return {
    ...note('answer', head),
    blocks: [
      { kind: 'text', text: [{ bold: head }] },
      ...told(stored, { ...agreed, place }, strings).map((sentence) => ({
        kind: 'text' as const,
        text: [`• ${sentence}`],
      })),
      { kind: 'hint', text: [`${rest(strings.command, strings.placeKind)} ${strings.page.poweredBySteam}`] },
    ],
  }
}

/** Nobody agrees for an account that they have not proven to be theirs. Whoever takes it back need prove nothing. */
async function agree(
  { accounts, consents }: PrivacyPorts,
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

function told(stored: Stored, { community, training, place }: Agreed, strings: Strings): string[] {
  const { privacy, choices, command } = strings
  const { locale, opinions, feedback, answers, commands, digests, libraryAt } = stored
  const days = training ? RETENTION_DAYS.agreedSnapshot : RETENTION_DAYS.snapshot
  const lastDay = libraryAt && dayOf(daysAfter(libraryAt, days), strings)
  return [
    linkWords(stored.link, strings),
    privacy.locale(locale && choices.language[locale]),
    privacy.opinions(opinions, feedback, RETENTION_DAYS.feedback),
    privacy.answers(answers, RETENTION_DAYS.answer),
    privacy.commands(commands, RETENTION_DAYS.command),
    privacy.library({ agreed: training, lastDay, days }),
    privacy.digests(digests),
    ...(place === undefined ? [] : [privacy.community(community, command)]),
    privacy.training(training, stored.learnt, command),
  ]
}

function linkWords(link: Stored['link'], strings: Strings): string {
  const { privacy, command } = strings
  if (!link) return privacy.noLink
  return link.proven
    ? privacy.provenLink(link.steamId, dayOf(link.since, strings), command)
    : privacy.unprovenLink(
        link.steamId,
        dayOf(daysAfter(link.since, RETENTION_DAYS.unprovenLink), strings),
        command,
      )
}

function dayOf(date: Date, { format }: Strings): string {
  return format.day(date.toISOString().slice(0, 10))
}
