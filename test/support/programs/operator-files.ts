import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { kaggleRow, kaggleTable, zip } from '../builders/import-files.ts'
import { dailyCsv } from '../builders/rate-files.ts'
import { startDuckDb } from '../inference/duckdb.ts'

const GAMES = Array.from({ length: 24 }, (_, index) => 900_010 + index * 10)
const PLAYERS = 60
const OWNED = 12

const owns = (player: number, game: number) => (player * 7 + game * 5) % GAMES.length < OWNED

/** Small files of the formats and names that the README uses. */
export async function writeOperatorFiles(folder: string): Promise<void> {
  const write = (name: string, content: string | Buffer) => writeFile(path.join(folder, name), content)
  await write('steam_games.csv.gz', gzipSync(gamesTable()))
  await write('users_items.json.gz', gzipSync(libraries()))
  await write('library.json', JSON.stringify(Object.fromEntries(GAMES.slice(1, 6).map((game) => [game, 60]))))
  await write('blocked.txt', `${GAMES[0]}\n`)
  await write(
    'eurofxref.zip',
    zip({ 'eurofxref.csv': Buffer.from(dailyCsv('30 November 2026', { USD: 1.1 })) }),
  )
  const gram = gramTable()
  await write('gram.csv', gram)
  await write('gram.csv.gz', gzipSync(gram))
  const duckDb = await startDuckDb()
  const file = (name: string) => path.join(folder, name)
  await duckDb.writeParquet(`select * from read_csv('${file('gram.csv')}')`, file('gram.parquet'))
  duckDb.close()
}

function gamesTable(): string {
  const rows = GAMES.map((appid, index) =>
    kaggleRow({ 'App ID': String(appid), Name: `Small Game ${index}`, Genre: 'Indie', Tags: 'Indie' }),
  )
  return kaggleTable(...rows)
}

/** As Python prints them: the form of UCSD's file. */
function libraries(): string {
  const lines = Array.from({ length: PLAYERS }, (_, player) => {
    const items = GAMES.filter((_game, index) => owns(player, index)).map(
      (appid) =>
        `{'item_id': '${appid}', 'item_name': 'Small Game', 'playtime_forever': 60, 'playtime_2weeks': 0}`,
    )
    const id = `7656119796028${String(player).padStart(4, '0')}`
    return `{'user_id': '${id}', 'items_count': ${items.length}, 'steam_id': '${id}', 'user_url': 'http://steamcommunity.com/profiles/${id}', 'items': [${items.join(', ')}]}`
  })
  return `${lines.join('\n')}\n`
}

function gramTable(): string {
  const rows = GAMES.flatMap((i, from) =>
    GAMES.slice(from).map((j, further) => {
      const both = Array.from({ length: PLAYERS }, (_, player) => player).filter(
        (player) => owns(player, from) && owns(player, from + further),
      )
      return `${i},${j},${both.length}`
    }),
  )
  return `i,j,count\n${rows.join('\n')}\n`
}
