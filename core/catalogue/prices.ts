import type { Price } from './game.ts'

/** What one euro comes to, by currency, the euro among them; empty where no rates are loaded. */
export type RateTable = ReadonlyMap<string, number>

/** In which the catalogue states its prices: every import writes it. */
export const CATALOGUE_CURRENCY = 'USD'

/** In which currency prices are told, and typed, at a place. */
export type Prices = { readonly currency: string; readonly rates: RateTable }

export const AS_STATED: Prices = { currency: CATALOGUE_CURRENCY, rates: new Map() }

/** What the catalogue's columns hold. */
const MAX_CENTS = 2 ** 31 - 1

/** In the currency that a place has chosen; the catalogue's where it chose none, or where a rate is missing. */
export function pricesIn(chosen: string | undefined, rates: RateTable): Prices {
  const known = chosen !== undefined && isExchangeable(chosen, rates)
  return { currency: known ? chosen : CATALOGUE_CURRENCY, rates }
}

/** Whether the catalogue's prices can be told in it. */
export function isExchangeable(currency: string, rates: RateTable): boolean {
  return exchange(CATALOGUE_CURRENCY, currency, rates) !== undefined
}

/** About what a price comes to in the place's currency, in its smallest unit; undefined where it needs no telling or has no rate. */
export function toldIn({ cents, currency }: Price, prices: Prices): number | undefined {
  if (cents === 0 || currency === prices.currency) return undefined
  const each = exchange(currency, prices.currency, prices.rates)
  return each === undefined ? undefined : Math.round(cents * each)
}

/** Which currencies a sign stands for, the likeliest first. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'CLP', 'COP', 'ARS'],
  '¥': ['JPY', 'CNY'],
  ...{ US$: ['USD'], C$: ['CAD'], CA$: ['CAD'], A$: ['AUD'], AU$: ['AUD'], NZ$: ['NZD'], S$: ['SGD'] },
  ...{ HK$: ['HKD'], NT$: ['TWD'], R$: ['BRL'], '€': ['EUR'], '£': ['GBP'], '₩': ['KRW'], '₽': ['RUB'] },
  ...{ '₹': ['INR'], '₺': ['TRY'], '₴': ['UAH'], '₫': ['VND'], '฿': ['THB'], '₱': ['PHP'], '₪': ['ILS'] },
  ...{ ZŁ: ['PLN'], 원: ['KRW'], 엔: ['JPY'], 유로: ['EUR'], 달러: ['USD'], BUCKS: ['USD'] },
  ...{ DOLLAR: ['USD'], DOLLARS: ['USD'], EURO: ['EUR'], EUROS: ['EUR'] },
}

/** What a sign or code means at a place: its own currency where it can be that, and where none was typed. */
export function currencyOf(sign: string | undefined, own: string): string {
  if (sign === undefined) return own
  const meant = Object.hasOwn(SIGNS, sign) ? (SIGNS[sign] ?? []) : [sign]
  return meant.includes(own) ? own : (meant[0] ?? own)
}

/** A limit as it was typed at a place, in the smallest unit of its currency. */
export function limitTyped(amount: number, { currency }: Prices): number {
  return Math.round(amount * 10 ** decimalsOf(currency))
}

/** The limit that just lets through what costs so many of the catalogue's cents. */
export function limitFor(cents: number, { currency, rates }: Prices): number {
  return Math.round(cents * (exchange(CATALOGUE_CURRENCY, currency, rates) ?? 1))
}

/** The most of the catalogue's cents that are told as no more than the limit, so that a game exactly at it passes. */
export function centsWithin(limit: number, prices: Prices): number {
  // Where nothing is to be paid, what is told as next to nothing is too much.
  if (limit === 0) return 0
  const each = exchange(CATALOGUE_CURRENCY, prices.currency, prices.rates) ?? 1
  // A half is rounded up, and whether it is one, a division does not tell to the last digit.
  let cents = Math.ceil((limit + 0.5) / each)
  while (limitFor(cents, prices) > limit) cents -= 1
  return Math.min(cents, MAX_CENTS)
}

/** How many of the smallest units of one currency one of another comes to. */
function exchange(from: string, to: string, rates: RateTable): number | undefined {
  if (from === to) return 1
  const [ofOne, ofOther] = [rates.get(from), rates.get(to)]
  if (ofOne === undefined || ofOther === undefined) return undefined
  return (ofOther / ofOne) * 10 ** (decimalsOf(to) - decimalsOf(from))
}

/** What currencies are worth, as an operator has loaded it. */
export interface Rates {
  /** Minutes old at most; empty where none are loaded. */
  table(): Promise<RateTable>
}

/** How many decimals prices in a currency have: the won has none. */
export function decimalsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    ...{ style: 'currency', currency },
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}
