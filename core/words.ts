import type { Price, Release, Reviews } from './game.ts'
import type { Source } from './ports.ts'
import type { Problem } from './problem.ts'
import { Unavailable } from './unavailable.ts'

/** Every sentence that a player reads. Facts come in, words go out; no other file of the core holds prose. */

const LOCALE = 'en-US'

const wholeNumber = new Intl.NumberFormat(LOCALE)
const orList = new Intl.ListFormat(LOCALE, { type: 'disjunction' })
const andList = new Intl.ListFormat(LOCALE, { type: 'conjunction' })
const relativeTime = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' })

export const PAGE_BACK = '◀ Previous'
export const PAGE_ON = 'Next ▶'
export const SHARE = '📣 Share'
export const UNKNOWN = 'unknown'
export const POWERED_BY_STEAM = 'Powered by Steam'

export const LABELS = {
  price: 'Price',
  reviews: 'Reviews',
  released: 'Released',
  developer: 'Developer',
  tags: 'Tags',
} as const

export function explainProblem(problem: Problem): string {
  switch (problem.kind) {
    case 'bad-steam-id':
      return `“${clip(problem.asked, 60)}” is not a Steam ID. Paste a profile link such as https://steamcommunity.com/id/gabelogannewell, or a number such as 76561197960287930.`
    case 'no-profile':
      return 'Steam knows no such profile. Check the spelling, or paste the link of the profile page.'
    case 'private-profile':
      return 'This Steam profile is private. Its owner can open it: Steam → Profile → Edit Profile → Privacy Settings → My profile and Game details: Public. It takes Steam a minute to show.'
    case 'hidden-games':
      return 'This profile hides its games. Its owner can show them: Steam → Profile → Edit Profile → Privacy Settings → Game details: Public. It takes Steam a minute to show.'
    case 'empty-library':
      return 'This library holds no games yet, so there is no taste to read. Try another Steam ID.'
    case 'unknown-genre':
      return problem.near.length === 0
        ? `No game carries “${clip(problem.asked, 60)}”. Try a genre or tag such as Roguelike, Puzzle or Co-op.`
        : `No game carries “${clip(problem.asked, 60)}”. Did you mean ${orList.format(problem.near)}?`
    case 'nothing-left':
      return problem.filters.length === 0
        ? 'Nothing is left to pick: every indie game of the catalogue is owned or blocked here.'
        : `No indie game is left with ${andList.format(problem.filters)}. Drop one of them, or raise the price.`
    case 'answer-gone':
      return 'These picks are too old to page through. Ask again with /recommend.'
    case 'not-yours':
      return 'These are somebody else’s picks. Ask for your own with /recommend.'
    case 'already-shared':
      return 'These picks were shared already.'
  }
}

/** `reference` also stands in the log, so that an operator finds what happened. */
export function explainError(error: unknown, reference: string): string {
  const end = `(reference ${reference})`
  if (!(error instanceof Unavailable)) {
    return `Something went wrong on our side, and the operator can look it up. Please try again. ${end}`
  }
  switch (error.party) {
    case 'steam':
      return `Steam is not answering. Please try again in a few minutes. ${end}`
    case 'steam-key':
      return `Steam libraries can’t be read here at the moment; the operator of this bot has been told. ${end}`
    case 'inference':
    case 'database':
      return `A part of this bot is restarting. Please try again in a minute. ${end}`
  }
}

export const OLD_BUTTON = 'This button is from another version of this bot. Ask anew with /recommend.'

/** A share that a platform refused, for no reason that the player could know of. */
export function notPosted(platform: string, reference: string): string {
  return `${platform} did not take the post. Please press Share again. (reference ${reference})`
}

/** `permissions` by the names under which an admin finds them. */
export function mayNotPost(permissions: readonly string[], reference: string): string {
  return `This bot may not post in this channel: it needs ${andList.format(permissions)}. (reference ${reference})`
}

export function pickCount(count: number): string {
  return count === 1 ? '1 indie pick' : `${wholeNumber.format(count)} indie picks`
}

export function gamesRead(count: number): string {
  return count === 1 ? '1 game' : `${wholeNumber.format(count)} games`
}

export function pageOf(page: number, pages: number): string {
  return `Page ${page + 1} of ${pages}`
}

