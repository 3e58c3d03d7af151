import { beforeEach, describe, expect, it } from 'vitest'
import type { SteamId, UserKey } from '../../../core/ids.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { createConsents } from '../../../db/people/consents.ts'
import { createRecords } from '../../../db/people/records.ts'
import { AGREED, readInteractions } from '../../../db/training/interactions.ts'
import { ingest, unknownShare } from '../../../db/training/training-data.ts'
import { agree, forgetPlayers, learntOf, storePlayers } from '../../support/jobs/refreshing.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId
const USER: UserKey = 'discord:1'

const db = await testDatabase()
beforeEach(() => forgetPlayers(db))

async function snapshot(steamId: string, games: unknown): Promise<void> {
  await db.deleteFrom('lake.library_snapshot').where('steam_id', '=', steamId).execute()
  const row = { steam_id: steamId, fetched_at: new Date(), games: JSON.stringify(games) }
  await db.insertInto('lake.library_snapshot').values(row).execute()
}

async function say(user: UserKey, appid: number, opinion: 'like' | 'played' | 'skip'): Promise<void> {
  await db.insertInto('warehouse.opinion').values({ user_key: user, appid, opinion }).execute()
}

const library = [
  { game: 10, minutes: 0 },
  { game: 20, minutes: 90.6, name: 'A game' },
]
const learnt = [
  { appid: 10, minutes: 0, said: false },
  { appid: 20, minutes: 91, said: false },
]

describe('what is new in the lake', () => {
  it('is learnt from: the library of a player who has proven their account and agreed', async () => {
    await agree(db, USER, ROBIN)
    await snapshot(ROBIN, library)
    expect(await ingest(db)).toEqual({ players: 1, added: 2, removed: 0, gone: 0 })
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
  })

  it.each([
    ['who has not agreed', { purpose: undefined, proven: true }],
    ['who agreed to something else', { purpose: 'community', proven: true }],
    ['whose link is not proven', { purpose: 'training', proven: false }],
  ] as const)('is not the library of somebody %s', async (_name, { purpose, proven }) => {
    const link = { user_key: USER, steam_id: ROBIN, proven_at: proven ? new Date() : null }
    await db.insertInto('warehouse.link').values(link).execute()
    const consent = { user_key: USER, place_key: purpose === 'community' ? 'discord:5' : '' }
    if (purpose)
      await db
        .insertInto('warehouse.consent')
        .values({ ...consent, purpose })
        .execute()
    await snapshot(ROBIN, library)
    await say(USER, 30, 'like')
    expect(await ingest(db)).toEqual({ players: 0, added: 0, removed: 0, gone: 0 })
    expect(await db.selectFrom('warehouse.player').select('key').execute()).toEqual([])
  })

  it('is nobody’s who merely typed an id', async () => {
    await agree(db, USER, ROBIN)
    await snapshot(MARIAN, library)
    expect(await ingest(db)).toEqual({ players: 0, added: 0, removed: 0, gone: 0 })
  })

  it('comes once, however often it is taken in', async () => {
    await agree(db, USER, ROBIN)
    await snapshot(ROBIN, library)
    await say(USER, 30, 'like')
    await ingest(db)
    expect(await ingest(db)).toEqual({ players: 1, added: 0, removed: 0, gone: 0 })
  })

  it('stands in the place of the library before, of which no snapshot is kept', async () => {
    await agree(db, USER, ROBIN)
    await snapshot(ROBIN, library)
    await ingest(db)
    await db.deleteFrom('lake.library_snapshot').execute()
    expect(await ingest(db)).toEqual({ players: 1, added: 0, removed: 0, gone: 0 })
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
    await snapshot(ROBIN, [
      { game: 20, minutes: 120 },
      { game: 40, minutes: 1 },
    ])
    expect(await ingest(db)).toEqual({ players: 1, added: 1, removed: 1, gone: 0 })
    expect((await learntOf(db, ROBIN)).map(({ appid, minutes }) => [appid, minutes])).toEqual([
      [20, 120],
      [40, 1],
    ])
  })

  it('is cleaned: what is no game with a playtime is left out, and of two the longer counts', async () => {
    await agree(db, USER, ROBIN)
    await snapshot(ROBIN, [
      ...library,
      { game: 20, minutes: 5 },
      { game: 'forty', minutes: 1 },
      { game: 50.5, minutes: 1 },
      { game: 0, minutes: 1 },
      { game: 99_999_999_999, minutes: 1 },
      { game: 60, minutes: -1 },
      { game: 61, minutes: 1e12 },
      { game: 62, minutes: '1' },
      { game: 63 },
      ...[null, 7, 'x', []],
    ])
    await ingest(db)
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
    await snapshot(ROBIN, 'nonsense')
    await ingest(db)
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
  })
})

