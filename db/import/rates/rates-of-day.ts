import { parseRelease } from '../games/release-date.ts'

/** What one euro came to on a day, by currency; never empty, and without the euro itself. */
export type RatesOfDay = { readonly day: string; readonly perEuro: ReadonlyMap<string, number> }

/** A currency and what stands beside it, both as written. */
export type Quote = readonly [currency: string, rate: string]

const CURRENCY = /^[A-Z]{3}$/
const RATE = /^\d{1,9}(\.\d{1,9})?$/
/** Of a currency that was not quoted on the day. */
const ABSENT = /^(n\/a)?$/i

/** `23 November 2026` or `2026-11-23` with its quotes, or why they are none. */
export function parseRates(dayText: string, quotes: readonly Quote[]): RatesOfDay | string {
  const release = parseRelease(dayText)
  if (release?.precision !== 'day') return 'not a day'
  const perEuro = new Map<string, number>()
  for (const [currency, text] of quotes) {
    if (!CURRENCY.test(currency)) return 'a column without a currency'
    if (perEuro.has(currency)) return `${currency} twice`
    if (ABSENT.test(text)) continue
    const rate = RATE.test(text) ? Number(text) : 0
    if (rate === 0) return `not a rate for ${currency}`
    perEuro.set(currency, rate)
  }
  // Some tables state what a dollar comes to, among other things in euros.
  if ((perEuro.get('EUR') ?? 1) !== 1) return 'rates for something else than one euro'
  perEuro.delete('EUR')
  return perEuro.size === 0 ? 'no rate at all' : { day: release.at, perEuro }
}