export function storeLink(steamId: string): string {
  return `https://steamcommunity.com/profiles/${steamId}`
}

export function sourceNote(source: Source): string | undefined {
  switch (source) {
    case 'model':
      return undefined
    case 'catalogue-away':
      return 'The recommender is away, so these are well-reviewed games with the tags of the library.'
    case 'catalogue-unknown':
      return 'The recommender knows too little about this, so these are well-reviewed games with the tags of the library.'
  }
}

export const PLAYTIME_HIDDEN = 'Playtime is hidden, so only ownership counted.'

export function staleNote(since: Date, now: Date): string {
  const minutes = Math.max(1, Math.round((now.getTime() - since.getTime()) / 60_000))
  const ago =
    minutes < 60
      ? relativeTime.format(-minutes, 'minute')
      : minutes < 48 * 60
        ? relativeTime.format(-Math.round(minutes / 60), 'hour')
        : relativeTime.format(-Math.round(minutes / 1440), 'day')
  return `Steam is not answering, so this is the library as it was ${ago}.`
}

export function price(value: Price | undefined): string {
  if (!value) return UNKNOWN
  if (value.cents === 0) return value.discount > 0 ? `Free (−${value.discount}%)` : 'Free'
  const now = money(value.cents, value.currency)
  const reduced = value.discount > 0 && value.initialCents > value.cents
  return reduced ? `${now} (−${value.discount}%, was ${money(value.initialCents, value.currency)})` : now
}

function money(cents: number, currency: string): string {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency })
  return format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** Steam's own words for a share of positive reviews, without its rule for small counts. */
function verdict(share: number): string {
  if (share >= 0.95) return 'Overwhelmingly positive'
  if (share >= 0.8) return 'Very positive'
  if (share >= 0.7) return 'Mostly positive'
  if (share >= 0.4) return 'Mixed'
  return 'Mostly negative'
}

export function reviews(value: Reviews | undefined): string {
  if (!value) return UNKNOWN
  if (value.count === 0) return 'No reviews yet'
  const share = `${Math.round(value.share * 100)}%`
  if (value.count === undefined) return `${verdict(value.share)} (${share})`
  const few = value.count < 10
  const count = `${wholeNumber.format(value.count)} ${value.count === 1 ? 'review' : 'reviews'}`
  return few ? `${share} of ${count}` : `${verdict(value.share)} (${share} of ${count})`
}

export function released(value: Release | undefined): string {
  if (!value) return UNKNOWN
  const date = new Date(`${value.at}T00:00:00Z`)
  const utc = { timeZone: 'UTC' } as const
  switch (value.precision) {
    case 'day':
      return new Intl.DateTimeFormat(LOCALE, { ...utc, dateStyle: 'medium' }).format(date)
    case 'month':
      return new Intl.DateTimeFormat(LOCALE, { ...utc, month: 'short', year: 'numeric' }).format(date)
    case 'quarter':
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`
    case 'year':
      return String(date.getUTCFullYear())
  }
}

export function developers(names: readonly string[]): string {
  return names.length === 0 ? UNKNOWN : andList.format(names.slice(0, 3))
}

/** `names` with their shares (0 to 1), greatest first. */
export function because(reasons: readonly { readonly name: string; readonly share: number }[]): string {
  const parts = reasons.map((reason) => `${reason.name} (${Math.round(reason.share * 100)}%)`)
  return `Because you own ${andList.format(parts)}`
}

export const BY_TAGS = 'Shares tags with the library and is well reviewed'

export function filterWords(filter: {
  genre: string | undefined
  maxPrice: number | undefined
  language: string | undefined
}): string[] {
  return [
    ...(filter.genre === undefined ? [] : [`the tag “${filter.genre}”`]),
    ...(filter.maxPrice === undefined
      ? []
      : [
          filter.maxPrice === 0
            ? 'a price of nothing'
            : `a price up to ${money(Math.round(filter.maxPrice * 100), 'USD')}`,
        ]),
    ...(filter.language === undefined ? [] : [`support for ${filter.language}`]),
  ]
}

/** By code points, so that no emoji is cut in two. */
export function clip(text: string, length: number): string {
  const points = [...text]
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`
}
