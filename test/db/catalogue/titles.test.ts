import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Catalogue } from '../../../core/catalogue/catalogue.ts'
import { type GameId, gameId } from '../../../core/ids.ts'
import { createCatalogue } from '../../../db/catalogue/catalogue.ts'
import type { GameFacts } from '../../../db/import/games/game-facts.ts'
import { GAME_FORMATS, type GameFormat } from '../../../db/import/games/game-formats.ts'
import { openFile } from '../../../db/import/read/read-file.ts'
import { finds, PLATFORMS, WAYS } from '../../support/builders/titles.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'

/** Beside the clone: it may not be shipped. `bench/titles.ts` types every title of it. */
const KAGGLE = path.resolve(import.meta.dirname, '../../../../shared/data/steam_games.csv.gz')
const isHere = existsSync(KAGGLE)
if (!isHere && process.env.CI === 'true')
  throw new Error('the real titles are missing, and CI may leave nothing out')
if (!isHere) console.log('left out: real titles, which may not be shipped and are not here')

const SAMPLE = 2_000
const EVERY = 60
const AT_ONCE = 8

describe.runIf(isHere)('titles of the real catalogue', () => {
  it('typed bare find their games on both platforms, in any case', async () => {
    const db = await testDatabase()
    const games = await sampleOfTitles()
    expect(games).toHaveLength(SAMPLE)
    for (let at = 0; at < SAMPLE; at += 500) await storeGames(db, ...games.slice(at, at + 500))
    const catalogue = askedOnce(createCatalogue(db))
    const failed: string[] = []
    async function look({ appid, name }: { appid: number; name: string }): Promise<void> {
      const wanted: ReadonlySet<GameId> = new Set([gameId(appid)])
      for (const [way, spelt] of Object.entries(WAYS)) {
        for (const platform of PLATFORMS) {
          if ((await finds(catalogue, platform, spelt(name), wanted)) === false)
            failed.push(`${name} (${platform}, ${way})`)
        }
      }
    }
    for (let at = 0; at < SAMPLE; at += AT_ONCE) await Promise.all(games.slice(at, at + AT_ONCE).map(look))
    expect(failed).toEqual([])
  })
})

/** Asks the database once for what both platforms, and several ways of typing, come to. */
function askedOnce(catalogue: Catalogue): Catalogue {
  const asked = new Map<string, ReturnType<Catalogue['games']>>()
  return {
    ...catalogue,
    games(typed, limit) {
      const key = JSON.stringify([typed, limit])
      const found = asked.get(key) ?? catalogue.games(typed, limit)
      asked.set(key, found)
      return found
    },
  }
}

/** Every so many distinct ones, in the order of the file. */
async function sampleOfTitles(): Promise<{ appid: number; name: string }[]> {
  const { values } = await openFile<GameFacts, GameFormat>(KAGGLE, GAME_FORMATS)
  const titles = new Map<string, number>()
  for await (const { value } of values) if (!titles.has(value.name)) titles.set(value.name, value.appid)
  return [...titles]
    .filter((_title, at) => at % EVERY === 0)
    .slice(0, SAMPLE)
    .map(([name, appid]) => ({ name, appid }))
}
