import { Registry } from 'prom-client'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../../../bot/config/config.ts'
import { createClosers } from '../../../../bot/context/closers.ts'
import { createSourceJobs } from '../../../../bot/jobs/steam-sync/jobs.ts'
import { registerSourceMetrics } from '../../../../bot/jobs/steam-sync/metrics.ts'
import { renderFetched } from '../../../../bot/tasks/catalogue.ts'
import { testDatabase } from '../../../support/postgres/database.ts'
import { startSteam } from '../../../support/steam/steam-server.ts'
import { startStore } from '../../../support/steam/store-server.ts'

const db = await testDatabase()

beforeEach(async () => {
  for (const table of ['store_app', 'source', 'game', 'label', 'app_list', 'steam_calls'] as const)
    await db.deleteFrom(`warehouse.${table}`).execute()
})

function jobs(env: Readonly<Record<string, string>>) {
  const context = { config: readConfig(env), log: () => {}, closers: createClosers() }
  return createSourceJobs(context, db, new AbortController().signal)
}

describe('what is fetched from Steam', () => {
  it('is a new game, from the list to the catalogue, and is told to operators', async () => {
    const steam = await startSteam()
    const store = await startStore({ otherwise: () => ({ genres: [{ id: '23', description: 'Indie' }] }) })
    onTestFinished(() => Promise.all([steam.stop(), store.stop()]).then(() => {}))
    steam.list({ appid: 77, modifiedAt: new Date() })
    const { appList, details, upkeep } = jobs({
      STEAM_API_KEY: steam.key,
      STEAM_API_URL: steam.url,
      STEAM_STORE_URL: store.url,
    })
    expect(await appList?.()).toEqual({ pages: 1, apps: 1 })
    expect(await upkeep()).toBe(true)
    expect(await upkeep()).toBe(false)
    expect(await details?.()).toMatchObject({ added: 1 })
    expect(
      await db.selectFrom('warehouse.label').select('name').where('key', '=', 'indie').execute(),
    ).toEqual([])
    await upkeep('now')
    expect(
      await db.selectFrom('warehouse.label').select('name').where('key', '=', 'indie').execute(),
    ).toEqual([{ name: 'Indie' }])
    const registry = new Registry()
    registerSourceMetrics(registry, db)
    const metrics = await registry.metrics()
    expect(metrics).toMatch(/source_last_success_timestamp_seconds\{source="details"\} \d+/)
    expect(metrics).toContain('steam_calls_today{for="nobody"} 1')
    expect(metrics).toContain('store_pages_waiting{why="fresh"} 0')
    expect([...steam.violations, ...store.violations]).toEqual([])
  })

  it('needs a key, but for the pages of the store, and can be switched off', () => {
    const without = jobs({})
    expect([without.appList, without.libraries, typeof without.details]).toEqual([
      undefined,
      undefined,
      'function',
    ])
    const off = jobs({ STEAM_API_KEY: 'A'.repeat(32), STEAM_CALLS_PER_DAY: '0', STORE_CALLS_PER_MINUTE: '0' })
    expect([off.appList, off.libraries, off.details]).toEqual([undefined, undefined, undefined])
  })

  it('is not asked for faster than the store allows', () => {
    for (const calls of ['40', '-1', 'many'])
      expect(() => readConfig({ STORE_CALLS_PER_MINUTE: calls })).toThrow('STORE_CALLS_PER_MINUTE')
    expect(readConfig({}).steam).toMatchObject({ storeCallsPerMinute: 37, callsPerDay: 100_000 })
  })

  it('says what new games lack', () => {
    const none = { added: 0, changed: 1, same: 0, 'passed-on': 0, 'no-page': 2, garbled: 0 }
    expect(renderFetched(none, 5)).toBe(
      'Pages of the store: 0 games new, 1 changed, 0 as they were, 2 without a page, 0 unreadable; 5 wait.',
    )
    expect(renderFetched({ ...none, added: 1 }, 5)).toContain('no tags and no reviews')
  })
})
