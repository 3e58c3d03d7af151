import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCurrency } from '../../core/catalogue/currencies.ts'
import { pricesIn } from '../../core/catalogue/prices.ts'
import type { Requester } from '../../core/command-request.ts'
import { ANYTHING } from '../../core/commands/filter-input.ts'
import { unmarked } from '../../core/marks.ts'
import { parseCommand } from '../../core/parsing/parse.ts'
import { readPrice } from '../../core/parsing/read-price.ts'
import { readFilter } from '../../core/use-cases/read-filter.ts'
import { syntaxFor } from '../support/builders/platforms.ts'
import { asker } from '../support/builders/requesters.ts'
import { memoryCatalogue } from '../support/fakes/ports.ts'
import { RATES } from '../support/fakes/rates.ts'

const ASKER: Requester = asker({ user: 'discord:1', channel: 'discord:2', place: 'discord:3' })

/** What chat programs, pages and keyboards put round something. */
const MARKS: readonly (readonly [string, string])[] = [
  ...([
    ['*', '*'],
    ['**', '**'],
    ['***', '***'],
    ['__', '__'],
    ['~', '~'],
    ['~~', '~~'],
    ['||', '||'],
  ] as const),
  ...([
    ['`', '`'],
    ['```', '```'],
    ['```\n', '\n```'],
    ['> ', ''],
    ['"', '"'],
    ["'", "'"],
    ['“', '”'],
  ] as const),
  ...([
    ['‘', '’'],
    ['„', '“'],
    ['‚', '‘'],
    ['«', '»'],
    ['« ', ' »'],
    ['»', '«'],
    ['‹', '›'],
    ['”', '”'],
  ] as const),
  ...([
    ['「', '」'],
    ['『', '』'],
    ['《', '》'],
    ['〈', '〉'],
    ['＂', '＂'],
    ['„', '”'],
    ['', '\u200b'],
  ] as const),
  ...([
    ['\u200e', '\u200e'],
    ['\u202a', '\u202c'],
    ['\ufeff', ''],
    ['\u00a0', '\u00a0'],
    ['\u3000', '\u3000'],
  ] as const),
]

const marked = fc.array(fc.constantFrom(...MARKS), { maxLength: 3 })
const wrapped = (text: string, marks: readonly (readonly [string, string])[]) =>
  marks.reduce((inner, [before, after]) => `${before}${inner}${after}`, text)

describe('marks round what is typed', () => {
  it('are not there for any option of any kind', () => {
    const values = {
      steam_id: ['76561197960287930', 'gabelogannewell', 'https://steamcommunity.com/id/x'],
      genre: ['Roguelike', 'Action Roguelike'],
      like: ['Hades', 'Half-Life 2'],
      max_price: ['9.99', '15'],
      count: ['5'],
      discovery: ['hidden-gems'],
      on_sale: ['yes'],
    }
    const given = fc.constantFrom(
      ...Object.entries(values).flatMap(([name, all]) => all.map((value) => [name, value] as const)),
    )
    fc.assert(
      fc.property(given, marked, ([name, value], marks) => {
        const plain = parseCommand('recommend', { [name]: value }, ASKER, syntaxFor(ASKER))
        expect(plain.ok).toBe(true)
        expect(parseCommand('recommend', { [name]: wrapped(value, marks) }, ASKER, syntaxFor(ASKER))).toEqual(
          plain,
        )
      }),
    )
  })

  it.each([
    ['<https://store.steampowered.com/app/620>', 'https://store.steampowered.com/app/620'],
    ['[Portal 2](https://store.steampowered.com/app/620)', 'https://store.steampowered.com/app/620'],
    ['\\*Hades\\*', 'Hades'],
    ['_76561197960287930_', '76561197960287930'],
    ['_Slay the Spire_', 'Slay the Spire'],
    ['_name_', '_name_'],
    ['＄１０', '$10'],
    ['***', '***'],
    ['<@123>', '<@123>'],
    ['', ''],
  ])('%j is %j', (text, bare) => expect(unmarked(text)).toBe(bare))

  it('leave one space where an invisible sign stood between two', () => {
    expect(unmarked('a\t\0\tb \u200b c')).toBe('a b c')
  })

  it('never leave more, nor an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(unmarked(unmarked(text))).toBe(unmarked(text))
      }),
    )
  })
})

