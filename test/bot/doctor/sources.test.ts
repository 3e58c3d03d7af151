import { beforeEach, describe, expect, it } from 'vitest'
import { catalogueRefreshCheck, libraryRefreshCheck } from '../../../bot/doctor/sources.ts'
import { renderFinding, runCheck } from '../../../bot/platform/finding.ts'
import { SteamFailure } from '../../../core/steam/steam-failure.ts'
import { createSources } from '../../../db/ingest/syncs.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const sources = createSources(db)
const ON = { apiKey: 'key', callsPerDay: 100_000, storeCallsPerMinute: 37 }

beforeEach(async () => {
  await db.deleteFrom('warehouse.source').execute()
  await db.deleteFrom('warehouse.store_app').execute()
})

const catalogue = async (steam: Parameters<typeof catalogueRefreshCheck>[1] = ON) =>
  renderFinding(await runCheck('catalogue refresh', catalogueRefreshCheck(db, steam)))
const libraries = async (steam: Parameters<typeof catalogueRefreshCheck>[1] = ON) =>
  renderFinding(await runCheck('library refresh', libraryRefreshCheck(db, steam)))

describe('the doctor', () => {
  it('tells how many pages wait and when the store and its list last answered', async () => {
    const apps = [0, 0, 1, 3].map((priority, at) => ({ appid: at + 1, priority }))
    await db.insertInto('warehouse.store_app').values(apps).execute()
    await sources.succeeded('details', new Date('2026-11-26T04:00:00Z'))
    expect(await catalogue()).toBe(
      '✓ catalogue refresh: 4 pages of the store wait (2 wanted, 1 new, 0 shown); ' +
        'one was read at 2026-11-26T04:00:00.000Z; the list of apps was read never',
    )
    expect(await catalogue({ ...ON, apiKey: undefined })).toContain(
      'the list of apps is off → set STEAM_API_KEY',
    )
    expect(await catalogue({ ...ON, storeCallsPerMinute: 0 })).toMatch(/^– .*STORE_CALLS_PER_MINUTE=0/)
  })

  it('finds a store ill that blocks us, until it answers again', async () => {
    const failure = new SteamFailure('away', 'api/appdetails answered 403')
    await sources.failed('details', failure, new Date(), () => 60_000)
    expect(await catalogue()).toMatch(/^✗ .*api\/appdetails answered 403: paused until 20/)
    await sources.succeeded('details', new Date())
    expect(await catalogue()).toMatch(/^✓/)
  })

  it('tells who agreed, and why their libraries are not refreshed', async () => {
    expect(await libraries()).toBe('✓ library refresh: 0 agreed, 0 overdue; 0 of 100000 calls used today')
    expect(await libraries({ ...ON, apiKey: undefined })).toBe(
      '– library refresh: off; 0 agreed → set STEAM_API_KEY',
    )
    await sources.failed('libraries', new SteamFailure('key', 'it answered 403'), new Date(), () => 60_000)
    expect(await libraries()).toMatch(/^✗ .*it answered 403/)
  })
})
