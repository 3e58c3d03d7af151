import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCallBudget } from '../../../db/ingest/call-budget.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.steam_calls').execute()
})

const days = () => db.selectFrom('warehouse.steam_calls').selectAll().orderBy('day').execute()

type Step = { readonly kind: 'take' | 'player'; readonly process: number; readonly hours: number }

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('take', 'player'),
  process: fc.integer({ min: 0, max: 1 }),
  hours: fc.integer({ min: 0, max: 5 }),
})

describe('the calls of a day', () => {
  it('leave a fifth to players, whoever takes them and whenever, and no more than that', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 0, max: 12 }),
        async (steps, perDay) => {
          await db.deleteFrom('warehouse.steam_calls').execute()
          let now = new Date('2026-11-26T00:00:00Z')
          const budgets = [0, 1].map(() => createCallBudget(db, { perDay, log: () => {}, now: () => now }))
          const used = new Map<string, number>()
          for (const { kind, process, hours } of steps) {
            now = new Date(now.getTime() + hours * 3_600_000)
            const day = now.toISOString().slice(0, 10)
            const before = used.get(day) ?? 0
            if (kind === 'player') {
              budgets[process]?.count()
              await budgets[process]?.flush()
            } else {
              const taken = await budgets[process]?.take(now)
              expect(taken).toBe(before < Math.floor(perDay * 0.8))
              if (!taken) continue
            }
            used.set(day, before + 1)
          }
          expect((await days()).map(({ day, players, background }) => [day, players + background])).toEqual([
            ...used,
          ])
        },
      ),
      { numRuns: 30 },
    )
  })

  it('are not exceeded by many who take one at the same moment', async () => {
    const now = new Date('2026-11-26T12:00:00Z')
    const budgets = [0, 1, 2].map(() => createCallBudget(db, { perDay: 50, log: () => {} }))
    const taken = await Promise.all(
      budgets.flatMap((budget) => Array.from({ length: 30 }, () => budget.take(now))),
    )
    expect(taken.filter((each) => each)).toHaveLength(40)
    expect(await days()).toMatchObject([{ day: '2026-11-26', background: 40, players: 0 }])
  })

  it('of players are written down together, and never refused', async () => {
    const now = () => new Date('2026-11-26T12:00:00Z')
    const budget = createCallBudget(db, { perDay: 2, log: () => {}, now })
    for (let call = 0; call < 5; call += 1) budget.count()
    await budget.flush()
    await budget.flush()
    expect(await days()).toMatchObject([{ players: 5, background: 0 }])
    expect(await budget.take(now())).toBe(false)
  })
})
