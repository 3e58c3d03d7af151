import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSample, sampleLibraries } from '../../../../db/import/sample/sample.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const folder = path.resolve(import.meta.dirname, '../../../../db/sample')

beforeAll(() => loadSample(db, () => {}))

const fingerprint = async () =>
  (
    await sql<{ hash: string; rows: number }>`
      select md5(string_agg(concat_ws(' ', key, appid, minutes), ',' order by key, appid)) as hash, count(*)::int as rows
      from warehouse.interaction join warehouse.player on player.id = player_id where synthetic`.execute(db)
  ).rows[0]

describe('the sample', () => {
  it('is small, and its licence stands beside it', async () => {
    expect((await stat(path.join(folder, 'free_games.jsonl.gz'))).size).toBeLessThan(1_400_000)
    const licence = await readFile(path.join(folder, 'LICENSE.free-steam-games-list'), 'utf8')
    expect(licence).toContain('MIT License\n\nCopyright (c) 2025 poli0981')
  })

  it('has 1,826 indie games, all of them free, and no review counts', async () => {
    const { rows } = await sql`
      select count(*)::int as games, count(*) filter (where indie)::int as indie, count(*) filter (where price_cents = 0 and currency = 'USD')::int as free,
        count(positive)::int as counts, count(*) filter (where genres <> '{}')::int as genres,
        count(*) filter (where source <> 'sample')::int as others, count(*) filter (where indie and mature)::int > 0 as mature
      from warehouse.game`.execute(db)
    expect(rows).toEqual([
      { games: 3423, indie: 1826, free: 3423, counts: 0, genres: 0, others: 0, mature: true },
    ])
  })

  it('has players who are all marked as synthetic and own plausible libraries', async () => {
    const { rows } = await sql`
      select count(*)::int as players, bool_and(synthetic) as synthetic, min(size)::int as least, max(size)::int as most
      from warehouse.player join (
        select player_id, count(*) as size from warehouse.interaction group by player_id
      ) as library on player_id = player.id`.execute(db)
    expect(rows).toEqual([{ players: 3000, synthetic: true, least: 20, most: 120 }])
  })

  it('has players with tastes: who owns a visual novel owns more of them', async () => {
    const { rows } = await sql<{ lift: number }>`
      with novel as (select appid from warehouse.game where tags ? 'Visual Novel'),
      share as (
        select player_id, avg((appid in (select appid from novel))::int) as novels from warehouse.interaction group by 1
      )
      select (avg(novels * novels) / avg(novels) ^ 2)::float as lift from share`.execute(db)
    expect(rows[0]?.lift).toBeGreaterThan(1.5)
  })

  it('is the same whenever it is loaded', async () => {
    const before = await fingerprint()
    await loadSample(db, () => {})
    expect(await fingerprint()).toEqual(before)
    expect(before?.rows).toBeGreaterThan(100_000)
  })
})

describe('the sample libraries', () => {
  const libraries = sampleLibraries()

  it('are five, each of two dozen games of its taste', () => {
    expect(libraries.map(({ name }) => name)).toEqual([
      'a strategy player',
      'a horror fan',
      'a visual novel reader',
      'a platformer player',
      'a card player',
    ])
    for (const { games } of libraries) expect(new Set(games.map(({ game }) => game)).size).toBe(24)
  })

  it('hold nothing mature, ascend by number and never change', async () => {
    for (const { games } of libraries) {
      expect(games).toEqual(games.toSorted((a, b) => a.game - b.game))
      const ids = games.map(({ game }) => game)
      const mature = await db
        .selectFrom('warehouse.game')
        .select('appid')
        .where('appid', 'in', ids)
        .where('mature', '=', true)
        .execute()
      expect(mature).toEqual([])
    }
    expect(sampleLibraries()).toEqual(libraries)
  })
})
