import { describe, expect, it } from 'vitest'
import { createFirstTime } from '../../../../bot/slack/receive/once.ts'
import { createSeenEvents } from '../../../../db/people/seen-events.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

const db = await testDatabase()
const processOf = () => createFirstTime(createSeenEvents(db).firstTime, () => {})

describe('an event that Slack delivers again', () => {
  it('comes for the first time once, for all processes together', async () => {
    const processes = [processOf(), processOf(), processOf()]
    for (const event of ['1.2.abc', 'https://hooks.example/x', "'; --"]) {
      const asked = processes.flatMap((firstTime) => [firstTime(event), firstTime(event)])
      expect((await Promise.all(asked)).filter((first) => first)).toHaveLength(1)
    }
  })

  it('is known to the process that saw it where the database is away, and then answered', async () => {
    const lines: string[] = []
    const away = () => Promise.reject(new Error('no database'))
    const firstTime = createFirstTime(away, (_level, message) => lines.push(message))
    expect([await firstTime('a'), await firstTime('a'), await firstTime('b')]).toEqual([true, false, true])
    expect(lines).toHaveLength(2)
  })

  it('is answered where the database takes too long', async () => {
    const firstTime = createFirstTime(
      () => new Promise(() => {}),
      () => {},
    )
    expect(await firstTime('a')).toBe(true)
  })

  it('is forgotten behind ten thousand others', async () => {
    const firstTime = createFirstTime(undefined, () => {})
    for (let number = 0; number <= 10_000; number += 1) await firstTime(String(number))
    expect([await firstTime('10000'), await firstTime('0')]).toEqual([false, true])
  })

  it('is stored as a hash', async () => {
    await processOf()('T111.trigger')
    const rows = await db.selectFrom('warehouse.seen_event').select('event').execute()
    for (const { event } of rows) expect(event).toMatch(/^[0-9a-f]{64}$/)
  })
})