describe('a price', () => {
  it.each([
    ['9,99', 9.99, undefined],
    ['9.99', 9.99, undefined],
    ['€9,99', 9.99, '€'],
    ['9,99 €', 9.99, '€'],
    ['$10', 10, '$'],
    ['10 USD', 10, 'USD'],
    ['usd 10', 10, 'USD'],
    ['US$10', 10, 'US$'],
    ['1.000,50', 1000.5, undefined],
    ['1,000.50', 1000.5, undefined],
    ["1'000.50", 1000.5, undefined],
    ['1 000,50 zł', 1000.5, 'ZŁ'],
    ['15.000', 15_000, undefined],
    ['1,234,567', 1_234_567, undefined],
    ['13000원', 13_000, '원'],
    ['0.999', 0.999, undefined],
    ['10,-', 10, undefined],
    ['free', 0, undefined],
    [' Kostenlos ', 0, undefined],
    ['무료', 0, undefined],
    ['under 5', 5, undefined],
    ['max. 5 €', 5, '€'],
    ['less than $5', 5, '$'],
    ['<5', 5, undefined],
    ['≤ CDN$ 5', 5, 'CDN$'],
    ['5000원 이하', 5_000, '원'],
  ])('%j is %j (%s)', (text, amount, sign) => expect(readPrice(text)).toEqual({ amount, sign }))

  it.each([
    '',
    'ten',
    '1e3',
    '0x10',
    '1,2,3',
    '1.2.3,4',
    '$',
    '10 apples',
    '$10€',
    '--5',
    'under',
    'maxi 5',
    '5-10',
    'freeware',
  ])('%j is none', (text) => expect(readPrice(text)).toBeUndefined())

  it('is meant in the currency that was typed with it, else in the place’s', async () => {
    const limit = async (max_price: string, currency = 'USD') => {
      const parsed = parseCommand('curate', { genre: 'Puzzle', max_price }, ASKER, syntaxFor(ASKER))
      if (!parsed.ok || parsed.request.kind !== 'curate') return expect.unreachable()
      const needs = {
        catalogue: memoryCatalogue([]),
        now: () => new Date(),
        rates: { table: async () => RATES },
      }
      const { maxPrice, priceSign } = parsed.request.filterInput
      const wish = { ...ANYTHING, maxPrice, priceSign }
      const filter = await readFilter(needs, wish, { mature: false, without: [] }, pricesIn(currency, RATES))
      return 'kind' in filter ? filter.kind : filter.maxPriceCents
    }
    expect(await limit('$10')).toBe(1000)
    expect(await limit('10')).toBe(1000)
    expect(await limit('₩13000')).toBe(await limit('13000', 'KRW'))
    expect(await limit('10 USD', 'KRW')).toBe(1000)
    expect(await limit('10 XYZ')).toBe('unknown-currency')
  })
})

describe('a label of a completion', () => {
  const wish = (values: Record<string, string>) => {
    const parsed = parseCommand('recommend', values, ASKER, syntaxFor(ASKER))
    return parsed.ok && parsed.request.kind === 'recommend' ? parsed.request : expect.unreachable()
  }

  it('is its value', () => {
    expect(wish({ genre: 'Puzzle, Roguelike (1,234)' }).filterInput.genres).toEqual(['Puzzle', 'Roguelike'])
    expect(wish({ discovery: 'hidden-gems (Hidden gems)' }).discovery).toBe('hidden-gems')
    expect(wish({ age: 'Last two years' }).filterInput.age).toBe('two-years')
    expect(readCurrency('KRW (South Korean Won, 대한민국 원)', RATES)).toBe('KRW')
    expect(readCurrency('South Korean Won (KRW)', RATES)).toBe('KRW')
  })

  it('with a minus is excluded', () => {
    expect(wish({ genre: 'Roguelike, -Horror', exclude: '-Puzzle' }).filterInput).toMatchObject({
      genres: ['Roguelike'],
      exclude: ['Horror', 'Puzzle'],
    })
  })
})
