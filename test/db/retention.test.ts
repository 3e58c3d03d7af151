import { expect, it } from 'vitest'
import { type AnswerId, gameId, type SteamId } from '../../core/ids.ts'
import { createAnswers } from '../../db/answers.ts'
import { createJournal } from '../../db/journal.ts'
import { purge } from '../../db/retention.ts'
import { createSnapshots } from '../../db/snapshots.ts'
import { testDatabase } from '../support/database.ts'

const db = await testDatabase()
const DAY_MS = 86_400_000
const now = new Date('2026-03-10T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)

it('purges snapshots after seven days, answers after thirty, commands after ninety, and nothing younger', async () => {
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
  }
  for (const days of [89, 91]) {
    const line = { user_key: 'slack:1', kind: 'recommend', outcome: `${days}`, milliseconds: 1 }
    await db
      .insertInto('lake.command')
      .values({ ...line, at: daysAgo(days) })
      .execute()
  }
  expect(await purge(db, now)).toEqual({ snapshots: 1, answers: 2, commands: 1 })
  expect(await purge(db, now)).toEqual({ snapshots: 0, answers: 0, commands: 0 })
  const left = await db.selectFrom('lake.command').select('outcome').execute()
  expect(left).toEqual([{ outcome: '89' }])
  await db.deleteFrom('lake.command').execute()
  expect(await db.selectFrom('lake.library_snapshot').select('steam_id').execute()).toEqual([
    { steam_id: '6' },
  ])
  expect(await db.selectFrom('lake.recommendation').select('id').execute()).toEqual([{ id: '29' }])
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
