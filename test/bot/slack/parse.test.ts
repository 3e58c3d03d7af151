import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksForUsage, parseText, unwrapped } from '../../../bot/slack/parse.ts'
import { type CommandName, findCommand } from '../../../core/commands/catalogue.ts'
import { parseCommand } from '../../../core/commands/parse.ts'

const specOf = (name: CommandName) => findCommand(name) ?? expect.unreachable()
const read = (text: string, name: CommandName = 'recommend') => parseText(text, specOf(name))

describe('the text behind a command', () => {
  it.each([
    ['76561197960287930', { steam_id: '76561197960287930' }],
    ['  gabelogannewell  ', { steam_id: 'gabelogannewell' }],
    ['STEAM_0:1:11101', { steam_id: 'STEAM_0:1:11101' }],
    ['[U:1:22202]', { steam_id: '[U:1:22202]' }],
    ['https://steamcommunity.com/id/x', { steam_id: 'https://steamcommunity.com/id/x' }],
    ['steam_id:https://steamcommunity.com/id/x', { steam_id: 'https://steamcommunity.com/id/x' }],
    ['<https://steamcommunity.com/id/x>', { steam_id: 'https://steamcommunity.com/id/x' }],
    [
      '<https://steamcommunity.com/id/x|steam community> count:3',
      { steam_id: 'https://steamcommunity.com/id/x', count: '3' },
    ],
    ['x genre:Roguelike max_price:15', { steam_id: 'x', genre: 'Roguelike', max_price: '15' }],
    ['x genre:"Action Roguelike"', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:“Action Roguelike” count:5', { steam_id: 'x', genre: 'Action Roguelike', count: '5' }],
    ['x genre:„Action Roguelike“', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:Action Roguelike count:5', { steam_id: 'x', genre: 'Action Roguelike', count: '5' }],
    ['x genre: Roguelike', { steam_id: 'x', genre: 'Roguelike' }],
    ['x genre: "Action Roguelike" ', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre: count:5', { steam_id: 'x', genre: '', count: '5' }],
    ['x GENRE:Puzzle', { steam_id: 'x', genre: 'Puzzle' }],
    ['genre:Action Roguelike', { steam_id: '', genre: 'Action Roguelike' }],
    [
      'like:"Hades; Slay the Spire" on_sale:yes',
      { steam_id: '', like: 'Hades; Slay the Spire', on_sale: 'yes' },
    ],
    [
      'like:Hades; Slay the Spire age:this-year',
      { steam_id: '', like: 'Hades; Slay the Spire', age: 'this-year' },
    ],
    ['genre:"Action Roguelike" x', { steam_id: 'x', genre: 'Action Roguelike' }],
    ['x genre:Beat &amp; Groove', { steam_id: 'x', genre: 'Beat & Groove' }],
    ['x genre:"unclosed words', { steam_id: 'x', genre: 'unclosed words' }],
    ['x genre:A genre:B', { steam_id: 'x', genre: 'B' }],
    ['x constructor:y', { steam_id: 'x', constructor: 'y' }],
    ['', { steam_id: '' }],
  ])('%j is read', (text, values) => {
    expect(read(text)).toEqual(values)
  })

  it('fills what a command cannot do without before it goes on with an option', () => {
    expect(read('sort:new Roguelike, Co-op', 'curate')).toEqual({ genre: 'Roguelike, Co-op', sort: 'new' })
    expect(read('Slay the Spire count:3', 'similar')).toEqual({ game: 'Slay the Spire', count: '3' })
  })

  it('stands for an option of that name where a command takes none, which then says so', () => {
    expect(read('me please', 'unlink')).toEqual({ 'me please': 'me please' })
    expect(read('', 'unlink')).toEqual({})
  })

  it('is read without an error, whatever it is', () => {
    const piece = fc.constantFrom(
      ':',
      '"',
      '“',
      '”',
      '<',
      '>',
      '|',
      ' ',
      'genre',
      'https://',
      '__proto__:x',
      '&amp;',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 20 })
    const asker = { user: 'slack:T1.U1', channel: 'slack:T1.C1', locale: 'en', matureAllowed: false } as const
    fc.assert(
      fc.property(text, (parts) => {
        const values = read(parts.join(''))
        for (const value of Object.values(values)) expect(value).toBeTypeOf('string')
        expect(parseCommand('recommend', values, asker)).toBeDefined()
      }),
    )
  })

  it('gives back every option that was written with quotes', () => {
    const value = fc.stringMatching(/^[\p{L}\p{N}:/.&'()-]([\p{L}\p{N} :/.'()-]*[\p{L}\p{N}:/.'()-])?$/u)
    const quotes = fc.constantFrom(['"', '"'], ['“', '”'], ['„', '“'])
    fc.assert(
      fc.property(value, value, quotes, (genre, steamId, [open, close]) => {
        const text = `genre:${open}${genre}${close} steam_id:${open}${steamId}${close}`
        expect(read(text)).toEqual({ steam_id: steamId, genre })
      }),
    )
  })

  it('is read in a moment, however long', () => {
    const startedAt = performance.now()
    for (const unit of ['a:', '"', '“ ', '<https:', 'a_', 'genre: ']) read(unit.repeat(50_000))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})

it.each([
  ['recommend', '', false],
  ['curate', '', true],
  ['curate', '   ', true],
  ['recommend', 'help', true],
  ['recommend', ' HELP ', true],
  ['recommend', '?', true],
  ['recommend', '--help', true],
  ['recommend', 'helpful', false],
  ['recommend', 'help me', false],
  ['unlink', '', false],
] as const)('/%s with %j asks how it is used: %s', (name, text, asks) => {
  expect(asksForUsage(text, specOf(name))).toBe(asks)
})

it.each([
  ['recommend', 'x', { name: 'recommend', text: 'x' }],
  ['indiescout', 'link gabelogannewell', { name: 'link', text: 'gabelogannewell' }],
  ['indiescout', ' /forget-me ', { name: 'forget-me', text: '' }],
  ['indiescout', 'LINK help', { name: 'link', text: 'help' }],
  ['indiescout', 'link\na b', { name: 'link', text: 'a b' }],
  ['indiescout', '', { name: 'help', text: '' }],
  ['indiescout', '  ', { name: 'help', text: '' }],
])('/%s %j is the command that was meant', (name, text, meant) => {
  expect(unwrapped({ name, text })).toEqual(meant)
})
