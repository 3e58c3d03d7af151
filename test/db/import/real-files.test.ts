import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { GameFacts } from '../../../db/import/games/game-facts.ts'
import { GAME_FORMATS, type GameFormat } from '../../../db/import/games/game-formats.ts'
import { importGames } from '../../../db/import/games/games.ts'
import { importPlayers } from '../../../db/import/players/players.ts'
import { openFile } from '../../../db/import/read/read-file.ts'
import { file } from '../../support/builders/import-files.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const shared = path.resolve(import.meta.dirname, '../../../../shared')
const isHere = existsSync(path.join(shared, 'data/steam_games.csv.gz'))
if (!isHere && process.env.CI === 'true')
  throw new Error('the real files are missing, and CI may leave nothing out')
if (!isHere) console.log('left out: imports of the real files, which may not be shipped and are not here')

const KAGGLE = path.join(shared, 'data/steam_games.csv.gz')
const UCSD_PLAYERS = path.join(shared, 'data/users_items.json.gz')
const UCSD_GAMES = path.join(shared, 'fixtures/steam/ucsd_steam_games_first300.json.gz')

describe.runIf(isHere)('the real files', () => {
  it('hold 122,191 games without a bad line', async () => {
    const { values, tally } = await openFile<GameFacts, GameFormat>(KAGGLE, GAME_FORMATS)
    let indie = 0
    for await (const { value } of values) if (value.genres.includes('Indie')) indie += 1
    expect(tally).toEqual({ good: 122_191, bad: 0, badLines: [] })
    expect(indie).toBe(82_552)
  })

  it('of UCSD go into the database, but for the one game without a number', async () => {
    const db = await testDatabase()
    expect(await importGames(db, [UCSD_GAMES])).toMatchObject([
      { rows: 299, added: 299, bad: 1, badLines: [{ line: 75, reason: 'no game number' }] },
    ])
    expect(await importGames(db, [UCSD_GAMES])).toMatchObject([{ added: 0, changed: 0 }])
  })

  it('of players go into the database', async () => {
    const db = await testDatabase()
    const lines = await firstLines(UCSD_PLAYERS, 200)
    const source = await file(lines.join('\n'))
    const owned = lines.join('').split("'item_id'").length - 1
    expect(await importPlayers(db, [source])).toMatchObject([{ rows: owned, added: owned, bad: 0 }])
    expect(await importPlayers(db, [source])).toMatchObject([{ added: 0, changed: 0 }])
  })
})

async function firstLines(gzip: string, count: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(gzip).pipe(createGunzip()) })) {
    lines.push(line)
    if (lines.length === count) break
  }
  return lines
}
