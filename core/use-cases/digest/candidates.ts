import { TELLING_REVIEWS } from '../../cards/facts.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import { type Filter, NO_FILTER } from '../../catalogue/filter.ts'
import type { Sort } from '../../commands/filter-input.ts'
import type { Section } from '../../digest/delivery.ts'
import { weekOf } from '../../digest/schedule.ts'
import type { GameId } from '../../ids.ts'
import type { Locale } from '../../locale.ts'
import { daysAfter } from '../../players/retention.ts'

/** What the channels that read the same digest have in common. */
export type Audience = { readonly locale: Locale; readonly genres: readonly string[] }

type Needs = {
  readonly catalogue: Catalogue
  readonly candidates: CandidateStore
  readonly now: () => Date
}

/** So many of each that a channel does not come to their end before the first may be shown again. */
const OF_EACH = 200

const NEW_FOR_DAYS = 90

/** Steam's names of the languages. */
const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'English', ko: 'Korean' }

/** The week's, computed for the first channel that asks, without what may no longer be offered by now. */
export async function candidatesFor(
  { catalogue, candidates, now }: Needs,
  { locale, genres }: Audience,
): Promise<Candidates> {
  const key = { week: weekOf(now()), locale, genres: genres.toSorted() }
  return stillOffered(catalogue, await candidates.of(key, () => readCandidates(catalogue, key, now())))
}

/**
 * What may be offered to an audience: never a mature game, and games that are known to speak its language. Where no game
 * of the catalogue is known to be in English, its sources say nothing of languages, and none is asked for.
 */
export async function digestFilter(catalogue: Catalogue, { locale, genres }: Audience): Promise<Filter> {
  const english = await catalogue.allowed({ ...NO_FILTER, language: LANGUAGES.en })
  return { ...NO_FILTER, genres, language: english.length === 0 ? undefined : LANGUAGES[locale] }
}

async function readCandidates(catalogue: Catalogue, audience: Audience, now: Date): Promise<Candidates> {
  const filter = await digestFilter(catalogue, audience)
  const best = (sort: Sort) => catalogue.best({ filter, sort, limit: OF_EACH, without: [] })
  const [fresh, gems, onSale, acclaimed] = await Promise.all([
    newest(catalogue, filter, now),
    best('hidden-gems'),
    best('on-sale'),
    best('acclaimed'),
  ])
  return { new: fresh, 'hidden-gem': gems, 'on-sale': onSale, acclaimed }
}

/** A day that is yet to come is an announcement, and a few first reviews are no reception. */
async function newest(catalogue: Catalogue, filter: Filter, now: Date): Promise<readonly GameId[]> {
  const releasedSince = dayOf(daysAfter(now, -NEW_FOR_DAYS))
  const since = { ...filter, releasedSince }
  const games = await catalogue.best({ filter: since, sort: 'new', limit: OF_EACH, without: [] })
  const facts = await catalogue.facts(games)
  return games.filter((game) => {
    const { release, reviews } = facts.get(game) ?? {}
    return (release?.at ?? '') <= dayOf(now) && (reviews?.count ?? TELLING_REVIEWS) >= TELLING_REVIEWS
  })
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** Within a week a sale ends, and an operator blocks a game. */
async function stillOffered(catalogue: Catalogue, found: Candidates): Promise<Candidates> {
  const all = new Set(Object.values(found).flat())
  const among = async (filter: Filter) =>
    new Set((await catalogue.allowed(filter)).filter((game) => all.has(game)))
  const [offered, reduced] = await Promise.all([among(NO_FILTER), among({ ...NO_FILTER, onSale: true })])
  return {
    new: found.new.filter((game) => offered.has(game)),
    'hidden-gem': found['hidden-gem'].filter((game) => offered.has(game)),
    'on-sale': found['on-sale'].filter((game) => reduced.has(game)),
    acclaimed: found.acclaimed.filter((game) => offered.has(game)),
  }
}

/** The week's best by section, best first: the same for every channel of one language and genre. */
export type Candidates = Readonly<Record<Exclude<Section, 'community'>, readonly GameId[]>>

/** Remembers what was computed once for a week. */
export interface CandidateStore {
  /** Calls `compute` for the first who asks, in whatever process; the others wait for it. */
  of(
    key: { readonly week: string; readonly locale: Locale; readonly genres: readonly string[] },
    compute: () => Promise<Candidates>,
  ): Promise<Candidates>
}
