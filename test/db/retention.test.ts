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

it('purges snapshots after seven days and answers after thirty, and nothing younger', async () => {
  for (const days of [6, 8]) {
    const games = [{ game: gameId(1), minutes: 1, name: undefined }]
    await createSnapshots(db).save({ steamId: `${days}` as SteamId, fetchedAt: daysAgo(days), games })
  }
  for (const days of [29, 31, 32]) {
    await createAnswers(db, () => daysAgo(days)).save({
      id: `${days}` as AnswerId,
      user: 'slack:1',
      picks: [],
      gamesRead: 0,
      playtimeHidden: false,
      source: 'model',
      staleSince: undefined,
    })
  }
  expect(await purge(db, now)).toEqual({ snapshots: 1, answers: 2 })
  expect(await purge(db, now)).toEqual({ snapshots: 0, answers: 0 })
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
