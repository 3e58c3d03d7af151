import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UMBRELLA, unwrapped } from '../../../bot/platform/command-line.ts'
import { parseText } from '../../../bot/slack/receive/parse.ts'
import { AS_STATED } from '../../../core/catalogue/prices.ts'
import type { Requester, RequestOf } from '../../../core/command-request.ts'
import { COMMANDS, DEFAULT_COUNT, MAX_COUNT } from '../../../core/commands/catalogue.ts'
import { ANYTHING } from '../../../core/commands/filter-input.ts'
import type { OptionSpec } from '../../../core/commands/spec.ts'
import { LOCALES } from '../../../core/locale.ts'
import { parseCommand, type Values } from '../../../core/parsing/parse.ts'
import { readAccount } from '../../../core/players/steam-id.ts'
import { exampleOf } from '../../../core/strings/example.ts'
import { explainProblem, stringsIn } from '../../../core/strings/strings.ts'
import { EXAMPLES, wordsWithExamples } from '../../support/builders/examples.ts'
import { formatterFor, syntaxFor } from '../../support/builders/platforms.ts'
import { asker } from '../../support/builders/requesters.ts'

const ASKER = asker({ user: 'terminal:test', channel: 'terminal:test', place: undefined })
const ON_SLACK = formatterFor({ user: 'slack:T1.U1', locale: 'ko' })
const GABE = '76561197960287930'

const SEEDS_RULE = {
  ...{ genres: ['Indie'], exclude: ['Nudity', 'Sexual Content'] },
  ...{ minReviews: 100, minPositive: 90 },
}

const parse = (values: Values, requester = ASKER) =>
  parseCommand('recommend', values, requester, syntaxFor(requester))

function askFor(values: Values): RequestOf<'recommend'> {
  const parsed = parse({ steam_id: GABE, ...values })
  if (!parsed.ok || parsed.request.kind !== 'recommend')
    throw new Error(`not understood: ${JSON.stringify(parsed)}`)
  return parsed.request
}

/** What the command's example gives to its options. */
function givenIn({ name }: (typeof COMMANDS)[number]): Readonly<Record<string, string>> {
  let given = {}
  const command = (_name: string, options = {}) => {
    given = options
    return ''
  }
  exampleOf({ command: name }, { command, examples: EXAMPLES, prices: AS_STATED })
  return given
}

function problemOf(name: string, values: Values, requester = ASKER): string {
  const parsed = parseCommand(name, values, requester, syntaxFor(requester))
  if (parsed.ok) throw new Error('it was understood')
  const strings = wordsWithExamples(requester.locale, formatterFor(requester))
  return explainProblem(parsed.problem, strings)
}

describe('the catalogue of commands', () => {
  it.each([...COMMANDS])('keeps what Discord and Slack allow: /$name', (command) => {
    const options: readonly OptionSpec[] = command.options
    expect(options.length).toBeLessThanOrEqual(25)
    const words = [...command.name.split(' '), ...options.map(({ name }) => name)]
    for (const word of words) expect(word).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u)
    expect(command.name.split(' ').length).toBeLessThanOrEqual(2)
    const names = options.map((option) => option.name)
    expect(new Set(names).size).toBe(names.length)
    if (command.bare !== undefined) expect(names).toContain(command.bare)
  })

  it.each([...COMMANDS])('has an example that is understood as it is typed on Slack: /$name', (spec) => {
    const { name } = spec
    const example = givenIn(spec)
    expect(parseCommand(name, example, ASKER, syntaxFor(ASKER))).toMatchObject({ ok: true })
    const typed = unwrapped({
      name: spec.generic ? UMBRELLA : (name.split(' ')[0] ?? name),
      text: ON_SLACK(name, example).replace(/^\/\S+ ?/, ''),
    })
    expect(typed.name).toBe(name)
    expect(parseText(typed.text, spec)).toMatchObject(example)
  })
})

