import { LRUCache } from 'lru-cache'
import type { Rates, RateTable } from '../../core/catalogue/prices.ts'
import type { Db } from '../postgres/connect.ts'

/** An import shows within this time. */
const RATES_LIFE_MS = 5 * 60_000

export function createRates(db: Db): Rates {
  const recent = new LRUCache<'table', RateTable>({
    max: 1,
    ttl: RATES_LIFE_MS,
    fetchMethod: () => readRates(db),
  })
  return {
    /** None are no rates to remember: whoever has been told to load some tries again at once. */
    async table() {
      const known = await recent.forceFetch('table')
      return known.size > 0 ? known : readRates(db)
    },
  }
}

async function readRates(db: Db): Promise<RateTable> {
  const rows = await db
    .selectFrom('warehouse.exchange_rate')
    .select(['currency', 'per_euro'])
    .orderBy('currency')
    .execute()
  const rates = rows.map(({ currency, per_euro }): [string, number] => [currency, per_euro])
  return new Map(rates.length === 0 ? [] : [['EUR', 1], ...rates])
}
