import { beforeEach, expect, it } from 'vitest'
import { readGameLabels } from '../../../db/catalogue/game-labels.ts'
import { readNewcomers } from '../../../db/catalogue/newcomers.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { emptyCatalogue, storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()

beforeEach(() => emptyCatalogue(db))

const PRAISED = { positive: 95, negative: 5, tags: { Roguelike: 1 } }
const on = (release_date: string) => ({ release_date, release_precision: 'day' as const })

it('offers well-reviewed indie games with tags that are not known, the newest first', async () => {
  await storeGames(
    db,
    { appid: 1, ...PRAISED, ...on('2020-01-01') },
    { appid: 2, ...PRAISED, ...on('2024-01-01') },
    { appid: 3, ...PRAISED },
    { appid: 4, ...PRAISED, ...on('2025-01-01') },
    { appid: 5, ...PRAISED, ...on('2025-01-01'), indie: false },
    { appid: 6, ...PRAISED, ...on('2025-01-01'), tags: {} },
    { appid: 7, ...PRAISED, ...on('2025-01-01'), positive: 40, negative: 2 },
    { appid: 8, ...PRAISED, ...on('2025-01-01'), positive: 50, negative: 50 },
    { appid: 9, ...PRAISED, ...on('2025-01-01') },
  )
  await db.insertInto('warehouse.blocked_game').values({ appid: 9, reason: null }).execute()
  expect([...(await readNewcomers(db, Int32Array.of(4), 10))]).toEqual([2, 1, 3])
  expect([...(await readNewcomers(db, Int32Array.of(), 2))]).toEqual([4, 2])
})

it('tells what the catalogue says of games, in their order', async () => {
  await storeGames(
    db,
    {
      appid: 10,
      name: 'The Dig 2: Deeper',
      description: "A dig's end",
      tags: { 'Rogue-lite': 3 },
      genres: ['Action'],
      categories: ['Single-player'],
      developers: ['A Studio'],
      publishers: ['B'],
      ...on('2019-11-03'),
    },
    { appid: 20, type: 'dlc' },
  )
  expect(await readGameLabels(db, Int32Array.of(20, 999, 10))).toEqual([
    expect.objectContaining({ indie: false, tag: [] }),
    {},
    {
      indie: true,
      tag: ['rogue-lite'],
      genre: ['action'],
      category: ['single-player'],
      developer: ['a studio'],
      publisher: ['b'],
      release: ['2019 late', '2020 early'],
      'title word': ['the', 'dig', 'deeper'],
      'description word': ['dig', 'end'],
      store: { released: 2019 + 11 / 12 },
    },
  ])
})
