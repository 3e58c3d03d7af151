import type { Catalogue } from '../catalogue/catalogue.ts'
import { currenciesLike, NO_CURRENCY, namesOf } from '../catalogue/currencies.ts'
import type { Rates, RateTable } from '../catalogue/prices.ts'
import type { Choice, Suggests } from '../commands/spec.ts'
import { timezonesLike } from '../digest/timezones.ts'

export type SuggestPorts = { readonly catalogue: Catalogue; readonly rates: Rates }

/** Discord shows at most 25 choices, of a hundred characters each; Slack has no completion. */
const MAX_CHOICES = 25
const MAX_CHOICE_LENGTH = 100

/** Completions for what is being typed. In a list the last entry is completed, and those before it stay. */
export async function suggest(
  ports: SuggestPorts,
  what: Suggests,
  typed: string,
): Promise<readonly Choice[]> {
  const choices = await completions(ports, what, typed)
  return choices.filter(({ name, value }) => Math.max(name.length, value.length) <= MAX_CHOICE_LENGTH)
}

async function completions(
  { catalogue, rates }: SuggestPorts,
  what: Suggests,
  typed: string,
): Promise<readonly Choice[]> {
  switch (what) {
    case 'genre':
      return inList(typed, ',', async (last) => {
        const labels = await catalogue.labels(last, MAX_CHOICES)
        return labels.map(({ name, games }) => ({ name: `${name} (${games})`, value: name }))
      })
    case 'game':
      return gameNames(catalogue, typed)
    case 'games':
      return inList(typed, ';', (last) => gameNames(catalogue, last))
    case 'currency':
      return currencyChoices(typed, await rates.table())
    case 'timezone':
      return timezonesLike(typed, MAX_CHOICES).map((name) => ({ name, value: name }))
  }
}

async function gameNames(catalogue: Catalogue, typed: string): Promise<readonly Choice[]> {
  const games = await catalogue.games(typed, MAX_CHOICES)
  return [...new Set(games.map(({ name }) => name))].map((name) => ({ name, value: name }))
}

function currencyChoices(typed: string, rates: RateTable): Choice[] {
  const none = NO_CURRENCY.startsWith(typed.toLowerCase()) ? [{ name: NO_CURRENCY, value: NO_CURRENCY }] : []
  const choices = currenciesLike(typed, rates).map((currency) => ({
    name: `${currency} (${namesOf(currency).join(', ')})`,
    value: currency,
  }))
  return [...none, ...choices].slice(0, MAX_CHOICES)
}

async function inList(
  typed: string,
  separator: string,
  complete: (last: string) => Promise<readonly Choice[]>,
): Promise<readonly Choice[]> {
  const end = typed.lastIndexOf(separator) + separator.length
  const before = typed.includes(separator) ? `${typed.slice(0, end).trim()} ` : ''
  const last = typed.includes(separator) ? typed.slice(end).trim() : typed
  const choices = await complete(last)
  return choices.map(({ name, value }) => ({ name: `${before}${name}`, value: `${before}${value}` }))
}
