import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isSchedule, lastSlot } from '../../../../bot/config/slots.ts'
import { scheduleRefreshes } from '../../../../bot/jobs/refresh/schedule.ts'
import { startRefreshQueue } from '../../../../db/training/refresh-queue.ts'
import { testDatabase } from '../../../support/postgres/database.ts'

describe('the last time that was due', () => {
  it.each([
    ['0 4 * * 1', '2026-11-26T12:00:00.000Z', '2026-11-23T04:00:00.000Z'],
    ['0 4 * * 1', '2026-11-30T03:59:59.999Z', '2026-11-23T04:00:00.000Z'],
    ['0 4 * * 1', '2026-11-30T04:00:00.000Z', '2026-11-30T04:00:00.000Z'],
    ['30 2 1 * *', '2026-03-01T02:29:00.000Z', '2026-02-01T02:30:00.000Z'],
  ])('by %s at %s is %s', (cron, now, slot) => {
    expect(lastSlot(cron, new Date(now)).toISOString()).toBe(slot)
  })

  it('is never after now, and the same until the next one', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (now) => {
        const slot = lastSlot('0 4 * * 1', now)
        expect(slot.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(now.getTime() - slot.getTime()).toBeLessThan(7 * 86_400_000)
        expect(lastSlot('0 4 * * 1', slot)).toEqual(slot)
      }),
    )
  })

  it.each(['', 'weekly', '61 * * * *', '* * *'])('is none of “%s”', (cron) => {
    expect(isSchedule(cron)).toBe(false)
  })
})

describe('the schedule', async () => {
  const db = await testDatabase()
  const SLOT = '2026-11-23T04:00:00.000Z'

  async function openProcess(due: { is: boolean }, ran: string[]) {
    const schedule = await scheduleRefreshes({
      cron: '0 4 * * 1',
      queue: await startRefreshQueue(db, () => {}, 0.5),
      isDue: async (slot) => due.is && slot.toISOString() === SLOT,
      async run(slot) {
        if (due.is) ran.push(slot.toISOString())
        due.is = false
      },
      now: () => new Date('2026-11-26T12:00:00Z'),
      log: () => {},
    })
    onTestFinished(() => schedule.stop())
    return schedule
  }

  it('has what is due, and was missed, done by one of the processes', async () => {
    const [due, ran]: [{ is: boolean }, string[]] = [{ is: true }, []]
    await Promise.all([openProcess(due, ran), openProcess(due, ran)])
    await expect.poll(() => ran).toEqual([SLOT])
  })

  it('has nothing done that is not due', async () => {
    const ran: string[] = []
    const schedule = await openProcess({ is: false }, ran)
    await schedule.stop()
    expect(ran).toEqual([])
    const { rows } = await db.pool.query(
      `select 1 from pgboss.job where name = 'refresh' and state = 'created'`,
    )
    expect(rows).toEqual([])
  })
})
