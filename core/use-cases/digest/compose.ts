import { note } from '../../cards/cards.ts'
import { coverOf, type DrawCover } from '../../cards/cover.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Rates } from '../../catalogue/prices.ts'
import { pricesIn } from '../../catalogue/prices.ts'
import type { FormatterFor } from '../../commands/formatter.ts'
import type { Claim, Deliveries } from '../../digest/deliveries.ts'
import { type DigestPick, NOT_AGAIN_DAYS } from '../../digest/delivery.ts'
import type { Subscription } from '../../digest/subscription.ts'
import type { Places } from '../../places/places.ts'
import type { Consents } from '../../players/consents.ts'
import type { Libraries } from '../../players/library.ts'
import { daysAfter } from '../../players/retention.ts'
import type { Answers, StoredPick } from '../../recommend/answers.ts'
import type { Scorer } from '../../recommend/scorer.ts'
import type { Reply } from '../../reply.ts'
import type { Strings } from '../../strings/language.ts'
import { stringsIn } from '../../strings/strings.ts'
import type { CandidateStore } from './candidates.ts'
import { candidatesFor } from './candidates.ts'
import { type Choice, chooseDigest } from './choose.ts'
import { communityPicks } from './community.ts'
import { aboutDigest, digestReply, previewOf, shownOf } from './reply.ts'

export type ComposePorts = {
  readonly catalogue: Catalogue
  readonly scorer: Scorer
  readonly libraries: Pick<Libraries, 'of'>
  readonly answers: Pick<Answers, 'save'>
  readonly candidates: CandidateStore
  readonly consents: Pick<Consents, 'community'>
  readonly deliveries: Pick<Deliveries, 'shownIn'>
  readonly places: Pick<Places, 'settings'>
  readonly rates: Rates
  readonly drawCover: DrawCover
  readonly formatterFor: FormatterFor
  readonly now: () => Date
}

export type Composed = { readonly picks: readonly DigestPick[]; readonly reply: Reply }

/**
 * What a delivery posts. Picks that were begun to be posted are posted again, with today's facts. May be called any number
 * of times for one delivery: whatever comes to be posted, the buttons under it find its games.
 */
export async function compose(
  ports: ComposePorts,
  { delivery, subscription }: Claim,
): Promise<Composed | 'nothing-new'> {
  const picks = delivery.picks ?? chooseDigest(await choiceFor(ports, subscription))
  const shown = shownOf(picks, await ports.catalogue.facts(picks.map(({ game }) => game)))
  if (shown.length === 0) return 'nothing-new'
  await ports.answers.save({
    ...{ id: delivery.id, user: `digest:${delivery.id}`, about: aboutDigest(subscription) },
    picks: picks.map(stored),
  })
  const cover = await ports.drawCover(coverOf(shown.map(({ fact }) => fact)))
  const strings = await wordsOf(ports, subscription)
  return { picks, reply: digestReply({ delivery: delivery.id, subscription, shown, cover, strings }) }
}

/** `/digest preview`: what would come now, in the digest's language, or why nothing would. */
export async function preview(
  ports: ComposePorts,
  subscription: Subscription,
  strings: Strings,
): Promise<Reply> {
  const choice = await choiceFor(ports, subscription)
  const picks = chooseDigest(choice)
  const shown = shownOf(picks, await ports.catalogue.facts(picks.map(({ game }) => game)))
  if (shown.length === 0) return note('answer', whyNothing(choice, subscription, strings))
  return previewOf(strings.digest.preview(shown.length), shown, await wordsOf(ports, subscription))
}

async function choiceFor(
  ports: ComposePorts,
  { place, channel, locale, genres, count }: Subscription,
): Promise<Choice> {
  const audience = { locale, genres }
  const since = daysAfter(ports.now(), -NOT_AGAIN_DAYS)
  const [candidates, shown, { blocked }] = await Promise.all([
    candidatesFor(ports, audience),
    ports.deliveries.shownIn(channel, since),
    ports.places.settings(place),
  ])
  const without = shown.union(new Set(blocked))
  const community = await communityPicks(ports, { place, audience, without })
  return { candidates, community, without, count }
}

/** Its own language, with prices in the place's currency. Readers have commands in several languages, so by their own names. */
async function wordsOf(
  { places, rates, formatterFor }: ComposePorts,
  { place, locale }: Subscription,
): Promise<Strings> {
  const [{ currency }, table] = await Promise.all([places.settings(place), rates.table()])
  const strings = stringsIn(locale, formatterFor({ user: place }))
  return { ...strings, prices: pricesIn(currency, table) }
}

function whyNothing(
  { candidates }: Choice,
  { genres, locale }: Subscription,
  { digest, choices }: Strings,
): string {
  const none = Object.values(candidates).every((games) => games.length === 0)
  return none ? digest.nothingKnown(genres, choices.language[locale]) : digest.nothingNew
}

function stored({ game, section }: DigestPick): StoredPick {
  return { game, section, score: 0, reasons: [], owned: false }
}
