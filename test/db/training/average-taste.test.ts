import { beforeEach, describe, expect, it } from 'vitest'
import { readAverageTaste } from '../../../db/catalogue/average-taste.ts'
import { refreshAverageTaste } from '../../../db/training/average-taste.ts'
import { testDatabase } from '../../support/postgres/database.ts'
import { storeGames } from '../../support/postgres/stored-games.ts'

const db = await testDatabase()

/** Minutes by game. */
async function storePlayer(
  key: string,
  synthetic: boolean,
  games: Readonly<Record<number, number>>,
): Promise<void> {
  const { id } = await db
    .insertInto('warehouse.player')
    .values({ source: 'test', key, synthetic })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = Object.entries(games).map(([appid, minutes]) => ({
    player_id: id,
    appid: Number(appid),
    minutes,
  }))
  await db.insertInto('warehouse.interaction').values(rows).execute()
}

async function averageOf(name: string) {
  await refreshAverageTaste(db)
  return (await readAverageTaste(db)).tag.get(name)
}

beforeEach(async () => {
  await db.deleteFrom('warehouse.player').execute()
  await db.deleteFrom('warehouse.game').execute()
  await storeGames(
    db,
    { appid: 1, tags: { Roguelike: 9, Pixel: 2 }, genres: ['Indie'] },
    { appid: 2, tags: { Racing: 5 }, genres: ['Indie', 'Sports'], indie: false },
    { appid: 3 },
  )
})

describe('the average taste', () => {
  it('is the mean of the players’ shares, each counting alike however much they own', async () => {
    await storePlayer('one', false, { 1: 30, 2: 10, 3: 999, 77: 999 })
    await storePlayer('two', false, { 2: 1 })
    await refreshAverageTaste(db)
    const { tag, genre } = await readAverageTaste(db)
    expect(tag.get('Roguelike')).toEqual({ played: 0.375, owned: 0.25 })
    expect(tag.get('Pixel')).toEqual({ played: 0.375, owned: 0.25 })
    expect(tag.get('Racing')).toEqual({ played: 0.625, owned: 0.75 })
    expect(genre.get('Indie')).toEqual({ played: 1, owned: 1 })
    expect(genre.get('Sports')).toEqual({ played: 0.625, owned: 0.75 })
    expect(genre.has('Roguelike')).toBe(false)
  })

  it('counts the minutes of those alone who show them', async () => {
    await storePlayer('hidden', false, { 1: 0 })
    await storePlayer('shown', false, { 2: 5 })
    expect(await averageOf('Racing')).toEqual({ played: 1, owned: 0.5 })
    expect(await averageOf('Roguelike')).toEqual({ played: 0, owned: 0.5 })
  })

  it('counts the synthetic players beside the first real ones', async () => {
    await storePlayer('made up', true, { 1: 5 })
    expect(await averageOf('Roguelike')).toEqual({ played: 1, owned: 1 })
    await storePlayer('real', false, { 2: 5 })
    expect(await averageOf('Roguelike')).toEqual({ played: 0.5, owned: 0.5 })
  })

  it('is empty where nobody was imported, or nobody shows minutes', async () => {
    expect(await averageOf('Roguelike')).toBeUndefined()
    await storePlayer('hidden', false, { 1: 0 })
    expect(await averageOf('Roguelike')).toEqual({ played: 0, owned: 1 })
  })

  it('can be counted by several at once', async () => {
    await storePlayer('one', false, { 1: 5 })
    await Promise.all([refreshAverageTaste(db), refreshAverageTaste(db)])
    expect(await averageOf('Roguelike')).toEqual({ played: 1, owned: 1 })
  })
})
