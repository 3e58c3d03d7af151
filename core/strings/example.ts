import type { Examples } from '../catalogue/examples.ts'
import { decimalsOf, limitFor, type Prices } from '../catalogue/prices.ts'
import { type CommandName, findCommand, type OptionName } from '../commands/catalogue.ts'
import type { ExampleWanted } from '../commands/example.ts'
import type { CommandFormatter } from '../commands/formatter.ts'
import type { OptionSpec } from '../commands/spec.ts'

type Typing = { readonly command: CommandFormatter; readonly examples: Examples; readonly prices: Prices }

/** A command as it can be typed where the reader is, and works on what is loaded; undefined where nothing does. */
export function exampleOf({ command, option }: ExampleWanted, typing: Typing): string | undefined {
  const spec = findCommand(command)
  if (spec === undefined) return undefined
  const options: readonly OptionSpec[] = spec.options
  const needed = [
    ...options.filter(({ required }) => required).map(({ name }) => name),
    ...neededBy(command, option),
  ]
  const shown: readonly string[] = option === undefined ? spec.example : [...new Set([...needed, option])]
  const given: Partial<Record<OptionName, string>> = {}
  for (const name of shown) {
    const found = options.find((one) => one.name === name)
    const value = found && valueFor(found, command, typing)
    if (value !== undefined) given[name as OptionName] = value
    else if (name === option || needed.includes(name)) return undefined
  }
  return typing.command(command, given)
}

/** Whoever has linked no account has to say what they like. */
function neededBy(command: CommandName, option: string | undefined): readonly OptionName[] {
  return command === 'recommend' && option !== 'steam_id' ? ['like'] : []
}

/** Accounts that Valve names in its own documentation. */
const PLAYER = '76561197960287930'
const PLAYERS = '76561197960435530 76561197960434622'

/** What works whatever is loaded. */
const ALWAYS: Readonly<Partial<Record<OptionName, string>>> = {
  discovery: 'hidden-gems',
  age: 'all',
  on_sale: 'no',
  sort: 'acclaimed',
  hide_owned: 'no',
  count: '5',
  day: 'friday',
  time: '18:00',
  timezone: 'Asia/Seoul',
  mention: '@here',
  community: 'no',
  training: 'no',
  server_language: 'ko',
  currency: 'none',
  mature: 'no',
  channels: 'here',
  number: '1',
}

function valueFor(option: OptionSpec, command: CommandName, typing: Typing): string | undefined {
  const { examples } = typing
  const { games, labels, values, hasSteam } = examples
  switch (option.name) {
    case 'steam_id':
      return hasSteam || command === 'link' ? PLAYER : undefined
    case 'players':
      return hasSteam ? PLAYERS : undefined
    case 'like':
    case 'game':
    case 'block':
    case 'unblock':
      return games[0]
    case 'genre':
      return labels[0]
    case 'exclude':
      return labels[1]
    case 'max_price':
      return priceLimit(typing)
    case 'language':
      return option.type === 'choice' ? 'ko' : values.language
  }
  const name = option.name as OptionName
  return values[name] ?? ALWAYS[name]
}

/** In whole units of the place's currency, two digits of them, rounded up. */
function priceLimit({ examples, prices }: Typing): string | undefined {
  if (examples.priceCents === undefined) return undefined
  const amount = limitFor(examples.priceCents, prices) / 10 ** decimalsOf(prices.currency)
  const step = 10 ** Math.max(0, Math.ceil(Math.log10(amount)) - 2)
  return String(Math.ceil(amount / step) * step)
}
