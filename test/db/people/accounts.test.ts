import { beforeEach, describe, expect, it } from 'vitest'
import type { SteamId, UserKey } from '../../../core/ids.ts'
import type { Pending } from '../../../core/players/accounts.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { memoryAccountsAt } from '../../support/fakes/memory-accounts.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId

const db = await testDatabase()
let now = new Date()
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
const claim = (user: UserKey, code: string, steamId = ROBIN): Pending => ({ user, steamId, code })

describe.each([
  ['in memory', () => memoryAccountsAt(() => now)],
  ['in PostgreSQL', () => createAccounts(db, () => now)],
])('accounts %s', (_where, open) => {
  let accounts = open()
  beforeEach(async () => {
    now = new Date()
    accounts = open()
    await db.deleteFrom('warehouse.link').execute()
    await db.deleteFrom('warehouse.person').execute()
  })

  it('remember the language that somebody chose, and the last one', async () => {
    expect(await accounts.locale('discord:1')).toBeUndefined()
    await accounts.setLocale('discord:1', 'ko')
    await accounts.setLocale('discord:1', 'en')
    await accounts.setLocale('discord:2', 'ko')
    expect(await accounts.locale('discord:1')).toBe('en')
  })

  it('hold a link that is not proven until its code is used', async () => {
    const pending = claim('discord:1', 'a')
    expect(await accounts.startLink(pending, minutes(15))).toBe('started')
    expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: false })
    expect(await accounts.pending({ user: 'discord:1' })).toEqual(pending)
    expect(await accounts.pending({ code: 'a' })).toEqual(pending)
    expect(await accounts.prove(pending)).toBe('proven')
    expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: true })
  })

  it('take a code once, and only while it is good', async () => {
    await accounts.startLink(claim('discord:1', 'a'), minutes(15))
    now = minutes(15)
    expect(await accounts.pending({ code: 'a' })).toBeUndefined()
    expect(await accounts.prove(claim('discord:1', 'a'))).toBe('expired')
    await accounts.startLink(claim('discord:1', 'b'), minutes(15))
    expect(await accounts.prove(claim('discord:1', 'a'))).toBe('expired')
    expect(await accounts.prove(claim('discord:1', 'b'))).toBe('proven')
    expect(await accounts.prove(claim('discord:1', 'b'))).toBe('expired')
    expect(await accounts.pending({ code: 'b' })).toBeUndefined()
  })

  it('take no code for another account or another person than it was made for', async () => {
    await accounts.startLink(claim('discord:1', 'a'), minutes(15))
    expect(await accounts.prove(claim('discord:1', 'a', MARIAN))).toBe('expired')
    expect(await accounts.prove(claim('discord:2', 'a'))).toBe('expired')
    expect(await accounts.pending({ user: 'discord:2' })).toBeUndefined()
  })

  it('let nobody squat: a proof displaces what others only said', async () => {
    await accounts.startLink(claim('discord:1', 'a'), minutes(15))
    await accounts.startLink(claim('slack:T.2', 'b'), minutes(15))
    await accounts.startLink(claim('discord:3', 'c', MARIAN), minutes(15))
    expect(await accounts.prove(claim('slack:T.2', 'b'))).toBe('proven')
    expect(await accounts.link('discord:1')).toBeUndefined()
    expect(await accounts.prove(claim('discord:1', 'a'))).toBe('taken')
    expect(await accounts.link('discord:3')).toEqual({ steamId: MARIAN, proven: false })
  })

  it('refuse an account that somebody else has proven, until they unlink it', async () => {
    await accounts.startLink(claim('discord:1', 'a'), minutes(15))
    await accounts.prove(claim('discord:1', 'a'))
    expect(await accounts.startLink(claim('discord:2', 'b'), minutes(15))).toBe('taken')
    expect(await accounts.link('discord:2')).toBeUndefined()
    expect(await accounts.unlink('discord:1')).toBe(true)
    expect(await accounts.unlink('discord:1')).toBe(false)
    expect(await accounts.startLink(claim('discord:2', 'b'), minutes(15))).toBe('started')
  })

  it('replace what was only said, and keep what was proven', async () => {
    await accounts.startLink(claim('discord:1', 'a', MARIAN), minutes(15))
    await accounts.startLink(claim('discord:1', 'b'), minutes(15))
    expect(await accounts.pending({ code: 'a' })).toBeUndefined()
    await accounts.prove(claim('discord:1', 'b'))
    expect(await accounts.startLink(claim('discord:1', 'c', MARIAN), minutes(15))).toBe('proven')
    expect(await accounts.startLink(claim('discord:1', 'd'), minutes(15))).toBe('proven')
    expect(await accounts.link('discord:1')).toEqual({ steamId: ROBIN, proven: true })
  })

  it('give an account to one of many who prove it at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const claims = Array.from({ length: 8 }, (_, i) => claim(`discord:${i}`, `code ${i}`))
      for (const one of claims) await accounts.startLink(one, minutes(15))
      const outcomes = await Promise.all(claims.map((one) => accounts.prove(one)))
      expect(outcomes.filter((outcome) => outcome === 'proven')).toHaveLength(1)
      const linked = await Promise.all(claims.map((one) => accounts.link(one.user)))
      expect(linked.filter(Boolean)).toEqual([{ steamId: ROBIN, proven: true }])
      for (const one of claims) await accounts.unlink(one.user)
    }
  })
})
