import { beforeEach, describe, expect, it } from 'vitest'
import { createRates } from '../../../db/catalogue/exchange-rates.ts'
import { testDatabase } from '../../support/postgres/database.ts'

const db = await testDatabase()

beforeEach(async () => {
  await db.deleteFrom('warehouse.exchange_rate').execute()
})

const store = (rates: Readonly<Record<string, number>>) => {
  const rows = Object.entries(rates).map(([currency, per_euro]) => ({
    currency,
    per_euro,
    day: '2026-11-23',
  }))
  return db.insertInto('warehouse.exchange_rate').values(rows).execute()
}

describe('the exchange rates', () => {
  it('are those that were loaded, and the euro, which counts as one', async () => {
    await store({ USD: 1.0823, KRW: 1412.83 })
    expect([...(await createRates(db).table())]).toEqual([
      ['EUR', 1],
      ['KRW', 1412.83],
      ['USD', 1.0823],
    ])
  })

  it('are remembered for a while', async () => {
    await store({ USD: 1.0823 })
    const rates = createRates(db)
    const first = await rates.table()
    await store({ KRW: 1412.83 })
    expect(await rates.table()).toBe(first)
    expect((await createRates(db).table()).has('KRW')).toBe(true)
  })

  it('are none, without a euro, until some are loaded, which is seen at once', async () => {
    const rates = createRates(db)
    expect((await rates.table()).size).toBe(0)
    await store({ USD: 1.0823 })
    expect((await rates.table()).get('USD')).toBe(1.0823)
  })

  it.each([0, -1])('take no rate of %i', async (rate) => {
    await expect(store({ USD: rate })).rejects.toThrow('exchange_rate_per_euro_check')
  })
})
