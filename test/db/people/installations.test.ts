import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createInstallations } from '../../../db/people/installations.ts'
import { createSeal, Unopened } from '../../../db/people/seal.ts'
import type { Db } from '../../../db/postgres/connect.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const [old, present] = [randomBytes(32), randomBytes(32)]
const TOKEN = 'xoxb-17653672481-a-secret'

let db: Db
const by = (...keys: readonly Buffer[]) => createInstallations(db, createSeal(keys))
const soon = () => new Date(Date.now() + 1000)

beforeAll(async () => {
  db = await testDatabase()
})

beforeEach(() => db.deleteFrom('warehouse.slack_installation').execute())

const stored = async () =>
  JSON.stringify(await db.selectFrom('warehouse.slack_installation').selectAll().execute())

describe('an installation', () => {
  it('is kept without its token in the clear', async () => {
    const installations = by(present)
    await installations.save({ team: 'T111', token: TOKEN, scopes: ['commands'] })
    expect(await installations.tokenOf('T111')).toBe(TOKEN)
    expect(await installations.tokenOf('T222')).toBeUndefined()
    const [row] = await db.selectFrom('warehouse.slack_installation').selectAll().execute()
    expect(row?.token.toString('latin1')).not.toContain('secret')
    expect(await stored()).not.toContain('xoxb')
  })

  it('replaces the one before', async () => {
    const installations = by(present)
    await installations.save({ team: 'T111', token: TOKEN, scopes: ['commands'] })
    await installations.save({ team: 'T111', token: 'xoxb-2', scopes: ['commands', 'chat:write'] })
    expect(await installations.tokenOf('T111')).toBe('xoxb-2')
    expect(await installations.survey()).toEqual({
      workspaces: [{ scopes: ['commands', 'chat:write'] }],
      unreadable: 0,
    })
  })

  it('of one workspace does not speak for another, also where somebody has moved it in the database', async () => {
    const installations = by(present)
    await installations.save({ team: 'T111', token: TOKEN, scopes: [] })
    await db.updateTable('warehouse.slack_installation').set({ team: 'T222' }).execute()
    await expect(installations.tokenOf('T222')).rejects.toThrow(Unopened)
  })

  it('is removed, unless the workspace has installed the app again since', async () => {
    const installations = by(present)
    await installations.save({ team: 'T111', token: TOKEN, scopes: [] })
    await installations.remove('T111', new Date(Date.now() - 60_000))
    expect(await installations.tokenOf('T111')).toBe(TOKEN)
    await installations.remove('T222', soon())
    await installations.remove('T111', soon())
    expect(await installations.tokenOf('T111')).toBeUndefined()
  })
})

describe('another key', () => {
  it('takes over at once what an older one has encrypted, and the older one may go', async () => {
    await by(old).save({ team: 'T111', token: TOKEN, scopes: [] })
    await by(old).save({ team: 'T222', token: 'xoxb-2', scopes: [] })
    const both = by(present, old)
    expect(await both.tokenOf('T111')).toBe(TOKEN)
    expect(await both.renew()).toBe(2)
    expect(await both.renew()).toBe(0)
    expect(await by(present).tokenOf('T111')).toBe(TOKEN)
    expect(await by(present).tokenOf('T222')).toBe('xoxb-2')
    await expect(by(old).tokenOf('T111')).rejects.toThrow(Unopened)
  })

  it('alone leaves what it cannot read as it is, and says how many', async () => {
    await by(old).save({ team: 'T111', token: TOKEN, scopes: [] })
    const before = await stored()
    expect(await by(present).renew()).toBe(0)
    expect(await by(present).survey()).toMatchObject({ unreadable: 1 })
    expect(await stored()).toBe(before)
  })
})
