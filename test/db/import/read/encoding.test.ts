import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { importBlocklist } from '../../../../db/import/blocklist.ts'
import { importGames } from '../../../../db/import/games/games.ts'
import { asUtf8, decodeText } from '../../../../db/import/read/encoding.ts'
import { file, kaggleRow, kaggleTable, zip } from '../../../support/builders/import-files.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.game').execute()
})

async function names(): Promise<string[]> {
  const rows = await db.selectFrom('warehouse.game').select('name').orderBy('appid').execute()
  return rows.map(({ name }) => name)
}

const TABLE = kaggleTable(
  kaggleRow({ 'App ID': '10', Name: 'Pokémon’s Café', Tags: 'Été: 5' }),
  kaggleRow({ 'App ID': '20', Name: 'Plain' }),
)
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

describe('a table', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TABLE}`)],
    ['UTF-16 LE', utf16(`\ufeff${TABLE}`)],
    ['UTF-16 BE', utf16(`\ufeff${TABLE}`).swap16()],
    ['UTF-16 LE without a mark', utf16(TABLE)],
    ['UTF-16 BE without a mark', utf16(TABLE).swap16()],
    ['UTF-16 in gzip', gzipSync(utf16(`\ufeff${TABLE}`))],
    ['UTF-16 in a zip', zip({ 'a.csv': utf16(`\ufeff${TABLE}`) })],
  ])('in %s is read rightly', async (_, bytes) => {
    await importGames(db, [await file(bytes)])
    expect(await names()).toEqual(['Pokémon’s Café', 'Plain'])
  })

  it.each([
    [
      'Latin-1 or Windows-1252',
      Buffer.from(TABLE.replace('’', "'"), 'latin1'),
      'not UTF-8 (perhaps Windows-1252',
    ],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'in UTF-32'],
    ['damaged UTF-16', Buffer.concat([utf16(`\ufeff${TABLE}`), Buffer.from([0x3d, 0xd8])]), 'damaged UTF-16'],
  ])('in %s is refused by name, and nothing is stored', async (_, bytes, reason) => {
    await expect(importGames(db, [await file(bytes)])).rejects.toThrow(reason)
    expect(await names()).toEqual([])
  })

  it('loses only the lines that are damaged where the others are UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(TABLE),
      Buffer.from(kaggleRow({ 'App ID': '30', Name: 'Caf\xe9' }), 'latin1'),
    ])
    const [summary] = await importGames(db, [await file(bytes)])
    expect(summary).toMatchObject({ rows: 2, bad: 1, badLines: [{ line: 4 }] })
    expect(summary?.badLines[0]?.reason).toContain('not UTF-8')
  })

  it('stores no letter that was lost before', async () => {
    const rows = kaggleTable(
      kaggleRow({ 'App ID': '10', Name: 'Caf\ufffd' }),
      kaggleRow({
        'App ID': '20',
        Name: 'Plain',
        Tags: 'T\ufffdg: 5, Tag: 4',
        'Short Description': 'Lost \ufffd one',
      }),
    )
    const [summary] = await importGames(db, [await file(rows)])
    expect(summary?.badLines).toMatchObject([{ line: 2, reason: 'some of the name was lost (U+FFFD)' }])
    const [game] = await db.selectFrom('warehouse.game').select(['name', 'tags', 'description']).execute()
    expect(game).toEqual({ name: 'Plain', tags: { Tag: 4 }, description: 'Lost one' })
  })

  it.each(['1.09172E+06', '1,09172e+06'])('refuses the rounded App ID %s with that reason', async (id) => {
    const rows = kaggleTable(kaggleRow({ 'App ID': id }), kaggleRow({ 'App ID': '20' }))
    const [summary] = await importGames(db, [await file(rows)])
    expect(summary?.badLines[0]?.reason).toContain('rounded')
  })
})

it('refuses a rounded appid of a blocklist with that reason', async () => {
  const [summary] = await importBlocklist(db, [await file('1.09172E+06,no\n440,yes\n')])
  expect(summary?.badLines[0]?.reason).toContain('rounded')
})

it('gives any text back that was written in UTF-8 or UTF-16, wherever its chunks end', async () => {
  const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 2 })
  const text = fc.tuple(ascii, fc.string({ unit: 'grapheme' })).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(text, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (written, isBig, size) => {
      const bytes = isBig ? utf16(`\ufeff${written}`).swap16() : utf16(`\ufeff${written}`)
      async function* chunks() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const read = await Array.fromAsync(asUtf8(chunks(), 'text'))
      expect(Buffer.concat(read).toString()).toBe(written)
      expect(decodeText(bytes)).toBe(written)
    }),
  )
})
