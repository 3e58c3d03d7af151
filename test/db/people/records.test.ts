import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubscriptionId } from '../../../core/digest/subscription.ts'
import { type AnswerId, gameId, type PlaceKey, type SteamId, type UserKey } from '../../../core/ids.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { createLibraryRefreshes } from '../../../db/ingest/library-refreshes.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { createConsents } from '../../../db/people/consents.ts'
import { createJournal } from '../../../db/people/journal.ts'
import { createRecords } from '../../../db/people/records.ts'
import { createSnapshots } from '../../../db/people/snapshots.ts'
import { BEFORE, DUE, WINDOW_MS, wanted } from '../../support/digest/engine.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const ROBIN = '76561197960287930' as SteamId
const MARIAN = '76561197960287931' as SteamId

const db = await testDatabase()
const records = createRecords(db)

async function link(user: UserKey, steamId: SteamId, { proven }: { proven: boolean }): Promise<void> {
  const accounts = createAccounts(db)
  const pending = { user, steamId, code: `code of ${user}` }
  await accounts.startLink(pending, new Date(Date.now() + 60_000))
  if (proven) await accounts.prove(pending)
}

/** Something of everything. */
async function fill(user: UserKey): Promise<void> {
  await createAccounts(db).setLocale(user, 'ko')
  await createJournal(db).record({ kind: 'recommend', user, outcome: 'picks', milliseconds: 12 })
  await createAnswers(db).save({
    id: `answer-${user}` as AnswerId,
    user,
    picks: [],
    about: { kind: 'liked', names: ['Hades'], source: 'model' },
  })
  await createAnswers(db).claimShare(`answer-${user}` as AnswerId, 'page')
  const opinion = { user_key: user, appid: 620, opinion: 'like' } as const
  await db.insertInto('warehouse.opinion').values(opinion).execute()
  await db
    .insertInto('lake.feedback')
    .values([
      { ...opinion, taken_back: false },
      { ...opinion, taken_back: true },
    ])
    .execute()
  await createConsents(db).set(user, 'training', undefined, true)
  await subscribe('discord:7', user)
}

async function subscribe(place: PlaceKey, createdBy: UserKey): Promise<SubscriptionId> {
  const added = await createSubscriptions(db).add(wanted(place, { createdBy }), BEFORE)
  if (added === 'full') throw new Error('the place is full')
  return added.id
}

async function snapshot(steamId: SteamId): Promise<void> {
  const games = [{ game: gameId(620), minutes: 5, name: 'Portal 2' }]
  await createSnapshots(db).save({ steamId, fetchedAt: new Date(), games })
}

/** Of an account, in the training rows. */
async function teach(key: string): Promise<void> {
  const { id } = await db
    .insertInto('warehouse.player')
    .values({ source: 'imported', key, synthetic: false })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('warehouse.interaction').values({ player_id: id, appid: 70, minutes: 3 }).execute()
}

