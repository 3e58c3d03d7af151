import { beforeEach, describe, expect, it } from 'vitest'
import { importBlocklist } from '../../../db/import/blocklist.ts'
import { file } from '../../support/builders/import-files.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.blocked_game').execute()
})

const blocked = () =>
  db.selectFrom('warehouse.blocked_game').select(['appid', 'reason']).orderBy('appid').execute()

describe('importing a blocklist', () => {
  it.each([
    ['numbers alone', '20\n10\n'],
    ['a header and remarks', 'appid\n# noisy\n10\n20\n'],
  ])('reads %s', async (_, text) => {
    await importBlocklist(db, [await file(text)])
    expect(await blocked()).toEqual([
      { appid: 10, reason: null },
      { appid: 20, reason: null },
    ])
  })

  it('keeps a known reason, takes a newer one and changes nothing the second time', async () => {
    await importBlocklist(db, [await file('10,"spam, mostly"\n20,old\n')])
    const source = await file('10\n20,new\nx\n30,first\n30,last\n')
    expect(await importBlocklist(db, [source])).toMatchObject([
      { rows: 3, added: 1, changed: 1, duplicates: 1, bad: 1 },
    ])
    expect(await importBlocklist(db, [source])).toMatchObject([{ added: 0, changed: 0 }])
    expect(await blocked()).toEqual([
      { appid: 10, reason: 'spam, mostly' },
      { appid: 20, reason: 'new' },
      { appid: 30, reason: 'last' },
    ])
  })

  it('refuses a file that is none', async () => {
    await expect(importBlocklist(db, [await file('hello\n')])).rejects.toThrow('is in no known format')
  })
})
