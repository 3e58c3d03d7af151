import type { Release } from '../../core/game.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const FIRST_YEAR = 1970
const LAST_YEAR = 2100

/** A store's release date with as much of it as is known; undefined for "Coming soon" and for impossible dates. */
export function parseRelease(text: string): Release | undefined {
  const plain = text.trim().replace(/\s+/g, ' ')
  return parseDay(plain) ?? parseMonth(plain) ?? parseQuarter(plain) ?? parseYear(plain)
}

function parseDay(text: string): Release | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return release('day', iso[1], Number(iso[2]), Number(iso[3]))
  const american = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i.exec(text)
  if (american) return release('day', american[3], monthNumber(american[1]), Number(american[2]))
  const european = /^(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4})$/i.exec(text)
  if (european) return release('day', european[3], monthNumber(european[2]), Number(european[1]))
  return undefined
}

function parseMonth(text: string): Release | undefined {
  const iso = /^(\d{4})-(\d{1,2})$/.exec(text)
  if (iso) return release('month', iso[1], Number(iso[2]))
  const named = /^([a-z]{3,9})\.?,? (\d{4})$/i.exec(text)
  return named ? release('month', named[2], monthNumber(named[1])) : undefined
}

function parseQuarter(text: string): Release | undefined {
  const quarter = /^Q([1-4]),? (\d{4})$/i.exec(text)
  return quarter ? release('quarter', quarter[2], Number(quarter[1]) * 3 - 2) : undefined
}

function parseYear(text: string): Release | undefined {
  return /^\d{4}$/.test(text) ? release('year', text) : undefined
}

/** 0 where no month begins so. */
function monthNumber(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
}

function release(
  precision: Release['precision'],
  yearText: string | undefined,
  month = 1,
  day = 1,
): Release | undefined {
  const year = Number(yearText)
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!exists || year < FIRST_YEAR || year > LAST_YEAR) return undefined
  return { at: date.toISOString().slice(0, 10), precision }
}
