import type { Filter } from '../filter.ts'
import type { Catalogue } from '../ports.ts'
import type { Problem, Relaxation } from '../problem.ts'
import type { Sort, Wish } from '../wish.ts'
import type { Words } from '../words/words.ts'

/** What was asked for. `filter` is what `wish` came to. */
type Asked = { readonly wish: Wish; readonly filter: Filter; readonly sort?: Sort }

/** More ways out than these are no help. */
const WAYS = 3

/** What was asked for, in words, where it leaves no game; and what to drop or to pay, best first. */
export async function nothingLeft(catalogue: Catalogue, asked: Asked, words: Words): Promise<Problem> {
  const conditions = conditionsOf(asked, words)
  const dropping = conditions.map(async ({ said, without }): Promise<Relaxation> => {
    return { how: 'without', filter: said, games: (await catalogue.allowed(without)).length }
  })
  const ways = await Promise.all([...dropping, paying(catalogue, asked.filter, words)])
  const relax = ways
    .filter((way) => way !== undefined)
    .filter(({ games }) => games > 0)
    .toSorted((a, b) => b.games - a.games)
  return { kind: 'nothing-left', filters: conditions.map(({ said }) => said), relax: relax.slice(0, WAYS) }
}

/** The least that would have to be paid. */
async function paying(
  catalogue: Catalogue,
  filter: Filter,
  { filters, format }: Words,
): Promise<Relaxation | undefined> {
  if (filter.maxPriceCents === undefined) return undefined
  const cents = await catalogue.cheapest({ ...filter, maxPriceCents: undefined })
  if (cents === undefined || cents <= filter.maxPriceCents) return undefined
  const games = await catalogue.allowed({ ...filter, maxPriceCents: cents })
  return { how: 'with', filter: filters.price(format.money(cents, 'USD')), games: games.length }
}

/** One thing that was asked for, and the filter without it. */
type Condition = { readonly said: string; readonly without: Filter }

function conditionsOf({ wish, filter, sort = 'acclaimed' }: Asked, words: Words): Condition[] {
  const { filters, format, choices } = words
  const when = (holds: boolean, said: () => string, without: Partial<Filter>): Condition[] =>
    holds ? [{ said: said(), without: { ...filter, ...without } }] : []
  const price = () =>
    filters.price(wish.maxPrice === 0 ? undefined : format.money(filter.maxPriceCents ?? 0, 'USD'))
  const others = (labels: readonly string[], label: string) => labels.filter((one) => one !== label)
  return [
    ...filter.genres.flatMap((label) =>
      when(true, () => filters.label(label), { genres: others(filter.genres, label) }),
    ),
    ...filter.exclude.flatMap((label) =>
      when(true, () => filters.without(label), { exclude: others(filter.exclude, label) }),
    ),
    ...when(wish.maxPrice !== undefined, price, { maxPriceCents: undefined }),
    ...when(filter.language !== undefined, () => filters.language(filter.language ?? ''), {
      language: undefined,
    }),
    ...(wish.platform === undefined
      ? []
      : [{ said: filters.platform(wish.platform), without: { ...filter, platform: undefined } }]),
    ...when(wish.age !== 'all', () => filters.age(wish.age), { releasedSince: undefined }),
    ...when(wish.onSale, () => filters.onSale, { onSale: false }),
    ...when(sort !== 'acclaimed', () => filters.sort(choices.sort[sort]), {}),
  ]
}