describe('what was said of games', () => {
  beforeEach(async () => {
    await agree(db, USER, ROBIN)
    await snapshot(ROBIN, library)
  })

  it('counts as a played game that no library lists; what is not wanted says nothing', async () => {
    await say(USER, 30, 'like')
    await say(USER, 40, 'played')
    await say(USER, 50, 'skip')
    await say('discord:2', 60, 'like')
    await ingest(db)
    expect(await learntOf(db, ROBIN)).toEqual([
      ...learnt,
      { appid: 30, minutes: 60, said: true },
      { appid: 40, minutes: 60, said: true },
    ])
  })

  it('does not outdo what Steam says of an owned game', async () => {
    await say(USER, 10, 'played')
    await ingest(db)
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
  })

  it('goes when it is taken back, and is Steam’s once the game is bought', async () => {
    await say(USER, 30, 'like')
    await say(USER, 40, 'like')
    await ingest(db)
    await db.deleteFrom('warehouse.opinion').where('appid', '=', 30).execute()
    await snapshot(ROBIN, [...library, { game: 40, minutes: 7 }])
    expect(await ingest(db)).toEqual({ players: 1, added: 0, removed: 1, gone: 0 })
    expect(await learntOf(db, ROBIN)).toEqual([...learnt, { appid: 40, minutes: 7, said: false }])
  })

  it('is enough by itself, where no library is known', async () => {
    await agree(db, 'discord:2', MARIAN)
    await say('discord:2', 30, 'like')
    await ingest(db)
    expect(await learntOf(db, MARIAN)).toEqual([{ appid: 30, minutes: 60, said: true }])
  })
})

describe('whoever leaves', () => {
  beforeEach(async () => {
    await agree(db, USER, ROBIN)
    await agree(db, 'discord:2', MARIAN)
    for (const id of [ROBIN, MARIAN]) await snapshot(id, library)
    await ingest(db)
    // The same account in a file that an operator has loaded.
    await db.insertInto('warehouse.player').values({ source: 'ucsd', key: ROBIN, synthetic: false }).execute()
  })

  const left = () => db.selectFrom('warehouse.player').select('key').execute()

  it.each([
    ['takes the consent back', () => createConsents(db).set(USER, 'training', undefined, false)],
    ['takes the link away', () => createAccounts(db).unlink(USER)],
    ['has everything forgotten', () => createRecords(db).forget(USER)],
  ])('and %s is out of the training rows at once, and nobody else', async (_name, leave) => {
    await leave()
    expect(await left()).toEqual([{ key: MARIAN }])
    expect(await ingest(db)).toEqual({ players: 1, added: 0, removed: 0, gone: 0 })
    expect(await left()).toEqual([{ key: MARIAN }])
  })

  it('by another way, such as a row deleted by hand, is out with the next refresh', async () => {
    await db.deleteFrom('warehouse.consent').where('user_key', '=', USER).execute()
    expect(await ingest(db)).toMatchObject({ gone: 1, players: 1 })
    expect(await learntOf(db, ROBIN)).toEqual([])
  })

  it('keeps the training rows where another agreement ends', async () => {
    await createConsents(db).set(USER, 'community', 'discord:5', false)
    expect(await learntOf(db, ROBIN)).toEqual(learnt)
  })

  it('with the link agrees to nothing for the next account', async () => {
    await createAccounts(db).unlink(USER)
    await db
      .insertInto('warehouse.link')
      .values({ user_key: USER, steam_id: ROBIN, proven_at: new Date() })
      .execute()
    expect(await ingest(db)).toMatchObject({ players: 1 })
  })

  it('while the rows are being taken in is out all the same', async () => {
    for (let round = 0; round < 10; round++) {
      await createConsents(db).set(USER, 'training', undefined, true)
      await Promise.all([ingest(db), createConsents(db).set(USER, 'training', undefined, false), ingest(db)])
      expect(await learntOf(db, ROBIN)).toEqual([])
    }
  })
})

