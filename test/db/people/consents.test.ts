import { beforeEach, expect, it } from 'vitest'
import type { SteamId, UserKey } from '../../../core/ids.ts'
import { createConsents } from '../../../db/people/consents.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId
const JOHN = '76561197960287932' as SteamId

const db = await testDatabase()
let at = new Date('2026-11-29T09:00:00Z')
const consents = createConsents(db, () => at)

async function link(user: UserKey, steamId: SteamId, proven: boolean): Promise<void> {
  const row = { user_key: user, steam_id: steamId, proven_at: proven ? at : null }
  await db.insertInto('warehouse.link').values(row).execute()
}

beforeEach(async () => {
  await db.deleteFrom('warehouse.consent').execute()
  await db.deleteFrom('warehouse.link').execute()
})

it('a consent holds for its purpose and its place, until it is taken back', async () => {
  await consents.set('discord:1', 'community', 'discord:7', true)
  await consents.set('discord:1', 'community', 'discord:7', true)
  expect(await consents.of('discord:1', 'discord:7')).toEqual({ community: true, training: false })
  expect(await consents.of('discord:1', 'discord:8')).toEqual({ community: false, training: false })
  expect(await consents.of('discord:1', undefined)).toEqual({ community: false, training: false })
  expect(await consents.of('discord:11', 'discord:7')).toEqual({ community: false, training: false })
  await consents.set('discord:1', 'community', 'discord:8', false)
  expect(await consents.of('discord:1', 'discord:7')).toEqual({ community: true, training: false })
  await consents.set('discord:1', 'community', 'discord:7', false)
  expect(await consents.of('discord:1', 'discord:7')).toEqual({ community: false, training: false })
})

it('a consent to training holds everywhere, wherever it was given', async () => {
  await consents.set('slack:T1.U1', 'training', 'slack:T1', true)
  expect(await consents.of('slack:T1.U1', undefined)).toEqual({ community: false, training: true })
  expect(await consents.of('slack:T1.U1', 'slack:T2')).toEqual({ community: false, training: true })
  await consents.set('slack:T1.U1', 'training', undefined, false)
  expect(await consents.of('slack:T1.U1', 'slack:T1')).toEqual({ community: false, training: false })
})

it('a consent for a community names its place', async () => {
  await expect(consents.set('discord:1', 'community', undefined, true)).rejects.toThrow('names its place')
})

it('a community is those who consented there and have proven their account, the first ones first', async () => {
  const members = ['discord:1', 'discord:2', 'discord:3', 'discord:4'] as const
  for (const user of members) {
    at = new Date(at.getTime() + 1)
    await consents.set(user, 'community', 'discord:7', true)
  }
  await consents.set('discord:5', 'community', 'discord:8', true)
  await consents.set('discord:6', 'training', undefined, true)
  await link('discord:3', ROBIN, true)
  await link('discord:1', MARIAN, true)
  await link('discord:2', JOHN, false)
  await link('discord:5', JOHN, true)
  await link('discord:6', '76561197960287933' as SteamId, true)
  expect(await consents.community('discord:7', 9)).toEqual([MARIAN, ROBIN])
  expect(await consents.community('discord:7', 1)).toEqual([MARIAN])
  expect(await consents.community('discord:9', 9)).toEqual([])
})
