import { expect, it } from 'vitest'
import { type AnswerId, gameId, type SteamId, type UserKey } from '../../../core/ids.ts'
import { createDeliveries } from '../../../db/digest/deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { createJournal } from '../../../db/people/journal.ts'
import { purge } from '../../../db/people/retention.ts'
import { createSnapshots } from '../../../db/people/snapshots.ts'
import { BEFORE, wanted } from '../../support/digest/engine.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const DAY_MS = 86_400_000
const now = new Date('2026-03-10T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)

it('purges snapshots after seven days, answers after thirty, digests and commands after ninety, and nothing younger', async () => {
  for (const days of [6, 8]) {
    const games = [{ game: gameId(1), minutes: 1, name: undefined }]
    await createSnapshots(db).save({ steamId: `${days}` as SteamId, fetchedAt: daysAgo(days), games })
  }
  for (const days of [29, 31, 32]) {
    await createAnswers(db, () => daysAgo(days)).save({
      id: `${days}` as AnswerId,
      user: 'slack:1',
      picks: [],
      about: { kind: 'liked', names: [], source: 'model' },
    })
    await createAnswers(db, () => daysAgo(days)).claimShare(`${days}` as AnswerId, 'page')
  }
  for (const days of [89, 91]) {
    await createAnswers(db, () => daysAgo(days)).save({
      ...{ id: `d${days}` as AnswerId, user: `digest:${`d${days}` as AnswerId}` },
      ...{ picks: [], about: { kind: 'digest', labels: [] } },
    })
    const line = { user_key: 'slack:1', kind: 'recommend', outcome: `${days}`, milliseconds: 1 }
    await db
      .insertInto('lake.command')
      .values({ ...line, at: daysAgo(days) })
      .execute()
  }
  expect(await purge(db, now)).toMatchObject({ snapshots: 1, answers: 3, commands: 1 })
  expect(await purge(db, now)).toMatchObject({ snapshots: 0, answers: 0, commands: 0 })
  const left = await db.selectFrom('lake.command').select('outcome').execute()
  expect(left).toEqual([{ outcome: '89' }])
  await db.deleteFrom('lake.command').execute()
  expect(await db.selectFrom('lake.library_snapshot').select('steam_id').execute()).toEqual([
    { steam_id: '6' },
  ])
  expect(await db.selectFrom('lake.recommendation').select('id').orderBy('id').execute()).toEqual([
    { id: '29' },
    { id: 'd89' },
  ])
  expect(await db.selectFrom('lake.share').select('answer').execute()).toEqual([{ answer: '29' }])
})

it('purges presses after a year, links that nobody proved after thirty days, and codes that are no longer good', async () => {
  for (const days of [364, 366]) {
    const press = { user_key: `slack:${days}`, appid: 620, opinion: 'like', taken_back: false } as const
    await db
      .insertInto('lake.feedback')
      .values({ ...press, at: daysAgo(days) })
      .execute()
  }
  const inDays = (days: number) => ({ code: `code ${days}`, code_expires_at: daysAgo(-days) })
  await db
    .insertInto('warehouse.link')
    .values([
      { user_key: 'slack:1', steam_id: '1', created_at: daysAgo(31), ...inDays(-31) },
      { user_key: 'slack:2', steam_id: '1', created_at: daysAgo(29), ...inDays(-29) },
      { user_key: 'slack:3', steam_id: '1', created_at: daysAgo(1), ...inDays(1) },
      { user_key: 'slack:4', steam_id: '1', created_at: daysAgo(900), proven_at: daysAgo(900) },
    ])
    .execute()
  expect(await purge(db, now)).toMatchObject({ feedback: 1, links: 1 })
  expect(await db.selectFrom('lake.feedback').select('user_key').execute()).toEqual([
    { user_key: 'slack:364' },
  ])
  const links = db.selectFrom('warehouse.link').select(['user_key', 'code']).orderBy('user_key')
  expect(await links.execute()).toEqual([
    { user_key: 'slack:2', code: null },
    { user_key: 'slack:3', code: 'code 1' },
    { user_key: 'slack:4', code: null },
  ])
})

it('keeps what digests showed for ninety days, with the answers under their buttons, and a week’s games for two weeks', async () => {
  await db.deleteFrom('lake.recommendation').execute()
  const added = await createSubscriptions(db).add(wanted('discord:1'), BEFORE)
  if (added === 'full') throw new Error('the place is full')
  for (const days of [31, 89, 91]) {
    const dueAt = daysAgo(days)
    const id = await createDeliveries(db).add(added.id, { key: `${days}`, dueAt })
    const about = { kind: 'liked', names: [], source: 'model' } as const
    const user = `digest:${id}` as UserKey
    await createAnswers(db, () => dueAt).save({ id: `${days}` as AnswerId, user, picks: [], about })
  }
  for (const days of [13, 15]) {
    const week = { week: `${days}`, locale: 'en' as const, genres: [], candidates: '{}' }
    await db
      .insertInto('warehouse.digest_candidates')
      .values({ ...week, made_at: daysAgo(days) })
      .execute()
  }
  const found = createAnswers(db, () => now)
  expect(await found.find('89' as AnswerId)).toBeDefined()
  expect(await found.find('91' as AnswerId)).toBeUndefined()
  expect(await purge(db, now)).toMatchObject({ deliveries: 1, answers: 1, candidates: 1 })
  const deliveries = db.selectFrom('lake.delivery').select('slot').orderBy('slot')
  expect(await deliveries.execute()).toEqual([{ slot: '31' }, { slot: '89' }])
  const weeks = db.selectFrom('warehouse.digest_candidates').select('week')
  expect(await weeks.execute()).toEqual([{ week: '13' }])
})

it('writes one line for each command', async () => {
  await createJournal(db).record({
    kind: 'recommend',
    user: 'discord:1',
    outcome: 'answer\u0000',
    milliseconds: 12.6,
  })
  const lines = await db
    .selectFrom('lake.command')
    .select(['kind', 'user_key', 'outcome', 'milliseconds'])
    .execute()
  expect(lines).toEqual([{ kind: 'recommend', user_key: 'discord:1', outcome: 'answer', milliseconds: 13 }])
})
