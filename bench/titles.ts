import { sql } from 'kysely'
import type { Catalogue } from '../core/catalogue/catalogue.ts'
import { type GameId, gameId } from '../core/ids.ts'
import { createCatalogue } from '../db/catalogue/catalogue.ts'
import { startEmbedded } from '../db/embedded/embedded.ts'
import { connect } from '../db/postgres/connect.ts'
import { finds, PLATFORMS, WAYS } from '../test/support/builders/titles.ts'

/**
 * `DATA_DIR=… node bench/titles.ts`: types every distinct title of a game in the catalogue under DATA_DIR, which must
 * be migrated, bare behind `/similar`, as it stands and in other cases, through what reads it on Slack and on Discord; and
 * tells which do not find their game as the first hit, or among the choices where several are called so.
 */
const AT_ONCE = 8
const SHOWN = 20

const server = await startEmbedded({ dataDir: process.env.DATA_DIR ?? '.data', log: () => {} })
const db = connect(server.url, () => {})
const catalogue = createCatalogue(db)

const { rows } = await sql<{ name: string; games: number[] }>`
  select name, array_agg(appid) as games from warehouse.game where type = 'game' group by name order by min(appid)
`.execute(db)
const titles = rows.map(({ name, games }) => ({ name, games: new Set<GameId>(games.map(gameId)) }))

for (const [way, spelt] of Object.entries(WAYS)) {
  const startedAt = performance.now()
  const outcomes = await eachAtOnce(titles, ({ name, games }) => {
    const once = askedOnce(catalogue)
    return Promise.all(PLATFORMS.map((platform) => finds(once, platform, spelt(name), games)))
  })
  const each = (performance.now() - startedAt) / titles.length
  console.log(`${way}: ${titles.length} titles (${each.toFixed(1)} ms each)`)
  for (const [at, platform] of PLATFORMS.entries()) {
    const failed = titles.filter((_title, title) => outcomes[title]?.[at] === false)
    console.log(`  ${platform}: ${failed.length} fail`)
    for (const { name } of failed.slice(0, SHOWN)) console.log(`    ${JSON.stringify(name)}`)
  }
}
await db.destroy()
await server.stop()

/** A few at a time, as many as the pool has connections for. */
async function eachAtOnce<T, R>(all: readonly T[], ask: (one: T) => Promise<R>): Promise<R[]> {
  const outcomes: R[] = []
  const entries = all.entries()
  const worker = async () => {
    for (const [at, one] of entries) outcomes[at] = await ask(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return outcomes
}

/** Where both platforms read the same, the database is asked for it once. */
function askedOnce(shelf: Catalogue): Catalogue {
  const asked = new Map<string, ReturnType<Catalogue['games']>>()
  return {
    ...shelf,
    games: (typed, limit) => {
      const answer = asked.get(typed) ?? shelf.games(typed, limit)
      asked.set(typed, answer)
      return answer
    },
  }
}
