import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ChannelKey, gameId, type PlaceKey } from '../../../core/ids.ts'
import { MAX_BLOCKED, type PlaceChange, UNSET } from '../../../core/places/place.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { createPlaces } from '../../../db/people/places.ts'
import { createRecords } from '../../../db/people/records.ts'
import { memoryAccountsAt } from '../../support/fakes/memory-accounts.ts'
import { memoryPlaces } from '../../support/fakes/memory-places.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const HERE: PlaceKey = 'discord:5'
const NOTHING: PlaceChange = {
  ...{ locale: undefined, currency: undefined, mature: undefined, channels: undefined },
  ...{ block: [], unblock: [] },
}

const db = await testDatabase()

function inMemory() {
  const accounts = memoryAccountsAt(() => new Date())
  return { accounts, places: memoryPlaces({}, accounts) }
}

const games = (...ids: number[]) => ids.map(gameId)
const upTo = (count: number) => games(...Array.from({ length: count }, (_, at) => at + 1))

describe.each([
  ['in memory', inMemory],
  ['in PostgreSQL', () => ({ accounts: createAccounts(db), places: createPlaces(db) })],
])('places %s', (_where, open) => {
  let { accounts, places } = open()
  const save = (change: Partial<PlaceChange>, place: PlaceKey = HERE) =>
    places.save({ place, change: { ...NOTHING, ...change }, own: undefined })

  beforeEach(async () => {
    await db.deleteFrom('warehouse.place').execute()
    await db.deleteFrom('warehouse.person').execute()
    const opened = open()
    accounts = opened.accounts
    places = opened.places
  })

  it('have nothing set until somebody sets it', async () => {
    expect(await places.settings(HERE)).toEqual(UNSET)
    expect(await save({})).toEqual(UNSET)
  })

  it('keep what is changed, and leave the rest as it was', async () => {
    const channels: ChannelKey[] = ['discord:2', 'discord:1']
    await save({ locale: 'ko', currency: 'KRW', channels })
    await save({ mature: true, block: games(620, 70, 620) })
    const all = { ...UNSET, locale: 'ko', currency: 'KRW', channels, mature: true, blocked: games(70, 620) }
    expect(await places.settings(HERE)).toEqual(all)
    expect(await save({ mature: false })).toEqual({ ...all, mature: false })
    expect(await save({ channels: [], locale: 'none', currency: 'none' })).toEqual({
      ...UNSET,
      blocked: games(70, 620),
    })
  })

  it('keep each their own', async () => {
    await save({ locale: 'ko', mature: true, block: games(620) })
    await save({ block: games(70) }, 'slack:T1')
    expect(await places.settings('discord:55')).toEqual(UNSET)
    expect(await places.settings('slack:T1')).toEqual({ ...UNSET, blocked: games(70) })
  })

  it('block a game once, and unblock what was blocked or was not', async () => {
    await save({ block: games(1, 2) })
    await save({ block: games(2, 3) })
    expect((await places.settings(HERE)).blocked).toEqual(games(1, 2, 3))
    await save({ block: games(4, 5), unblock: games(2, 4, 9) })
    expect((await places.settings(HERE)).blocked).toEqual(games(1, 3, 5))
  })

  it('save all of it or nothing, the language of whoever asked as well', async () => {
    const own = { user: 'discord:1', locale: 'ko' } as const
    await save({ block: upTo(MAX_BLOCKED - 1) })
    const change = { ...NOTHING, mature: true, block: games(1000, 1001) }
    expect(await places.save({ place: HERE, change, own })).toBe('too-many-blocked')
    expect(await places.settings(HERE)).toEqual({ ...UNSET, blocked: upTo(MAX_BLOCKED - 1) })
    expect(await accounts.locale('discord:1')).toBeUndefined()
    const fits = { ...change, unblock: games(1) }
    expect(await places.save({ place: HERE, change: fits, own })).toMatchObject({ mature: true })
    expect((await places.settings(HERE)).blocked).toHaveLength(MAX_BLOCKED)
    expect(await accounts.locale('discord:1')).toBe('ko')
  })

  it('block no more than the bound, however many block at once', async () => {
    await save({ block: upTo(MAX_BLOCKED - 3) })
    const others = games(...Array.from({ length: 8 }, (_, at) => 2000 + at))
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.all(others.map((game) => save({ block: [game] })))
      expect(outcomes.filter((outcome) => outcome === 'too-many-blocked')).toHaveLength(5)
      expect((await places.settings(HERE)).blocked).toHaveLength(MAX_BLOCKED)
      await save({ unblock: others })
    }
  })

  it('hold what a model of them holds, whatever is changed', async () => {
    const change = fc.record({
      locale: fc.constantFrom('en', 'ko', 'none', undefined),
      currency: fc.constantFrom('KRW', 'USD', 'none', undefined),
      mature: fc.constantFrom(true, false, undefined),
      channels: fc.option(
        fc.uniqueArray(fc.constantFrom<ChannelKey>('slack:T1.C1', 'slack:T1.C2', 'slack:T1.C3')),
        { nil: undefined },
      ),
      block: fc.array(fc.integer({ min: 1, max: 5 }).map(gameId)),
      unblock: fc.array(fc.integer({ min: 1, max: 5 }).map(gameId)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 4 }), async (changes) => {
        await db.deleteFrom('warehouse.place').execute()
        const opened = open().places
        let expected = UNSET
        for (const each of changes) {
          const blocked = new Set([...expected.blocked, ...each.block])
          for (const game of each.unblock) blocked.delete(game)
          expected = {
            currency: each.currency === 'none' ? undefined : (each.currency ?? expected.currency),
            locale: each.locale === 'none' ? undefined : (each.locale ?? expected.locale),
            mature: each.mature ?? expected.mature,
            channels: each.channels ?? expected.channels,
            blocked: [...blocked].sort((a, b) => a - b),
          }
          expect(await opened.save({ place: 'slack:T1', change: each, own: undefined })).toEqual(expected)
        }
        expect(await opened.settings('slack:T1')).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a place that removed the app', () => {
  const places = createPlaces(db)
  const stored = async () => {
    const rows = db.selectFrom('warehouse.place').select('place_key').orderBy('place_key')
    return (await rows.execute()).map(({ place_key }) => place_key)
  }

  beforeEach(async () => {
    await db.deleteFrom('warehouse.place').execute()
    for (const place of ['discord:5', 'discord:55', 'slack:T1', 'slack:T12'] as const)
      await places.save({ place, change: { ...NOTHING, block: games(620) }, own: undefined })
  })

  it.each(['discord:5', 'slack:T1'] as const)('is forgotten, and no other: %s', async (place) => {
    expect(await createRecords(db).forgetPlace(place)).toEqual([])
    expect(await stored()).toEqual(
      ['discord:5', 'discord:55', 'slack:T1', 'slack:T12'].filter((one) => one !== place),
    )
    const blocked = await db.selectFrom('warehouse.place_blocked_game').select('place_key').execute()
    expect(blocked.map(({ place_key }) => place_key).sort()).toEqual(await stored())
    expect(await places.settings(place)).toEqual(UNSET)
  })

  it('leaves the people of a server what is theirs, who are not tied to it', async () => {
    await createAccounts(db).setLocale('discord:5', 'ko')
    await createAccounts(db).setLocale('discord:6', 'ko')
    await createRecords(db).forgetPlace('discord:5')
    expect(await createAccounts(db).locale('discord:5')).toBe('ko')
    expect(await createAccounts(db).locale('discord:6')).toBe('ko')
  })
})
