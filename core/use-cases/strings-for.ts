import type { Examples } from '../catalogue/examples.ts'
import type { Rates } from '../catalogue/prices.ts'
import { pricesIn } from '../catalogue/prices.ts'
import type { Speaker } from '../command-request.ts'
import type { FormatterFor } from '../commands/formatter.ts'
import { kindOfPlace } from '../ids.ts'
import type { Locale } from '../locale.ts'
import type { PlaceSettings } from '../places/place.ts'
import type { Accounts } from '../players/accounts.ts'
import type { Strings } from '../strings/language.ts'
import { stringsIn } from '../strings/strings.ts'
import { Unavailable } from '../unavailable.ts'

export type StringsPorts = {
  readonly accounts: Accounts
  readonly rates: Rates
  /** What the loaded catalogue holds. Never throws. */
  readonly examples: () => Promise<Examples>
  readonly formatterFor: FormatterFor
}

/**
 * In the language that somebody chose, else their platform's word for it, else the place's, else English; with prices in
 * the place's currency.
 */
export async function stringsFor(
  { accounts, rates, examples, formatterFor }: StringsPorts,
  speaker: Speaker,
  settings: PlaceSettings | Promise<PlaceSettings>,
): Promise<Strings> {
  const [chosen, place, loaded] = await Promise.all([
    unlessAway(accounts.locale(speaker.user)),
    unlessAway(settings),
    examples(),
  ])
  const locale = chosen ?? speaker.locale ?? place?.locale
  const strings: Strings = {
    ...stringsIn(locale, formatterFor(speaker), kindOfPlace(speaker.user)),
    examples: loaded,
  }
  const table = place?.currency && (await unlessAway(rates.table()))
  return table ? { ...strings, prices: pricesIn(place.currency, table) } : strings
}

/** What everybody sees is in the place's language; where none is set, in that of whoever posts it. */
export function publicStrings({ locale }: PlaceSettings, strings: Strings): Strings {
  return locale === undefined ? strings : inLanguage(locale, strings)
}

/** The same reader's words in another language. */
export function inLanguage(locale: Locale, { command, placeKind, prices, examples }: Strings): Strings {
  return { ...stringsIn(locale, command, placeKind), prices, examples }
}

/** A language is no reason to give no answer: without the database the platform's word counts. */
async function unlessAway<T>(read: T | Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}
