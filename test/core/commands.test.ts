import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Asker } from '../../core/ask.ts'
import { COMMANDS, DEFAULT_COUNT, MAX_COUNT, parseCommand, type Values } from '../../core/commands.ts'

const ASKER: Asker = { user: 'terminal:test', matureAllowed: false }
const GABE = '76561197960287930'

function parse(values: Values) {
  return parseCommand('recommend', values, ASKER)
}

function askFor(values: Values) {
  const parsed = parse({ steam_id: GABE, ...values })
  if (!parsed.ok || parsed.ask.kind !== 'recommend')
    throw new Error(`not understood: ${JSON.stringify(parsed)}`)
  return parsed.ask
}

function problemOf(values: Values): string {
  const parsed = parse({ steam_id: GABE, ...values })
  if (parsed.ok) throw new Error('it was understood')
  return parsed.problem
}

describe('the catalogue of commands', () => {
  it.each(COMMANDS)('keeps what Discord and Slack allow: /$name', (command) => {
    expect(command.name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u)
    expect(command.options.length).toBeLessThanOrEqual(25)
    for (const { name, description } of [command, ...command.options]) {
      expect(name).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u)
      expect(description.length).toBeGreaterThan(0)
      expect(description.length).toBeLessThanOrEqual(100)
    }
    const names = command.options.map((option) => option.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain(command.bare)
    const optionalFrom = command.options.findIndex((option) => !option.required)
    expect(command.options.slice(optionalFrom).every((option) => !option.required)).toBe(true)
  })

  it.each(COMMANDS)('shows an example that begins with the command: /$name', (command) => {
    expect(command.example.startsWith(`/${command.name} `)).toBe(true)
  })
})

describe('parseCommand', () => {
  it('reads all options, as numbers or as they were typed', () => {
    const expected = {
      ...ASKER,
      kind: 'recommend',
      player: { kind: 'steam', typed: GABE },
      genre: 'Co-op',
      maxPrice: 9.99,
      language: undefined,
      count: 5,
    }
    expect(askFor({ genre: ' Co-op ', max_price: '9.99', count: '5' })).toEqual(expected)
    expect(askFor({ genre: 'Co-op', max_price: 9.99, count: 5 })).toEqual(expected)
  })

  it('takes what is left empty for not given', () => {
    expect(askFor({ genre: '  ', max_price: '', count: undefined })).toMatchObject({
      genre: undefined,
      maxPrice: undefined,
      count: DEFAULT_COUNT,
    })
  })

  it.each([
    [{ steam_id: undefined }, 'steam_id is missing'],
    [{ steam_id: '  ' }, 'steam_id is missing'],
    [{ steam_id: 'a'.repeat(201) }, 'steam_id is too long: at most 200'],
    [{ count: 0 }, `count must be a whole number from 1 to ${MAX_COUNT}`],
    [{ count: '2.5' }, 'count must be a whole number'],
    [{ count: 'ten' }, 'count must be a whole number'],
    [{ count: Number.NaN }, 'count must be a whole number'],
    [{ max_price: -1 }, 'max_price must be a number from 0 to 1000'],
    [{ max_price: '1e3' }, 'max_price must be a number'],
    [{ max_price: '0x10' }, 'max_price must be a number'],
    [{ max_price: Number.POSITIVE_INFINITY }, 'max_price must be a number'],
    [{ price: 5 }, 'has no option "price"; it takes steam_id, genre, max_price, count'],
    [{ constructor: 'x' }, 'has no option "constructor"'],
  ] as [Values, string][])('says what is wrong with %j, and shows how it is typed', (values, sentence) => {
    const problem = problemOf(values)
    expect(problem).toContain(sentence)
    expect(problem).toContain('For example: /recommend ')
  })

  it('knows no other command', () => {
    expect(parseCommand('toString', {}, ASKER)).toEqual({
      ok: false,
      problem: 'There is no command /toString.',
    })
  })

  it('takes every price and count within the bounds, also one with many decimals', () => {
    const price = fc.double({ min: 0, max: 1000, noNaN: true })
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: MAX_COUNT }), (max_price, count) => {
        expect(askFor({ max_price, count })).toMatchObject({ maxPrice: max_price, count })
      }),
    )
  })

  it('answers anything with an ask within the bounds or a sentence of bearable length', () => {
    const name = fc.oneof(fc.constantFrom('steam_id', 'genre', 'max_price', 'count'), fc.string())
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.double(),
      fc.integer(),
      fc.constant(undefined),
    )
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (values) => {
        const parsed = parse(values)
        if (!parsed.ok) expect(parsed.problem.length).toBeLessThan(400)
        else if (parsed.ask.kind === 'recommend') {
          expect(Number.isInteger(parsed.ask.count)).toBe(true)
          expect(parsed.ask.count).toBeGreaterThanOrEqual(1)
          expect(parsed.ask.count).toBeLessThanOrEqual(MAX_COUNT)
          expect(parsed.ask.maxPrice ?? 0).toBeGreaterThanOrEqual(0)
          expect(parsed.ask.maxPrice ?? 0).toBeLessThanOrEqual(1000)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
