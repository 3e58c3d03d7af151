import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createRowReader } from '../../../db/postgres/copy-rows.ts'
import { readInteractions } from '../../../db/training/interactions.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

afterEach(() => db.deleteFrom('warehouse.player').execute())

async function storePlayer(key: string, synthetic: boolean, plays: Record<number, number>): Promise<number> {
  const { id } = await db
    .insertInto('warehouse.player')
    .values({ source: 'test', key, synthetic })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = Object.entries(plays).map(([appid, minutes]) => ({
    player_id: id,
    appid: Number(appid),
    minutes,
  }))
  if (rows.length > 0) await db.insertInto('warehouse.interaction').values(rows.reverse()).execute()
  return id
}

describe('the training rows', () => {
  it('come by player and game', async () => {
    const one = await storePlayer('one', false, { 30: 3, 10: 1 })
    await storePlayer('none', false, {})
    const two = await storePlayer('two', false, { 2147483647: 2_147_483_647, 20: 0, 10: 5 })
    expect(await readInteractions(db)).toEqual({
      offsets: Uint32Array.of(0, 2, 5),
      games: Int32Array.of(10, 30, 10, 20, 2_147_483_647),
      minutes: Int32Array.of(1, 3, 5, 0, 2_147_483_647),
      players: Int32Array.of(one, two),
      duplicates: 0,
      synthetic: false,
    })
  })

  it.each([0, 1, 3, 9, 50, 299])('are of synthetic players too beside %i real ones', async (count) => {
    await storePlayer('made', true, { 10: 1 })
    for (let at = 0; at < count; at++) await storePlayer(`real ${at}`, false, { 10: 1 })
    const { synthetic, players } = await readInteractions(db)
    expect({ synthetic, players: players.length }).toEqual({ synthetic: true, players: count + 1 })
  })

  it('are of real players alone where there are 300 of them', async () => {
    await storePlayer('made', true, { 10: 1 })
    for (let at = 0; at < 300; at++) await storePlayer(`real ${at}`, false, { 20: 2 })
    const { synthetic, players, games } = await readInteractions(db)
    expect({ synthetic, players: players.length }).toEqual({ synthetic: false, players: 300 })
    expect(new Set(games)).toEqual(new Set([20]))
  })

  it('are none in an empty database', async () => {
    expect(await readInteractions(db)).toMatchObject({ offsets: Uint32Array.of(0), synthetic: false })
  })

  it('tell how far the reading is', async () => {
    await storePlayer('one', false, { 10: 1, 20: 2 })
    const progress: [number, number][] = []
    await readInteractions(db, { onProgress: (done, total) => progress.push([done, total]) })
    expect(progress.at(-1)).toEqual([2, 2])
  })
})

describe('copied rows', () => {
  const integer = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

  it('are the same wherever the chunks end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(integer, integer, integer)),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          const copied = encode(rows)
          const read: number[][] = []
          const take = createRowReader((...row) => read.push(row))
          for (let at = 0; at < copied.length; at += size) take(copied.subarray(at, at + size))
          expect(read).toEqual(rows)
        },
      ),
    )
  })

  it('of another shape are refused', () => {
    const copied = encode([[1, 2, 3]])
    copied.writeInt16BE(2, 19)
    expect(() => createRowReader(() => {})(copied)).toThrow('3 fields')
  })
})

/** As PostgreSQL's manual describes it: signature, flags, extension, rows, trailer. */
function encode(rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
  const encoded = rows.map((row) => {
    const buffer = Buffer.alloc(2 + row.length * 8)
    buffer.writeInt16BE(row.length, 0)
    for (const [at, value] of row.entries()) {
      buffer.writeInt32BE(4, 2 + at * 8)
      buffer.writeInt32BE(value, 6 + at * 8)
    }
    return buffer
  })
  return Buffer.concat([header, ...encoded, Buffer.from([0xff, 0xff])])
}
