import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AnswerId, gameId, type SteamId, type UserKey } from '../../core/ids.ts'
import { createAccounts } from '../../db/accounts.ts'
import { createAnswers } from '../../db/answers.ts'
import { createJournal } from '../../db/journal.ts'
import { createRecords } from '../../db/records.ts'
import { createSnapshots } from '../../db/snapshots.ts'
import { testDatabase } from '../support/database.ts'

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
}

async function snapshot(steamId: SteamId): Promise<void> {
  const games = [{ game: gameId(620), minutes: 5, name: 'Portal 2' }]
  await createSnapshots(db).save({ steamId, fetchedAt: new Date(), games })
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
    await snapshot(ROBIN)
    await snapshot(MARIAN)
  })

  it('is counted, and nobody else’s with it', async () => {
    expect(await records.count('discord:1')).toEqual({
      locale: 'ko',
      link: { steamId: ROBIN, proven: true, since: expect.any(Date) },
      opinions: 1,
      feedback: 2,
      answers: 1,
      commands: 1,
      libraryAt: expect.any(Date),
    })
    expect(await records.count('discord:2')).toEqual({
      ...{ locale: undefined, link: undefined, libraryAt: undefined },
      ...{ opinions: 0, feedback: 0, answers: 0, commands: 0 },
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
    expect((await records.count('discord:2')).libraryAt).toBeUndefined()
  })

  it('is deleted wherever it stands, and nobody else’s with it', async () => {
    await db
      .insertInto('warehouse.player')
      .values([
        { source: 'imported', key: ROBIN, synthetic: false },
        { source: 'imported', key: MARIAN, synthetic: false },
      ])
      .execute()
    expect(await tablesWith(ROBIN)).toEqual(['lake.library_snapshot', 'warehouse.link', 'warehouse.player'])
    expect(await records.forget('discord:1')).toEqual([ROBIN])
    expect(await tablesWith(ROBIN)).toEqual([])
    expect(await tablesWith('"discord:1"')).toEqual([])
    expect(await tablesWith('"discord:11"')).toHaveLength(5)
    expect(await tablesWith('"answer-discord:1"')).toEqual([])
    expect(await tablesWith('"answer-discord:11"')).toEqual(['lake.recommendation', 'lake.share'])
    expect(await tablesWith(MARIAN)).toEqual(['lake.library_snapshot', 'warehouse.player'])
  })

  it('is deleted for somebody who never linked an account', async () => {
    expect(await records.forget('discord:11')).toEqual([])
    expect(await tablesWith('discord:11')).toEqual([])
    expect(await records.forget('discord:11')).toEqual([])
  })
})

it('lets nobody delete what was imported of an account that they only say is theirs', async () => {
  await db
    .insertInto('warehouse.player')
    .values({ source: 'imported', key: ROBIN, synthetic: false })
    .execute()
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
  expect(await tablesWith('slack:T12.U1')).toHaveLength(7)
  expect(await tablesWith('discord:1')).toHaveLength(6)
})

describe('the tables', () => {
  let named: string[] = []
  beforeAll(async () => {
    const { rows } = await sql<{ name: string }>`
      with recursive naming (name, id) as (
        select table_schema || '.' || table_name, (table_schema || '.' || table_name)::regclass::oid
        from information_schema.columns
        where table_schema in ('lake', 'warehouse') and column_name in ('user_key', 'steam_id')
        union
        select owning.conrelid::regclass::text, owning.conrelid
        from pg_constraint as owning join naming on owning.confrelid = naming.id
      )
      select distinct name from naming order by 1
    `.execute(db)
    named = rows.map(({ name }) => name)
  })

  it('that name people, or belong to what does, are all among those that are handed out and deleted', async () => {
    expect(Object.keys(await records.export('discord:1')).sort()).toEqual(named)
  })
})
