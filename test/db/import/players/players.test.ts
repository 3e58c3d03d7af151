import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { importGames } from '../../../../db/import/games/games.ts'
import { importPlayers } from '../../../../db/import/players/players.ts'
import { file, kaggleRow, kaggleTable } from '../../../support/builders/import-files.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.player').execute()
  await db.deleteFrom('warehouse.game').execute()
})

/** `source/player appid minutes` */
async function plays(): Promise<string[]> {
  const rows = await db
    .selectFrom('warehouse.interaction as owned')
    .innerJoin('warehouse.player as player', 'player.id', 'owned.player_id')
    .select(['source', 'key', 'appid', 'minutes', 'synthetic'])
    .orderBy('source')
    .orderBy('key')
    .orderBy('appid')
    .execute()
  expect(rows.some((row) => row.synthetic)).toBe(false)
  return rows.map((row) => `${row.source}/${row.key} ${row.appid} ${row.minutes}`)
}

const LIBRARY = `{'user_id': 'ann', 'items_count': 2, 'steam_id': '765', 'items': [{'item_id': '10', 'item_name': 'A', 'playtime_forever': 5}, {'item_id': '20', 'item_name': "B's", 'playtime_forever': 0}]}`

describe('importing players', () => {
  it('reads the libraries of UCSD, also of games that the catalogue does not know', async () => {
    const empty = `{'user_id': 'bob', 'items_count': 0, 'steam_id': '766', 'items': []}`
    const [summary] = await importPlayers(db, [await file(gzipSync(`${LIBRARY}\n${empty}\n`))])
    expect(summary).toMatchObject({ rows: 2, added: 2, bad: 0 })
    expect(await plays()).toEqual(['ucsd/765 10 5', 'ucsd/765 20 0'])
  })

  it('leaves out impossible games and playtimes and keeps the rest of the library', async () => {
    const line = `{'steam_id': '1', 'items': [{'item_id': 'x', 'playtime_forever': 1}, {'item_id': '10', 'playtime_forever': -5}, {'item_id': '20', 'playtime_forever': 99999999999}, None, {'item_id': '30', 'playtime_forever': 7}]}`
    const [summary] = await importPlayers(db, [await file(line)])
    expect(summary?.badLines.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 not a game number',
      '1 an impossible playtime',
      '1 an impossible playtime',
      '1 not a game number',
    ])
    expect(await plays()).toEqual(['ucsd/1 30 7'])
  })

  it('matches the names of steam-200k and reports those that it does not find', async () => {
    const catalogue = [
      kaggleRow({ 'App ID': '8930', Name: "Sid Meier's Civilization® V", 'Positive Reviews': '9' }),
      kaggleRow({ 'App ID': '72850', Name: 'The Elder Scrolls V: Skyrim' }),
      kaggleRow({ 'App ID': '5', Name: 'The Elder Scrolls V - Skyrim Demo' }),
      kaggleRow({ 'App ID': '4', Name: 'Twin', 'Positive Reviews': '1' }),
      kaggleRow({ 'App ID': '9', Name: 'TWIN', 'Positive Reviews': '100' }),
    ]
    await importGames(db, [await file(kaggleTable(...catalogue))])
    const lines = [
      '1,"The Elder Scrolls V Skyrim",purchase,1.0,0',
      '1,"The Elder Scrolls V Skyrim",play,273.0,0',
      "1,Sid Meier's Civilization V,purchase,1.0,0",
      '1,Twin,play,0.1,0',
      '1,Fallout 4,purchase,1.0,0',
      '1,Fallout 4,play,87.0,0',
      '2,Spore,purchase,1.0,0',
      '2,Twin,borrow,1.0,0',
    ]
    const [summary] = await importPlayers(db, [await file(lines.join('\n'))])
    expect(await plays()).toEqual(['steam-200k/1 9 6', 'steam-200k/1 8930 0', 'steam-200k/1 72850 16380'])
    expect(summary).toMatchObject({ added: 3, duplicates: 0, bad: 1 })
    expect(summary?.notes).toEqual([
      '3 rows name 2 games that the catalogue does not know; most often: Fallout 4 (2), Spore (1)',
    ])
  })

  it('asks for games first where the catalogue knows no name at all', async () => {
    await expect(importPlayers(db, [await file('1,Spore,purchase,1.0,0')])).rejects.toThrow(
      'import games first',
    )
    expect(await plays()).toEqual([])
  })

  it.each([
    ['with a header', 'user,appid,minutes\nann,10,5\nbob,10,6.6\n'],
    ['with another header', '"steamid","app_id","playtime_minutes"\n"ann","10","5"\n"bob","10","6.6"\n'],
    ['without a header', 'ann,10,5\nbob,10,6.6\n'],
  ])('reads plain CSV %s', async (_, text) => {
    await importPlayers(db, [await file(text)])
    expect(await plays()).toEqual(['csv/ann 10 5', 'csv/bob 10 7'])
  })

  it('keeps the longest playtime of repeated rows, and counts them', async () => {
    const [summary] = await importPlayers(db, [await file('ann,10,5\nann,10,50\nann,10,7\n')])
    expect(summary).toMatchObject({ rows: 1, added: 1, duplicates: 2 })
    expect(await plays()).toEqual(['csv/ann 10 50'])
  })

  it('changes nothing the second time, and takes what a later file says', async () => {
    const source = await file('ann,10,50\nann,20,1\n')
    await importPlayers(db, [source])
    expect(await importPlayers(db, [source])).toMatchObject([{ rows: 2, added: 0, changed: 0 }])
    expect(await importPlayers(db, [await file('ann,10,40\nann,30,1\n')])).toMatchObject([
      { rows: 2, added: 1, changed: 1 },
    ])
    expect(await plays()).toEqual(['csv/ann 10 40', 'csv/ann 20 1', 'csv/ann 30 1'])
  })

  it('leaves the tables as they were when a file is truncated', async () => {
    await importPlayers(db, [await file('ann,10,50\n')])
    const lines = Array.from({ length: 20_000 }, (_, row) => `player${row},${1 + (row % 977)},${row}`).join(
      '\n',
    )
    const packed = gzipSync(lines)
    await expect(importPlayers(db, [await file(packed.subarray(0, packed.length - 50))])).rejects.toThrow(
      'is truncated',
    )
    expect(await plays()).toEqual(['csv/ann 10 50'])
  })

  it('keeps people apart whose ids are numbers', async () => {
    const lines = ['76561198070234207', '76561198070234201'].map(
      (id) => `{'user_id': 'x', 'steam_id': ${id}, 'items': [{'item_id': 10, 'playtime_forever': 5}]}`,
    )
    await importPlayers(db, [await file(lines.join('\n'))])
    expect(await plays()).toEqual(['ucsd/76561198070234201 10 5', 'ucsd/76561198070234207 10 5'])
  })

  it.each([
    ['7.65612E+16,440,10'],
    ['"7,65612E+16",440,10'],
    ['7.65612e16,440,10'],
    ['76561197960287930.0,440,10'],
    ['ann,1.09172E+06,10'],
    ["{'steam_id': 7.65612e+16, 'items': [{'item_id': '440', 'playtime_forever': 1}]}"],
    ["{'steam_id': 'ann', 'items': [{'item_id': 1.09172e+06, 'playtime_forever': 1}]}"],
  ])('refuses the rounded id of %s with that reason', async (line) => {
    const good = line.startsWith('{')
      ? "{'steam_id': '76561197960287931', 'items': [{'item_id': '10', 'playtime_forever': 1}]}"
      : 'user,appid,minutes\n76561197960287931,10,1'
    const [summary] = await importPlayers(db, [await file(`${good}\n${line}\n`)])
    expect(summary).toMatchObject({ rows: 1, bad: 1 })
    expect(summary?.badLines[0]?.reason).toContain('rounded')
    await expect(importPlayers(db, [await file(`${line}\n`)])).rejects.toThrow('rounded')
  })

  it.each([
    ['a spreadsheet', (id: string) => `${id.slice(0, 15)}00`],
    ['a JSON number', (id: string) => String(Number(id))],
  ])('refuses a file whose ids %s has rounded, and takes the same with exact ids', async (_, round) => {
    const ids = Array.from({ length: 40 }, (_, at) => String(76561197960287931n + BigInt(at * 7919)))
    const rows = (written: readonly string[]) => written.map((id) => `${id},10,5`).join('\n')
    await expect(importPlayers(db, [await file(rows(ids.map(round)))])).rejects.toThrow('has rounded')
    expect(await plays()).toEqual([])
    await importPlayers(db, [await file(rows(ids))])
    expect(await plays()).toHaveLength(40)
  })

  it('reads the ids that a spreadsheet was told to keep as text', async () => {
    await importPlayers(db, [await file('user,appid,minutes\n"=""76561197960287931""","=""440""",10\n')])
    expect(await plays()).toEqual(['csv/76561197960287931 440 10'])
  })

  it('says so when the file holds games', async () => {
    await expect(importPlayers(db, [await file(kaggleTable(kaggleRow({})))])).rejects.toThrow(
      'holds games; import it with',
    )
  })
})
