import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Filter, NO_FILTER } from '../catalogue/filter.ts'
import { centsWithin, currencyOf, limitFor, limitTyped } from '../catalogue/prices.ts'
import type { FilterInput, Sort } from '../commands/filter-input.ts'
import type { GameId } from '../ids.ts'
import { MANY_GAMES, type Problem, type Relaxation } from '../problem.ts'
import type { Strings } from '../strings/language.ts'

/** What was asked for. `filter` is what `wish` came to. */
type Asked = {
  readonly filterInput: FilterInput
  readonly filter: Filter
  readonly sort?: Sort
  /** What the asker owns and does not want to see. */
  readonly hidden?: readonly GameId[]
}

type Search = {
  readonly filter: Filter
  readonly sort: Sort | undefined
  readonly without: readonly GameId[]
}

/** One thing that was asked for, and the same search without it. */
type Condition = {
  readonly said: string
  readonly how: 'without' | 'reordered'
  readonly drop: (search: Search) => Search
}

/** More ways out than these are no help. */
const WAYS = 3

/** What was asked for, in words, where it leaves no game; and what to drop or to pay, best first. */
export async function nothingLeft(catalogue: Catalogue, asked: Asked, strings: Strings): Promise<Problem> {
  if (await isEmpty(catalogue)) return { kind: 'no-games' }
  const { filterInput, filter, sort, hidden = [] } = asked
  const search: Search = { filter, sort, without: hidden }
  if (await isForMatureOnly(catalogue, search))
    return { kind: 'mature-off', asked: strings.format.and(filter.genres) }
  const conditions = conditionsOf(filterInput, search, strings)
  const dropping = conditions.map(async ({ said, how, drop }): Promise<Relaxation> => {
    return { how, filter: said, games: await countOf(catalogue, drop(search)) }
  })
  const ways = await Promise.all([...dropping, paying(catalogue, search, strings)])
  const relax = ways
    .filter((way) => way !== undefined)
    .filter(({ games }) => games > 0)
    .toSorted((a, b) => b.games - a.games)
    .slice(0, WAYS)
  return {
    kind: 'nothing-left',
    filters: conditions.map(({ said }) => said),
    relax: relax.length > 0 ? relax : await keeping(catalogue, search, conditions, strings),
  }
}

function countOf(catalogue: Catalogue, search: Search): Promise<number> {
  return catalogue.count({ ...search, most: MANY_GAMES + 1 })
}

/** Looks for a single game: all 80,000 numbers would take longer than the rest of the answer. */
async function isEmpty(catalogue: Catalogue): Promise<boolean> {
  const filter: Filter = { ...NO_FILTER, mature: true }
  return (await catalogue.best({ filter, sort: undefined, limit: 1, without: [] })).length === 0
}

/** Whether mature games alone are of the genres that were asked for, and none are shown there. */
async function isForMatureOnly(catalogue: Catalogue, { filter }: Search): Promise<boolean> {
  if (filter.mature || filter.genres.length === 0) return false
  const ofGenres: Search = {
    filter: { ...NO_FILTER, genres: filter.genres, without: filter.without },
    ...{ sort: undefined, without: [] },
  }
  const most = 1
  if ((await catalogue.count({ ...ofGenres, most })) > 0) return false
  return (await catalogue.count({ ...ofGenres, most, filter: { ...ofGenres.filter, mature: true } })) > 0
}

/** The least that would have to be paid, as it would be typed. */
async function paying(
  catalogue: Catalogue,
  search: Search,
  { filters, format, prices }: Strings,
): Promise<Relaxation | undefined> {
  const { filter } = search
  if (filter.maxPriceCents === undefined) return undefined
  const cents = await catalogue.cheapest({ ...filter, maxPriceCents: undefined })
  if (cents === undefined || cents <= filter.maxPriceCents) return undefined
  const limit = limitFor(cents, prices)
  const raised = { ...filter, maxPriceCents: centsWithin(limit, prices) }
  const games = await countOf(catalogue, { ...search, filter: raised })
  return { how: 'with', filter: filters.price(format.money(limit, prices.currency)), games }
}

/** Where no one condition is to blame: the most of them, from the first on, that leave a game. */
async function keeping(
  catalogue: Catalogue,
  search: Search,
  conditions: readonly Condition[],
  { format }: Strings,
): Promise<Relaxation[]> {
  for (let kept = conditions.length - 2; kept > 0; kept -= 1) {
    const rest = conditions.slice(kept).reduce((left, { drop }) => drop(left), search)
    const games = await countOf(catalogue, rest)
    const said = conditions.slice(0, kept).map((condition) => condition.said)
    if (games > 0) return [{ how: 'only', filter: format.and(said), games }]
  }
  return []
}

function conditionsOf(filterInput: FilterInput, search: Search, strings: Strings): Condition[] {
  const { filters, format, choices, prices } = strings
  const { filter, sort, without } = search
  const typedIn = { ...prices, currency: currencyOf(filterInput.priceSign, prices.currency) }
  const price = filterInput.maxPrice
    ? format.money(limitTyped(filterInput.maxPrice, typedIn), typedIn.currency)
    : undefined
  const { language, platform } = filter
  return [
    ...filter.genres.map((label) => condition(filters.label(label), lacking('genres', label))),
    ...filter.exclude.map((label) => condition(filters.without(label), lacking('exclude', label))),
    ...(filterInput.maxPrice === undefined
      ? []
      : [condition(filters.price(price), set({ maxPriceCents: undefined }))]),
    ...(language === undefined ? [] : [condition(filters.language(language), set({ language: undefined }))]),
    ...(platform === undefined ? [] : [condition(filters.platform(platform), set({ platform: undefined }))]),
    ...reviewConditions(filter, strings),
    ...(filterInput.age === 'all'
      ? []
      : [condition(filters.age(filterInput.age), set({ releasedSince: undefined }))]),
    ...(filterInput.onSale ? [condition(filters.onSale, set({ onSale: false }))] : []),
    ...(sort === undefined
      ? []
      : [
          {
            said: filters.sort(choices.sort[sort]),
            how: 'reordered' as const,
            drop: (left: Search) => ({ ...left, sort: undefined }),
          },
        ]),
    ...(without.length === 0
      ? []
      : [
          {
            said: filters.hideOwned,
            how: 'without' as const,
            drop: (left: Search) => ({ ...left, without: [] }),
          },
        ]),
  ]
}

function reviewConditions({ minReviews, minPositive }: Filter, { filters, format }: Strings): Condition[] {
  const least = minPositive === undefined ? undefined : format.percent(minPositive / 100)
  return [
    ...(minReviews === undefined
      ? []
      : [condition(filters.reviews(minReviews), set({ minReviews: undefined }))]),
    ...(least === undefined ? [] : [condition(filters.positive(least), set({ minPositive: undefined }))]),
  ]
}

function condition(said: string, change: (filter: Filter) => Filter): Condition {
  return { said, how: 'without', drop: (search) => ({ ...search, filter: change(search.filter) }) }
}

function set(change: Partial<Filter>): (filter: Filter) => Filter {
  return (filter) => ({ ...filter, ...change })
}

function lacking(list: 'genres' | 'exclude', label: string): (filter: Filter) => Filter {
  return (filter) => ({ ...filter, [list]: filter[list].filter((one) => one !== label) })
}