async function tables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema in ('lake', 'warehouse') order by 1
  `.execute(db)
  return rows.map(({ name }) => name)
}

/** In which tables a text stands, in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const found: string[] = []
  for (const table of await tables()) {
    const { rows } = await sql`
      select 1 from ${sql.table(table)} as stored where strpos(to_jsonb(stored)::text, ${text}) > 0 limit 1
    `.execute(db)
    if (rows.length > 0) found.push(table)
  }
  return found
}

beforeEach(async () => {
  for (const table of await tables()) await sql`truncate ${sql.table(table)} cascade`.execute(db)
})

describe('what is stored about somebody', () => {
  beforeEach(async () => {
    await link('discord:1', ROBIN, { proven: true })
    await fill('discord:1')
    await fill('discord:11')
    await createLibraryRefreshes(db).plan(new Date())
    await snapshot(ROBIN)
    await snapshot(MARIAN)
    await teach(ROBIN)
    await teach(MARIAN)
  })

  it('is counted, and nobody else’s with it', async () => {
    expect(await records.count('discord:1')).toEqual({
      locale: 'ko',
      link: { steamId: ROBIN, proven: true, since: expect.any(Date) },
      opinions: 1,
      feedback: 2,
      answers: 1,
      commands: 1,
      digests: 1,
      learnt: 1,
      libraryAt: expect.any(Date),
    })
    expect(await records.count('discord:2')).toEqual({
      ...{ locale: undefined, link: undefined, libraryAt: undefined },
      ...{ opinions: 0, feedback: 0, answers: 0, commands: 0, digests: 0, learnt: 0 },
    })
  })

  it('is handed out from every table that holds some of it', async () => {
    const all = await records.export('discord:1')
    const holding = [...new Set([...(await tablesWith('discord:1')), ...(await tablesWith(ROBIN))])].sort()
    expect(Object.keys(all).sort()).toEqual(holding)
    expect(JSON.stringify(all)).toContain('Portal 2')
    expect(JSON.stringify(all)).not.toContain('discord:11')
    expect(JSON.stringify(all)).not.toContain(MARIAN)
    for (const rows of Object.values(all)) expect(rows).not.toEqual([])
  })

  it('holds no library that was never proven to be theirs', async () => {
    await link('discord:2', MARIAN, { proven: false })
    expect((await records.export('discord:2'))['lake.library_snapshot']).toBeNull()
    expect((await records.export('discord:2'))['warehouse.player']).toEqual([])
    expect(await records.count('discord:2')).toMatchObject({ libraryAt: undefined, learnt: 0 })
  })

  it('is deleted wherever it stands, and nobody else’s with it', async () => {
    expect(await tablesWith(ROBIN)).toEqual(['lake.library_snapshot', 'warehouse.link', 'warehouse.player'])
    expect(await records.forget('discord:1')).toEqual([ROBIN])
    expect(await tablesWith(ROBIN)).toEqual([])
    expect(await tablesWith('"discord:1"')).toEqual([])
    expect(await tablesWith('"discord:11"')).toHaveLength(7)
    expect(await tablesWith('"answer-discord:1"')).toEqual([])
    expect(await tablesWith('"answer-discord:11"')).toEqual(['lake.recommendation', 'lake.share'])
    expect(await tablesWith(MARIAN)).toEqual(['lake.library_snapshot', 'warehouse.player'])
  })

  it('is not the subscription that they made for a channel, which goes on without its maker', async () => {
    await records.forget('discord:1')
    const left = await createSubscriptions(db).of('discord:7')
    expect(left.map(({ createdBy }) => createdBy)).toEqual([undefined, 'discord:11'])
    expect(await createDeliveries(db).plan(DUE, WINDOW_MS)).toEqual({ due: 2, skipped: [] })
  })

  it('is deleted for somebody who never linked an account', async () => {
    expect(await records.forget('discord:11')).toEqual([])
    expect(await tablesWith('discord:11')).toEqual([])
    expect(await records.forget('discord:11')).toEqual([])
  })
})

it('lets nobody delete what was imported of an account that they only say is theirs', async () => {
  await teach(ROBIN)
  await link('discord:1', ROBIN, { proven: false })
  await records.forget('discord:1')
  expect(await tablesWith(ROBIN)).toEqual(['warehouse.player'])
})

it('deletes everybody’s of a workspace that removed the app, and of no other', async () => {
  for (const user of ['slack:T1.U1', 'slack:T1.U2', 'slack:T12.U1', 'slack:T_.U1', 'discord:1'] as const)
    await fill(user)
  await link('slack:T1.U1', ROBIN, { proven: true })
  await link('slack:T12.U1', MARIAN, { proven: false })
  expect(await records.forgetPlace('slack:T_')).toEqual([])
  expect(await tablesWith('slack:T1.U2')).not.toEqual([])
  expect(await records.forgetPlace('slack:T1')).toEqual([ROBIN])
  expect(await tablesWith('slack:T1.')).toEqual([])
  expect(await tablesWith(ROBIN)).toEqual([])
  expect(await tablesWith('slack:T12.U1')).toHaveLength(9)
  expect(await tablesWith('discord:1')).toHaveLength(8)
})

it('deletes the digests of a workspace that removed the app, with what stands under their buttons', async () => {
  const digests = ['slack:T1', 'slack:T12'] as const
  for (const place of digests) {
    const id = await subscribe(place, 'slack:T9.U1')
    const delivery = await createDeliveries(db).add(id, { key: 'now:1', dueAt: DUE })
    const user = `digest:${delivery}` as UserKey
    const about = { kind: 'liked', names: [`digest of ${place}`], source: 'model' } as const
    await createAnswers(db).save({ id: delivery as AnswerId, user, picks: [], about })
    await createConsents(db).set('discord:1', 'community', place, true)
  }
  const holding = ['lake.delivery', 'lake.recommendation', 'warehouse.consent', 'warehouse.subscription']
  const [place, other] = digests.map((one) => `${one}"`) as [string, string]
  expect(await tablesWith(place)).toEqual(holding)
  await records.forgetPlace('slack:T1')
  expect(await tablesWith(place)).toEqual([])
  expect(await tablesWith(other)).toEqual(holding)
})

it('deletes the paces of a workspace that removed the app and of its channels, and of no other', async () => {
  const keys = ['slack:T1', 'slack:T1.C1', 'slack:T12', 'slack:T12.C1', 'slack:T_', 'discord:1']
  const next_at = new Date()
  await db
    .insertInto('warehouse.pace')
    .values(keys.map((key) => ({ key, next_at })))
    .execute()
  await records.forgetPlace('slack:T1')
  const left = await db.selectFrom('warehouse.pace').select('key').where('key', 'in', keys).execute()
  expect(left.map(({ key }) => key).toSorted()).toEqual([
    'discord:1',
    'slack:T12',
    'slack:T12.C1',
    'slack:T_',
  ])
})

describe('the tables', () => {
  let named: string[] = []
  beforeAll(async () => {
    const { rows } = await sql<{ name: string }>`
      with recursive naming (name, id) as (
        select table_schema || '.' || table_name, (table_schema || '.' || table_name)::regclass::oid
        from information_schema.columns
        where table_schema in ('lake', 'warehouse') and column_name in ('user_key', 'steam_id', 'created_by')
        union
        select owning.conrelid::regclass::text, owning.conrelid
        from pg_constraint as owning join naming on owning.confrelid = naming.id
      )
      select distinct name from naming order by 1
    `.execute(db)
    named = rows.map(({ name }) => name)
  })

  it('that name people, or belong to what does, are all among those that are handed out and deleted', async () => {
    // An account's training rows stand under its Steam ID, in a column that names files' players as well.
    const owned = ['warehouse.player']
    expect(Object.keys(await records.export('discord:1')).sort()).toEqual([...named, ...owned].sort())
  })
})
