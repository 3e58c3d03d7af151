import type { Release } from '../../../core/catalogue/game.ts'
import type { GameId } from '../../../core/ids.ts'
import { classify } from './classify.ts'
import { cleanList, cleanText, cleanUrl, isDamaged } from './clean-text.ts'
import type { GameType } from './name-type.ts'
import type { Tag } from './tags.ts'

/** What one source says of one game. Undefined and empty mean that it does not say, and erase nothing. */
export type GameFacts = {
  readonly appid: GameId
  readonly name: string
  readonly description: string | undefined
  readonly type: GameType | undefined
  readonly developers: readonly string[]
  readonly publishers: readonly string[]
  readonly genres: readonly string[]
  readonly categories: readonly string[]
  readonly tags: readonly Tag[]
  readonly languages: readonly string[]
  readonly platforms: readonly string[]
  readonly positiveReviews: number | undefined
  readonly negativeReviews: number | undefined
  /** Where a source states only the share. */
  readonly reviewPercent: number | undefined
  readonly price: PriceFacts | undefined
  readonly release: Release | undefined
  readonly requiredAge: number | undefined
  readonly owners: OwnersRange | undefined
  readonly concurrentPlayers: number | undefined
  readonly website: string | undefined
  readonly imageUrl: string | undefined
  /** When the source says this was so. */
  readonly statedAt: Date | undefined
  readonly indie: boolean | undefined
  readonly mature: boolean | undefined
}

export type PriceFacts = {
  readonly cents: number
  readonly initialCents: number
  readonly discount: number
  readonly currency: string
}

export type OwnersRange = { readonly least: number; readonly most: number }

/** A source's own words, before they are cleaned. What it lacks may be left out. */
export type RawGame = {
  readonly appid: GameId
  readonly name: string
  readonly description?: string
  readonly type?: string
  /** As `classify` takes it. */
  readonly page?: { readonly hasParent: boolean }
  readonly developers?: readonly string[]
  readonly publishers?: readonly string[]
  readonly genres?: readonly string[]
  readonly categories?: readonly string[]
  readonly tags?: readonly Tag[]
  readonly languages?: readonly string[]
  readonly platforms?: readonly string[]
  readonly positiveReviews?: number | undefined
  readonly negativeReviews?: number | undefined
  readonly reviewPercent?: number | undefined
  readonly price?: PriceFacts | undefined
  readonly release?: Release | undefined
  readonly requiredAge?: number | undefined
  readonly owners?: OwnersRange | undefined
  readonly concurrentPlayers?: number | undefined
  readonly website?: string
  readonly imageUrl?: string
  readonly statedAt?: Date | undefined
}

const MAX_NAME = 300
const MAX_DESCRIPTION = 1_000

/** Why a name is none. */
export function explainName(name: string): string {
  return isDamaged(name) ? 'some of the name was lost (U+FFFD)' : 'no name'
}

/** Cleans every text and decides what the source leaves to us; undefined where no name is left, or not all of it. */
export function gameFacts(raw: RawGame): GameFacts | undefined {
  const name = cleanText(raw.name, MAX_NAME)
  if (name === undefined || isDamaged(raw.name)) return undefined
  const genres = cleanList(raw.genres ?? [])
  const categories = cleanList(raw.categories ?? [])
  const tags = cleanTags(raw.tags ?? [])
  const labels = {
    name,
    type: raw.type,
    page: raw.page,
    genres,
    categories,
    tags,
    requiredAge: raw.requiredAge,
  }
  return {
    appid: raw.appid,
    name,
    genres,
    categories,
    tags,
    description: cleanText(raw.description ?? '', MAX_DESCRIPTION),
    developers: cleanList(raw.developers ?? []),
    publishers: cleanList(raw.publishers ?? []),
    languages: cleanList(raw.languages ?? []),
    platforms: cleanList(raw.platforms ?? []),
    positiveReviews: raw.positiveReviews,
    negativeReviews: raw.negativeReviews,
    reviewPercent: raw.reviewPercent,
    price: raw.price,
    release: raw.release,
    requiredAge: raw.requiredAge,
    owners: raw.owners,
    statedAt: raw.statedAt,
    concurrentPlayers: raw.concurrentPlayers,
    website: cleanUrl(raw.website ?? '', ['https:', 'http:']),
    imageUrl: cleanUrl(raw.imageUrl ?? '', ['https:']),
    ...classify(labels),
  }
}

/** A tag named twice keeps its higher count. */
function cleanTags(tags: readonly Tag[]): Tag[] {
  const votes = new Map<string, number>()
  for (const tag of tags) {
    const [name] = cleanList([tag.name])
    if (name !== undefined) votes.set(name, Math.max(tag.votes, votes.get(name) ?? 0))
  }
  return Array.from(votes, ([name, count]) => ({ name, votes: count })).slice(0, 64)
}

/** Numbers above this are a source's mistake, and PostgreSQL's integer ends there. */
const MAX_COUNT = 2 ** 31 - 1

/** A count from digits, or undefined for anything else. */
export function parseCount(text: string | undefined): number | undefined {
  const number = text !== undefined && /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : Number.NaN
  return number <= MAX_COUNT ? number : undefined
}
