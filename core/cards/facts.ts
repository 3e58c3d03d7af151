import type { Game, Price, Release, Reviews } from '../catalogue/game.ts'
import { toldIn } from '../catalogue/prices.ts'
import type { Fact } from '../reply.ts'
import type { Strings, Verdict } from '../strings/language.ts'

const SHOWN_TAGS = 5
const SHOWN_DEVELOPERS = 3

/** Below this many reviews a share is no verdict. */
export const TELLING_REVIEWS = 10

/** What a card says of a game, in the order to show. What is unknown is said to be unknown. */
export function factsOf(game: Game, strings: Strings): Fact[] {
  const { facts } = strings
  const tags = game.tags.length > 0 ? game.tags : game.genres
  return [
    { label: facts.price, value: priceIn(strings, game.price) },
    { label: facts.reviews, value: reviewsIn(strings, game.reviews) },
    { label: facts.released, value: releaseIn(strings, game.release) },
    { label: facts.developer, value: developersIn(strings, game.developers) },
    { label: facts.tags, value: tags.slice(0, SHOWN_TAGS).join(', ') || facts.unknown },
  ]
}

/** As the store states it, with about what that comes to where the reader's place has another currency. */
export function priceIn({ facts, format, prices }: Strings, price: Price | undefined): string {
  if (!price) return facts.unknown
  const { cents, initialCents, discount, currency } = price
  const now = cents === 0 ? facts.free : format.money(cents, currency)
  const about = toldIn(price, prices)
  const told = about === undefined ? undefined : format.money(about, prices.currency)
  if (discount > 0 && initialCents > cents)
    return facts.reduced(now, { told, percent: discount, was: format.money(initialCents, currency) })
  return told === undefined ? now : facts.about(now, told)
}

export function reviewsIn({ facts, format }: Strings, reviews: Reviews | undefined): string {
  if (!reviews) return facts.unknown
  const { share, count } = reviews
  if (count === 0) return facts.noReviews
  const telling = count === undefined || count >= TELLING_REVIEWS
  return facts.reviewed(telling ? verdictOn(share) : undefined, format.percent(share), count)
}

function verdictOn(share: number): Verdict {
  if (share >= 0.95) return 'overwhelming'
  if (share >= 0.8) return 'very'
  if (share >= 0.7) return 'mostly'
  return share >= 0.4 ? 'mixed' : 'negative'
}

export function releaseIn({ facts, format }: Strings, release: Release | undefined): string {
  if (!release) return facts.unknown
  const [year = 0, month = 1] = release.at.split('-').map(Number)
  switch (release.precision) {
    case 'day':
      return format.day(release.at)
    case 'month':
      return format.month(release.at)
    case 'quarter':
      return facts.quarter(Math.ceil(month / 3), year)
    case 'year':
      return facts.year(year)
  }
}

function developersIn({ facts, format }: Strings, names: readonly string[]): string {
  return names.length === 0 ? facts.unknown : format.and(names.slice(0, SHOWN_DEVELOPERS))
}