describe('the players', () => {
  it('are held out by their key alone: about one in twenty, and in no part twice', async () => {
    await storePlayers(db, 2000)
    const parts = await Promise.all(
      (['learning', 'held-out', 'everybody'] as const).map((part) => readInteractions(db, { part })),
    )
    const [learning = [], heldOut = [], everybody = []] = parts.map(({ players }) => [...players])
    expect([...learning, ...heldOut].sort((a, b) => a - b)).toEqual(everybody)
    expect(heldOut.length / everybody.length).toBeGreaterThan(0.03)
    expect(heldOut.length / everybody.length).toBeLessThan(0.07)
  })

  it('of one account are on the same side, whatever their source', async () => {
    const keys = Array.from({ length: 200 }, (_, at) => `765611979602${at}`)
    for (const source of ['ucsd', AGREED])
      await db
        .insertInto('warehouse.player')
        .values(keys.map((key) => ({ source, key, synthetic: false })))
        .execute()
    const rows = await db
      .selectFrom('warehouse.player')
      .select(['key'])
      .groupBy('key')
      .having((eb) => eb.fn.count('held_out').distinct(), '>', 1)
      .execute()
    expect(rows).toEqual([])
    // MD5 of the key, whose first 32 bits are below a twentieth of all: for good, on every machine.
    const known = await db
      .selectFrom('warehouse.player')
      .select('key')
      .distinct()
      .where('held_out', '=', true)
      .execute()
    expect(known.length).toBeGreaterThan(0)
  })

  it('who agreed learn beside the synthetic ones, until there are enough of them', async () => {
    await db
      .insertInto('warehouse.player')
      .values({ source: 'synthetic', key: 's', synthetic: true })
      .execute()
    const agreed = Array.from({ length: 299 }, (_, at) => ({
      source: AGREED,
      key: `a${at}`,
      synthetic: false,
    }))
    await db.insertInto('warehouse.player').values(agreed).execute()
    const ids = await db.selectFrom('warehouse.player').select('id').execute()
    await db
      .insertInto('warehouse.interaction')
      .values(ids.map(({ id }) => ({ player_id: id, appid: 10, minutes: 1 })))
      .execute()
    expect(await readInteractions(db)).toMatchObject({ synthetic: true, players: { length: 300 } })
    const { id } = await db
      .insertInto('warehouse.player')
      .values({ source: AGREED, key: 'last', synthetic: false })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('warehouse.interaction').values({ player_id: id, appid: 10, minutes: 1 }).execute()
    expect(await readInteractions(db)).toMatchObject({ synthetic: false, players: { length: 300 } })
  })
})

describe('the share of unknown games', () => {
  it('is that of the libraries asked for, or unknown where none was', async () => {
    expect(await unknownShare(db, [10])).toBeNull()
    await snapshot(ROBIN, library)
    await snapshot(MARIAN, [
      { game: 10, minutes: 1 },
      { game: 30, minutes: 1 },
    ])
    expect(await unknownShare(db, [10])).toBe(0.5)
    expect(await unknownShare(db, [10, 20, 30])).toBe(0)
    expect(await unknownShare(db, [])).toBe(1)
  })
})
