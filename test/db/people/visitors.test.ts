import { expect, it } from 'vitest'
import { type AnswerId, gameId, type PlaceKey, type UserKey } from '../../../core/ids.ts'
import {
  isInItsWeek,
  newVisitor,
  parseVisitor,
  type VisitorId,
  visitorKey,
} from '../../../core/players/visitor.ts'
import { nextDigests } from '../../../db/digest/next-digests.ts'
import { plan } from '../../../db/digest/plan-deliveries.ts'
import { createSubscriptions } from '../../../db/digest/subscriptions.ts'
import { createAccounts } from '../../../db/people/accounts.ts'
import { createJournal } from '../../../db/people/journal.ts'
import { createOpinions } from '../../../db/people/opinions.ts'
import { createPlaces } from '../../../db/people/places.ts'
import { purge } from '../../../db/people/retention.ts'
import { wanted } from '../../support/digest/engine.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
const now = new Date('2026-03-20T12:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

const old = visitorKey(newVisitor(daysAgo(8)))
const young = visitorKey(newVisitor(daysAgo(6)))
const real: UserKey = 'discord:1'

async function leaveTraces(user: UserKey, place: PlaceKey) {
  await createJournal(db).record({ user, kind: 'recommend', outcome: 'picks', milliseconds: 1 })
  await createAccounts(db).setLocale(user, 'ko')
  await createOpinions(db).record({
    user,
    game: gameId(1),
    opinion: 'like',
    answer: 'x'.repeat(12) as AnswerId,
  })
  const change = { locale: undefined, currency: undefined, mature: true, channels: undefined }
  await createPlaces(db).save({ place, change: { ...change, block: [], unblock: [] }, own: undefined })
  await createSubscriptions(db).add(wanted(place, { createdBy: user }), daysAgo(9))
}

const tables = ['warehouse.person', 'warehouse.opinion', 'lake.command'] as const

it('forgets visitors after a week, and nobody else', async () => {
  for (const user of [old, young]) await leaveTraces(user, `${user}.slack`)
  await leaveTraces(real, 'discord:2')
  expect((await purge(db, now)).visitors).toBe(1)
  for (const table of tables) {
    const rows = await db.selectFrom(table).select('user_key').orderBy('user_key').execute()
    expect([...new Set(rows.map((row) => row.user_key))]).toEqual([real, young])
  }
  const places = await db.selectFrom('warehouse.place').select('place_key').orderBy('place_key').execute()
  expect(places.map((row) => row.place_key)).toEqual(['discord:2', `${young}.slack`])
  const made = await db
    .selectFrom('warehouse.subscription')
    .select('created_by')
    .orderBy('created_by')
    .execute()
  expect(made.map((row) => row.created_by)).toEqual([real, young])
})

it('plans no post for the playground, and counts none', async () => {
  expect((await plan(db, now, 1e12)).due).toBeGreaterThan(0)
  const rows = await db.selectFrom('lake.delivery').select('place_key').distinct().execute()
  expect(rows).toEqual([{ place_key: 'discord:2' }])
  expect((await nextDigests(db)).count).toBe(1)
})

it.each([
  ['today', 0, true],
  ['a week ago', -7, true],
  ['eight days ago', -8, false],
  ['tomorrow', 1, false],
  ['in a year', 365, false],
])('takes a cookie of %s: %i days, %s', (_when, days, taken) => {
  const visitor = newVisitor(new Date(now.getTime() + days * 86_400_000))
  expect(isInItsWeek(visitor, now)).toBe(taken)
})

it('takes no cookie of a day that is none', () => {
  for (const day of ['99999999', '00000000', `${now.toISOString().slice(0, 4)}0000`, '20261131', '20260230'])
    expect(isInItsWeek(`${day}-${'x'.repeat(24)}` as VisitorId, new Date('2026-12-01T00:00:00Z'))).toBe(false)
})

it('knows its own names alone', () => {
  const visitor = newVisitor(now)
  expect(parseVisitor(visitor)).toBe(visitor)
  for (const strange of [undefined, '', 'x', `${visitor}x`, `discord:${visitor}`, '20260101-%'])
    expect(parseVisitor(strange)).toBeUndefined()
})
