import type { Catalogue } from '../core/catalogue/catalogue.ts'
import { type Filter, NO_FILTER } from '../core/catalogue/filter.ts'
import { ANYTHING, type FilterInput, SORTS } from '../core/commands/filter-input.ts'
import { MAX_BLOCKED } from '../core/places/place.ts'
import { stringsIn } from '../core/strings/strings.ts'
import { nothingLeft } from '../core/use-cases/nothing-left.ts'
import { createCatalogue } from '../db/catalogue/catalogue.ts'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { connect } from '../db/postgres/connect.ts'
import { watched } from '../test/support/postgres/watched-queries.ts'

/**
 * `DATA_DIR=… npm run bench:curate [-- --plans]`: how long the database takes to answer `/curate` and to complete what
 * is typed, on the catalogue under DATA_DIR, which must be migrated; and by which indexes.
 */
const dataDir = process.env.DATA_DIR ?? '.data'
const server = await startEmbedded({ dataDir, log: () => {} })
const db = connect(server.url, () => {})
const catalogue = createCatalogue(db)
const ROUNDS = 7

const labels = (await catalogue.labels('', 200)).map(({ name }) => name)
/** From what every indie game carries to what few do, and pairs of them. */
const genres = [
  ...labels.filter((_, at) => at % 10 === 0).map((name) => [name]),
  ...labels.filter((_, at) => at % 20 === 0).map((name, at) => [name, labels[at + 3] ?? name]),
]

const WISHES = {
  'nothing else': {},
  'in Korean': { language: 'Korean' },
  'on Linux': { platform: 'linux' },
  'up to $5': { maxPriceCents: 500 },
  "by the seed's rule": {
    ...{ exclude: ['Nudity', 'Sexual Content'], language: 'Korean' },
    ...{ minReviews: 100, minPositive: 90 },
  },
  'where the most popular are blocked': { without: await mostPopular(MAX_BLOCKED) },
} as const

for (const sort of SORTS) {
  for (const [name, wish] of Object.entries(WISHES)) {
    const asks = genres.map((genre) => (shop: Catalogue) => {
      const filter = { ...NO_FILTER, ...wish, genres: genre }
      return Promise.all([shop.best({ filter, sort, limit: 20, without: [] }), shop.undecided(filter)])
    })
    await measure(`/curate sort:${sort}, ${name}`, asks)
  }
}

/** With the search itself, as a command has it. */
const leavesNothing = (wishFor: (genre: readonly string[]) => Partial<FilterInput & Filter>) =>
  genres.map((genre) => async (shop: Catalogue) => {
    const wish = { ...wishFor(genre), genres: genre }
    const filter = { ...NO_FILTER, ...wish }
    await shop.best({ filter, sort: 'on-sale', limit: 20, without: [] })
    const filterInput = { ...ANYTHING, ...wish }
    await nothingLeft(shop, { filterInput, filter, sort: 'on-sale' }, stringsIn('en'))
  })
await measure(
  'what leaves nothing: free games on sale',
  leavesNothing(() => ({ maxPriceCents: 0, maxPrice: 0 })),
)
await measure(
  'what leaves nothing: a genre that is excluded',
  leavesNothing((genre) => ({ exclude: genre })),
)
await measure(
  'a name that no game has',
  [
    '스타듀 밸리',
    '슬레이 더 스파이어',
    '배틀그라운드',
    'ハデス',
    'dsfkjhsdkfjh',
    'hadse',
    'the the the the',
  ].map((text) => (shop) => shop.games(text, 25)),
)

const names = (await catalogue.facts(await mostPopular(40))).values()
const typed = [...names].flatMap(({ name }) => prefixes(name))
await measure(
  'completing a name',
  typed.map((text) => (shop) => shop.games(text, 25)),
)
await measure(
  'completing a name with two letters swapped',
  typed.filter((text) => text.length > 4).map((text) => (shop) => shop.games(swapped(text), 25)),
)
await measure(
  'completing a genre',
  labels.flatMap(prefixes).map((text) => (shop) => shop.labels(text, 25)),
)
await db.destroy()
await server.stop()

async function mostPopular(limit: number) {
  return catalogue.best({ filter: NO_FILTER, sort: 'popular', limit, without: [] })
}

/** As it is typed, letter by letter. */
function prefixes(name: string): string[] {
  return Array.from(name, (_, at) => name.slice(0, at + 1))
}

function swapped(text: string): string {
  const at = text.length >> 1
  return `${text.slice(0, at - 1)}${text[at]}${text[at - 1]}${text.slice(at + 1)}`
}

async function measure(
  name: string,
  asks: readonly ((shop: Catalogue) => Promise<unknown>)[],
): Promise<void> {
  const milliseconds: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const ask of asks) {
      const start = performance.now()
      await ask(catalogue)
      if (round > 0) milliseconds.push(performance.now() - start)
    }
  }
  milliseconds.sort((a, b) => a - b)
  const at = (share: number) => milliseconds[Math.floor(milliseconds.length * share)]?.toFixed(1)
  console.log(`${name}: ${asks.length} asks, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(0.9999)} ms`)
  if (process.argv.includes('--plans')) console.log(await indexes(asks))
}

/** How often each index was read. */
async function indexes(asks: readonly ((shop: Catalogue) => Promise<unknown>)[]): Promise<string> {
  const seen = watched(db)
  const shop = createCatalogue(seen.db)
  for (const ask of asks) await ask(shop)
  const scans = (await seen.plans()).match(/(?<=Scan.* (using|on) )game_\w+|Seq Scan on game\b/g) ?? []
  const counts = Map.groupBy(scans, (scan) => scan)
  return [...counts].map(([scan, times]) => `    ${scan}: ${times.length}`).join('\n')
}