describe('parseCommand', () => {
  it('reads all options, as values or as they were typed', () => {
    const filterInput = {
      ...ANYTHING,
      ...{ genres: ['Co-op', 'Puzzle'], exclude: ['Horror'], maxPrice: 9.99, language: 'Korean' },
      ...{ platform: 'linux', age: 'two-years', onSale: true },
    }
    const expected = {
      ...ASKER,
      kind: 'recommend',
      player: { kind: 'steam', ...readAccount(GABE) },
      ...{ filterInput, discovery: 'hidden-gems', count: 5 },
    }
    const same = { genre: ' Co-op ,Puzzle,, Co-op', exclude: 'Horror', language: 'Korean', platform: 'linux' }
    const typed = {
      max_price: '9.99',
      count: '5',
      on_sale: 'Yes',
      age: 'Two years',
      discovery: 'Hidden Gems',
    }
    const chosen = { max_price: 9.99, count: 5, on_sale: true, age: 'two-years', discovery: 'hidden-gems' }
    expect(askFor({ ...same, ...typed })).toEqual(expected)
    expect(askFor({ ...same, ...chosen })).toEqual(expected)
  })

  it('takes what is left empty for not given', () => {
    expect(askFor({ genre: '  ', max_price: '', count: undefined })).toMatchObject({
      filterInput: ANYTHING,
      discovery: 'balanced',
      count: DEFAULT_COUNT,
    })
  })

  it('reads whose taste counts: named games before a Steam ID, and the linked account without either', () => {
    expect(askFor({ like: 'Hades; Celeste;' }).player).toEqual({ kind: 'liked', names: ['Hades', 'Celeste'] })
    expect(askFor({}).player).toEqual({ kind: 'steam', ...readAccount(GABE) })
    expect(askFor({ steam_id: ' ' }).player).toEqual({ kind: 'linked' })
  })

  it.each([
    ['curate', { genre: 'Puzzle', sort: 'on sale' }, { sort: 'on-sale', hideOwned: false }],
    [
      'curate',
      { genre: 'Indie', exclude: 'Nudity, Sexual Content', min_reviews: '100', min_positive: 90 },
      { filterInput: { ...ANYTHING, ...SEEDS_RULE } },
    ],
    ['similar', { game: 'Slay the Spire' }, { game: 'Slay the Spire', count: DEFAULT_COUNT }],
    [
      'together',
      { players: `${GABE}, gabelogannewell <@1>` },
      {
        players: [
          { kind: 'steam', typed: GABE, target: { kind: 'id', id: GABE } },
          {
            kind: 'steam',
            typed: 'gabelogannewell',
            target: { kind: 'vanity', name: 'gabelogannewell' },
          },
          { kind: 'member', member: 'discord:1' },
        ],
      },
    ],
    ['taste', {}, { player: { kind: 'linked' } }],
    ['link', { steam_id: GABE }, readAccount(GABE)],
    ['settings', { language: 'KO' }, { language: 'ko' }],
    ['settings', {}, { language: undefined }],
    ['forget-me', {}, {}],
  ] as [string, Values, object][])('reads /%s %j', (name, values, request) => {
    expect(parseCommand(name, values, ASKER, syntaxFor(ASKER))).toMatchObject({
      ok: true,
      request: { kind: name, ...request },
    })
  })

  it.each([
    ['curate', { genre: '  ' }, 'genre is missing'],
    ['recommend', { steam_id: 'a'.repeat(201) }, 'steam_id is too long: use up to 200'],
    ['recommend', { count: 0 }, `count must be a whole number from 1 to ${MAX_COUNT}`],
    ['recommend', { count: '2.5' }, 'count must be a whole number'],
    ['recommend', { count: 'ten' }, 'count must be a whole number'],
    ['recommend', { count: Number.NaN }, 'count must be a whole number'],
    ['recommend', { max_price: -1 }, 'max_price must be a number from 0 to 100,000,000'],
    ['recommend', { max_price: '1e3' }, 'max_price must be a number'],
    ['recommend', { max_price: '0x10' }, 'max_price must be a number'],
    ['recommend', { max_price: Number.POSITIVE_INFINITY }, 'max_price must be a number'],
    ['recommend', { age: 'old' }, 'age must be all, five-years, two-years, or this-year'],
    ['recommend', { on_sale: 'maybe' }, 'on_sale must be yes or no'],
    [
      'curate',
      { genre: 'Indie', min_reviews: '0' },
      'min_reviews must be a whole number from 1 to 1,000,000',
    ],
    ['curate', { genre: 'Indie', min_positive: 101 }, 'min_positive must be a whole number from 1 to 100'],
    ['curate', { genre: 'Indie', min_positive: '190%' }, 'min_positive must be a whole number from 1 to 100'],
    ['curate', { genre: '-Horror' }, 'genre is missing'],
    ['settings', { language: 'fr' }, 'language must be en or ko'],
    ['taste', { price: 5 }, '/taste has no option “price”; it has steam_id'],
    ['recommend', { constructor: 'x' }, 'has no option “constructor”'],
    ['unlink', { now: 'now' }, '/unlink takes no options'],
  ] as [string, Values, string][])(
    'says what is wrong with /%s %j, and shows how it is typed',
    (name, values, sentence) => {
      const problem = problemOf(name, values)
      expect(problem).toContain(sentence)
      expect(problem).toContain(`For example: /${name}`)
    },
  )

  it('shows a generic command on Slack as it is typed there', () => {
    const onSlack: Requester = { ...ASKER, user: 'slack:T1.U1' }
    expect(problemOf('link', {}, onSlack)).toContain('For example: /indiescout link 76561197960287930')
    expect(problemOf('toString', {}, onSlack)).toContain('/indiescout help')
  })

  it('names the command and the option as a Korean Discord lists them, in whatever language it answers', () => {
    const inKorea: Requester = { ...ASKER, user: 'discord:1', locale: 'ko' }
    const parsed = parseCommand('recommend', { steam_id: GABE, max_price: -1 }, inKorea, syntaxFor(inKorea))
    if (parsed.ok) throw new Error('it was understood')
    for (const locale of LOCALES) {
      const sentence = explainProblem(parsed.problem, wordsWithExamples(locale, formatterFor(inKorea)))
      expect(sentence).toContain('최고_가격')
      expect(sentence).toContain('/추천 좋아하는_게임:Hades 최고_가격:10')
      expect(sentence).not.toMatch(/max_price|recommend/)
    }
    expect(problemOf('recommend', { game: 'x' }, inKorea)).toContain('스팀_아이디, 좋아하는_게임, 장르')
  })

  it.each(['slack:T1.U1', 'terminal:test'] as const)('names them in English for %s', (user) => {
    const problem = problemOf('recommend', { max_price: -1 }, { ...ASKER, user, locale: 'ko' })
    expect(problem).toContain('max_price 값은')
    expect(problem).toContain('예: /recommend')
    expect(problem).not.toMatch(/추천|가격:/)
  })

  it('knows no other command', () => {
    expect(problemOf('toString', {})).toBe('There’s no command /toString. /help lists all commands.')
    expect(problemOf('toString', {}, { ...ASKER, locale: 'ko' })).toContain('/toString 명령은 없어요')
  })

  it('takes every price and count within the bounds, also one with many decimals', () => {
    const price = fc.double({ min: 0, max: 100_000_000, noNaN: true })
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: MAX_COUNT }), (max_price, count) => {
        const ask = askFor({ max_price, count })
        expect([ask.filterInput.maxPrice, ask.count]).toEqual([max_price, count])
      }),
    )
  })

  it('answers anything to any command with an ask within the bounds or a sentence of bearable length', () => {
    const names = COMMANDS.flatMap((command) => command.options.map((option) => option.name))
    const name = fc.oneof(fc.constantFrom(...names), fc.string())
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(undefined),
    )
    const command = fc.constantFrom(...COMMANDS.map((one) => one.name))
    fc.assert(
      fc.property(command, fc.dictionary(name, value, { maxKeys: 5 }), (typed, values) => {
        const parsed = parseCommand(typed, values, ASKER, syntaxFor(ASKER))
        if (!parsed.ok) expect(explainProblem(parsed.problem, stringsIn('en')).length).toBeLessThan(400)
        else if ('count' in parsed.request) {
          expect(Number.isInteger(parsed.request.count)).toBe(true)
          expect(parsed.request.count).toBeGreaterThanOrEqual(1)
          expect(parsed.request.count).toBeLessThanOrEqual(MAX_COUNT)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
