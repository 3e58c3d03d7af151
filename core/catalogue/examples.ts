import type { OptionName } from '../commands/catalogue.ts'
import { PLATFORMS, SORTS } from '../commands/filter-input.ts'
import type { Catalogue } from './catalogue.ts'
import { type Filter, NO_FILTER } from './filter.ts'
import { findGame } from './find-game.ts'

/** What the loaded catalogue holds, so that the examples in answers work when they are typed. */
export type Examples = {
  /** Names of games that are found as they stand, the best known first. */
  readonly games: readonly string[]
  /** Labels that several games carry; the first leaves games beside every one of `values`, and without the second. */
  readonly labels: readonly string[]
  /** What options may be given beside the first label. */
  readonly values: Readonly<Partial<Record<OptionName, string>>>
  /** In the catalogue's currency; undefined where no price is known. */
  readonly priceCents: number | undefined
  /** Whether Steam libraries can be read. */
  readonly hasSteam: boolean
}

export const NO_EXAMPLES: Examples = {
  games: [],
  labels: [],
  values: {},
  priceCents: undefined,
  hasSteam: true,
}

type Needs = { readonly catalogue: Catalogue; readonly hasSteam: boolean; readonly now: () => Date }

/** The catalogue changes with an import, or slowly. */
const LIFE_MS = 10 * 60_000

/** Reads them when they are first asked for, and anew from time to time. Never throws: an answer does without its example. */
export function createExamples({ catalogue, hasSteam, now }: Needs): () => Promise<Examples> {
  const none = { ...NO_EXAMPLES, hasSteam }
  let known: { readonly examples: Promise<Examples>; readonly until: number } | undefined
  return () => {
    const at = now().getTime()
    if (known === undefined || known.until <= at) {
      const before = known?.examples ?? Promise.resolve(none)
      const examples = readExamples(catalogue, hasSteam).catch(() => {
        known = undefined
        return before
      })
      known = { examples, until: at + LIFE_MS }
    }
    return known.examples
  }
}

/** Names of genres that everybody knows, in the order in which they are preferred. */
const GENRES = [
  'Roguelike',
  'Puzzle',
  'Horror',
  'Platformer',
  'Strategy',
  'RPG',
  'Adventure',
  'Action',
  'Casual',
]

const LABELS = 3
/** A label that fewer games carry makes a poor example. */
const GAMES_OF_LABEL = 3
const PRICE_CENTS = 1_000

async function readExamples(catalogue: Catalogue, hasSteam: boolean): Promise<Examples> {
  const games = await readGames(catalogue)
  const labels = await readLabels(catalogue)
  const base: Filter = { ...NO_FILTER, genres: labels.slice(0, 1) }
  const finds = createFinder(catalogue, base)
  const priceCents = (await finds({ maxPriceCents: PRICE_CENTS })) ? PRICE_CENTS : undefined
  const others = await filtered(labels.slice(1), (label) => finds({ exclude: [label] }))
  return {
    ...{ games, labels: [...base.genres, ...others], priceCents, hasSteam },
    values: await readValues(catalogue, { ...base, maxPriceCents: priceCents }),
  }
}

/** A name that can be typed anywhere: no sign in it stands for something else. */
const SIMPLE_NAME = /^[A-Za-z0-9]{3,20}( [A-Za-z0-9]{1,20}){0,3}$/
const LOOKED_AT = 200
const GAMES = 2

async function readGames(catalogue: Catalogue): Promise<readonly string[]> {
  const wanted = { filter: NO_FILTER, limit: LOOKED_AT, without: [] }
  const popular = await catalogue.best({ ...wanted, sort: 'popular' })
  const known = popular.length > 0 ? popular : await catalogue.best({ ...wanted, sort: undefined })
  const facts = await catalogue.facts(known)
  const found: string[] = []
  for (const id of known) {
    const game = facts.get(id)
    if (found.length === GAMES) break
    if (game === undefined || game.tags.length === 0 || !SIMPLE_NAME.test(game.name)) continue
    const named = await findGame(catalogue, game.name)
    if ('game' in named && named.game === id) found.push(game.name)
  }
  return found
}

async function readLabels(catalogue: Catalogue): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of [...GENRES, ...(await catalogue.labels('', LABELS)).map((label) => label.name)]) {
    if (found.length === LABELS) break
    const label = await catalogue.label(name)
    if (label === undefined || label.games < GAMES_OF_LABEL || found.includes(label.name)) continue
    if (await createFinder(catalogue, NO_FILTER)({ genres: [label.name] })) found.push(label.name)
  }
  return found
}

/** The first of each that still leaves games. */
async function readValues(catalogue: Catalogue, base: Filter): Promise<Examples['values']> {
  const finds = createFinder(catalogue, base)
  const first = async <T>(values: readonly T[], change: (value: T) => Partial<Filter>) =>
    (await filtered(values, (value) => finds(change(value))))[0]
  const sorts = SORTS.filter((sort) => sort !== 'acclaimed' && sort !== 'on-sale')
  const [sort] = await filtered(sorts, (sort) => createFinder(catalogue, base, sort)({}))
  const values = {
    sort,
    platform: await first(PLATFORMS, (platform) => ({ platform })),
    language: await first(['English', 'Korean'], (language) => ({ language })),
    min_reviews: await first(['100', '10'], (least) => ({ minReviews: Number(least) })),
    min_positive: await first(['90', '70'], (least) => ({ minPositive: Number(least) })),
    on_sale: await first(['yes'], () => ({ onSale: true })),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

type Finds = (change: Partial<Filter>) => Promise<boolean>

/** Whether more than one game is left: the one that is named is no answer to itself. */
function createFinder(
  catalogue: Catalogue,
  base: Filter,
  sort: Parameters<Catalogue['best']>[0]['sort'] = undefined,
): Finds {
  return async (change) =>
    (await catalogue.best({ filter: { ...base, ...change }, sort, limit: 2, without: [] })).length > 1
}

async function filtered<T>(values: readonly T[], holds: (value: T) => Promise<boolean>): Promise<T[]> {
  const held: T[] = []
  for (const value of values) if (await holds(value)) held.push(value)
  return held
}
