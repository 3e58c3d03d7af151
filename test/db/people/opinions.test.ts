import { beforeEach, describe, expect, it } from 'vitest'
import type { Opinion } from '../../../core/action.ts'
import { type AnswerId, gameId, type UserKey } from '../../../core/ids.ts'
import type { Said } from '../../../core/players/opinions.ts'
import type { StoredAnswer } from '../../../core/recommend/answers.ts'
import { createAnswers } from '../../../db/people/answers.ts'
import { createOpinions } from '../../../db/people/opinions.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()
let now = new Date('2026-11-24T12:00:00Z')
const opinions = createOpinions(db, () => now)
const answers = createAnswers(db, () => now)

const ME: UserKey = 'discord:1'
const ANSWER = 'aZ3_kd9-Qw1x' as AnswerId
const said = (game: number, opinion: Opinion, user: UserKey = ME): Said => ({
  ...{ user, opinion, answer: ANSWER },
  game: gameId(game),
})
const minutesLater = () => {
  now = new Date(now.getTime() + 60_000)
}

beforeEach(async () => {
  await db.deleteFrom('warehouse.opinion').execute()
  await db.deleteFrom('lake.feedback').execute()
  await db.deleteFrom('lake.recommendation').execute()
})

describe('an opinion', () => {
  it('replaces the one before it, and the newest comes first', async () => {
    await opinions.record(said(620, 'like'))
    minutesLater()
    await opinions.record(said(400, 'played'))
    minutesLater()
    await opinions.record(said(620, 'skip'))
    expect(await opinions.of(ME)).toEqual([
      { game: 620, opinion: 'skip' },
      { game: 400, opinion: 'played' },
    ])
  })

  it('is gone when it is taken back, unless another has taken its place', async () => {
    await opinions.record(said(620, 'like'))
    await opinions.takeBack(said(620, 'skip'))
    expect(await opinions.of(ME)).toEqual([{ game: 620, opinion: 'like' }])
    await opinions.takeBack(said(620, 'like'))
    expect(await opinions.of(ME)).toEqual([])
  })

  it('is everybody’s own', async () => {
    await opinions.record(said(620, 'like'))
    await opinions.record(said(620, 'skip', 'slack:T1.U1'))
    await opinions.takeBack(said(620, 'like', 'slack:T1.U1'))
    expect(await opinions.of(ME)).toEqual([{ game: 620, opinion: 'like' }])
    expect(await opinions.of('slack:T1.U1')).toEqual([{ game: 620, opinion: 'skip' }])
  })

  it('is one row however often and at once it is pressed, and every press stays in the lake', async () => {
    await Promise.all(Array.from({ length: 6 }, () => opinions.record(said(620, 'like'))))
    await opinions.takeBack(said(620, 'like'))
    const pressed = await db
      .selectFrom('lake.feedback')
      .select(['user_key', 'appid', 'opinion', 'answer', 'taken_back'])
      .orderBy('id')
      .execute()
    expect(pressed).toHaveLength(7)
    expect(pressed.at(-1)).toEqual({
      ...{ user_key: ME, appid: 620, opinion: 'like', answer: ANSWER },
      taken_back: true,
    })
    expect(await opinions.of(ME)).toEqual([])
  })

  it('is one row a press, however often the platform delivers it', async () => {
    const press = { ...said(620, 'like'), event: 'press-1' }
    await Promise.all(Array.from({ length: 4 }, () => opinions.record(press)))
    await opinions.takeBack({ ...said(620, 'like'), event: 'press-2' })
    await opinions.record(press)
    expect(await opinions.of(ME)).toEqual([])
    await opinions.record({ ...press, user: 'slack:T1.U1' })
    const pressed = await db.selectFrom('lake.feedback').select(['user_key', 'event']).orderBy('id').execute()
    expect(pressed).toEqual([
      { user_key: ME, event: 'press-1' },
      { user_key: ME, event: 'press-2' },
      { user_key: 'slack:T1.U1', event: 'press-1' },
    ])
  })
})

describe('what somebody was shown', () => {
  const answer = (id: string, games: readonly number[], user = ME): StoredAnswer => ({
    id: id as AnswerId,
    user,
    picks: games.map((game) => ({ game: gameId(game), score: 1, reasons: [], owned: false })),
    about: { kind: 'liked', names: ['Portal'], source: 'model' },
  })

  it('is the first page of every answer since then, and those that they turned to', async () => {
    const dayAgo = new Date(now.getTime() - 86_400_000)
    await createAnswers(db, () => dayAgo).save(answer('yesterday', [1, 2]))
    await answers.save(answer('seven', [1, 2, 3, 4, 5, 6, 7]))
    await answers.save(answer('again', [1, 9]))
    await answers.save(answer('others', [1], 'discord:2'))
    const anHourAgo = new Date(now.getTime() - 3_600_000)
    const timesOf = async (since: Date) => Object.fromEntries(await opinions.shown(ME, since))
    expect(await timesOf(anHourAgo)).toEqual({ 1: 2, 2: 1, 3: 1, 4: 1, 5: 1, 9: 1 })
    await answers.turnedTo('seven' as AnswerId, 1)
    await answers.turnedTo('seven' as AnswerId, 0)
    expect(await timesOf(anHourAgo)).toMatchObject({ 6: 1, 7: 1 })
    expect(await timesOf(dayAgo)).toMatchObject({ 1: 3, 2: 2 })
  })

  it('is nothing for somebody new', async () => {
    expect(await opinions.shown('discord:9', new Date(0))).toEqual(new Map())
  })
})
